"""The levels of the spine that words name: `C5-C6`, `L4-5`, `C4 through C7`, `L3, L4 and L5`."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_VERTEBRA = re.compile(r"([ctls])(\d{1,2})\Z")
_FIRST = {"c": 0, "t": 7, "l": 19, "s": 24}
_HOW_MANY = {"c": 7, "t": 12, "l": 5, "s": 5}
_JOINS = frozenset({"-", "\u2013", "/"})
_GAP = 3
_SPANS = frozenset({"to", "through", "thru"})


class Levels(NamedTuple):
    """Vertebrae by their place from C1 (1) down, and the spaces between two of them by the upper one."""

    bones: frozenset[int] = frozenset()
    spaces: frozenset[int] = frozenset()

    def __or__(self, other: object) -> "Levels":
        if not isinstance(other, Levels):
            return NotImplemented
        return Levels(self.bones | other.bones, self.spaces | other.spaces)

    @property
    def alone(self) -> int:
        """How many vertebrae are named by themselves, beside no space of theirs."""
        return sum(b not in self.spaces and b - 1 not in self.spaces for b in self.bones)


def levels_in(folded: Sequence[str]) -> Levels:
    """Return the vertebrae and spaces that words name."""
    found = Levels()
    for _, _, levels in _mentions(folded):
        found |= levels
    return found


def levels_near(folded: Sequence[str], first: int, last: int) -> Levels:
    """Return the levels named together nearest to the words `first` to `last` (excluded) of a sentence."""
    groups: list[tuple[int, int, Levels]] = []
    for start, end, levels in _mentions(folded):
        if groups and start - groups[-1][1] <= _GAP:
            groups[-1] = (groups[-1][0], end, groups[-1][2] | levels)
        else:
            groups.append((start, end, levels))
    nearest = min(groups, key=lambda g: max(first - g[1], g[0] - last, 0), default=None)
    return nearest[2] if nearest else Levels()


def _mentions(folded: Sequence[str]) -> Iterator[tuple[int, int, Levels]]:
    """Yield (first word, word after the last, levels) of each vertebra or span."""
    at = 0
    while at < len(folded):
        place = _place(folded[at])
        end = None if place is None else _end(folded, at, place)
        if place is None:
            at += 1
        elif end is None:
            yield at, at + 1, Levels(frozenset({place}))
            at += 1
        else:
            yield at, at + 3, Levels(frozenset(range(place, end + 1)), frozenset(range(place, end)))
            at += 2


def _place(folded: str) -> int | None:
    match = _VERTEBRA.match(folded) if len(folded) < 4 else None
    if match is None:
        return None
    number = int(match[2])
    return _FIRST[match[1]] + number if 1 <= number <= _HOW_MANY[match[1]] else None


def _end(folded: Sequence[str], at: int, place: int) -> int | None:
    """Return the last vertebra of the span that begins at a word, None where a vertebra stands alone."""
    if at + 2 >= len(folded) or folded[at + 1] not in _JOINS | _SPANS:
        return None
    other = folded[at + 2]
    end = _place(other)
    if end is None and other.isdigit():
        letter = folded[at][0]
        end = _place(letter + other)
        if end is None or end <= place:
            end = place + 1 if other == "1" else None
    return end if end is not None and end > place else None
