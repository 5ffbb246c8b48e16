"""The side that words name."""

from collections.abc import Collection

_LEFT = frozenset({"left", "lt", "l", "os", "lle", "lue", "llq", "leftsided"})
_RIGHT = frozenset({"right", "rt", "r", "od", "rle", "rue"})
_BOTH = frozenset({"bilateral", "bilaterally", "both", "ou", "b/l", "bilat"})


def side_of(words: Collection[str]) -> str:
    """Return left, right or both as the words say; '' where they say nothing."""
    if not _BOTH.isdisjoint(words):
        return "both"
    left, right = not _LEFT.isdisjoint(words), not _RIGHT.isdisjoint(words)
    if left and right:
        return "both"
    return "left" if left else "right" if right else ""
