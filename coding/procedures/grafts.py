"""How many grafts of a heart bypass are of artery and how many of vein, from the words of its report."""

import re
from functools import cache

from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import graft_words
from nlp.procedures.types import Part

_MOST = 6


def count_grafts(place: Surroundings) -> tuple[int, int]:
    """Return the numbers of artery and of vein grafts that its title counts, or else the report; 0 where none."""
    for parts in ((Part.TITLE,), (Part.TITLE, Part.OTHER, Part.RESULTS, Part.BODY)):
        text = _text(place, parts)
        arteries, veins = _conduits(text)
        total = _total(text)
        if total and arteries:
            return min(arteries, total), max(total - arteries, 0)
        if arteries or veins:
            return arteries, total or veins
        if total and any(c["vein"] for c in _pattern("conduit").finditer(text)):
            return 0, total
    return 0, 0


def _text(place: Surroundings, parts: tuple[Part, ...]) -> str:
    reading = place.reading
    rows = (s for row, s in enumerate(reading.stretches) if reading.parts[row] in parts)
    joined = " ".join(reading.text[reading.tokens.starts[s.first] : reading.tokens.ends[s.last - 1]] for s in rows)
    return _pattern("same").sub(" ", joined)


def _total(text: str) -> int:
    found = _pattern("total").search(text)
    if found is None:
        return 0
    written = next(group for group in found.groups() if group).lower()
    return int(written) if written.isdigit() else int(graft_words()[written])


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(graft_words()[kind], re.IGNORECASE)


def _conduits(text: str) -> tuple[int, int]:
    """Return how many targets follow arteries and veins; an artery counts once, a vein for each of its targets."""
    conduits = list(_pattern("conduit").finditer(text))
    arteries: set[str] = set()
    targets: set[str] = set()
    for number, conduit in enumerate(conduits):
        end = conduits[number + 1].start() if number + 1 < len(conduits) else len(text)
        stretch = text[conduit.end() : end].split(". ")[0]
        names = [t.group().lower() for t in _pattern("target").finditer(stretch)]
        if conduit["both"]:
            arteries |= {"left mammary", "right mammary"}
        elif conduit["artery"] and names:
            arteries.add("radial" if "radial" in conduit.group().lower() else _mammary(text, conduit.start()))
        elif conduit["vein"]:
            targets |= set(names)
    return len(arteries), min(len(targets), _MOST)


def _mammary(text: str, start: int) -> str:
    before = text[max(0, start - 12) : start + 4].lower()
    return "right mammary" if "right" in before or "rima" in before else "left mammary"
