"""The side that words name."""

from collections.abc import Sequence
from itertools import zip_longest

_LEFT = frozenset({"left", "lt", "l", "os", "lle", "lue", "llq", "leftsided"})
_RIGHT = frozenset({"right", "rt", "r", "od", "rle", "rue"})
_BONES = frozenset({"bone", "bones", "column", "columns", "component", "components", "menisci"})
_BOTH = frozenset({"bilateral", "bilaterally", "both", "ou", "b/l", "bilat"})
_PEOPLE = frozenset({"was", "were", "is", "be", "been", "patient", "he", "she", "they", "and", "then", "has"})
_AFTER_VERB = frozenset(
    {"the", "in", "to", "open", "intact", "behind", "alone", "at", "for", "as", "undisturbed", "our"}
)


def side_of(words: Sequence[str]) -> str:
    """Return left, right or both as the words say; '' where they say nothing.

    'Left the room' is no side, 'both bones' are of one side.
    """
    if "left" in words:
        words = [w for at, w in enumerate(words) if w != "left" or not _is_verb(words, at)]
    pairs = zip_longest(words, words[1:])
    if any(word in _BOTH and not (word == "both" and after in _BONES) for word, after in pairs):
        return "both"
    left, right = not _LEFT.isdisjoint(words), not _RIGHT.isdisjoint(words)
    if left and right:
        return "both"
    return "left" if left else "right" if right else ""


def _is_verb(words: Sequence[str], at: int) -> bool:
    before, after = words[max(0, at - 1) : at], words[at + 1 : at + 2]
    return not _AFTER_VERB.isdisjoint(after) and (not before or not _PEOPLE.isdisjoint(before))
