"""The elements of a segment: which must be there, which must not, and what the guide allows in them.

A row of `elements.tsv` has a cell for each position: R required, S possible, N unused; `=A|B` the values allowed
(of the first component), `#8` eight digits, `#` digits, `@` letters, `/3` at most three components; `*` ends the
row where more may follow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from claims.findings import Hit
from claims.model import ClaimKind
from claims.tables import rows
from claims.x12.reader import Segment

_CELL = re.compile(r"([RSN])(?:/(\d))?(?:=(.*)|(#)(\d*)|(@))?\Z")


@dataclass(frozen=True, slots=True)
class _Place:
    usage: str
    most_components: int
    values: frozenset[str]
    shape: re.Pattern[str] | None


@cache
def _places(kind: str, loop: str, name: str) -> tuple[tuple[_Place, ...], bool] | None:
    """Return the places of a segment and whether more may follow; None where no row tells."""
    table = {row[:3]: row[3] for row in rows("elements")}
    keys = [(k, where, name) for where in (loop, "*") for k in (kind, "*")]
    text = next((table[key] for key in keys if key in table), None)
    if text is None:
        return None
    cells = text.split()
    return tuple(_place(c) for c in cells if c != "*"), cells[-1] == "*"


def _place(cell: str) -> _Place:
    found = _CELL.match(cell)
    if found is None:
        raise ValueError(f"elements.tsv: {cell}")
    usage, most, values, digits, length, letters = found.groups()
    shape = rf"\d{{{length}}}\Z" if length else r"\d+\Z" if digits else r"[A-Z]+\Z" if letters else ""
    return _Place(
        usage, int(most or 9), frozenset(values.split("|") if values else ()), re.compile(shape) if shape else None
    )


def element_hits(kind: ClaimKind | None, loop: str, segment: Segment) -> Iterator[Hit]:
    """Yield what is wrong with the elements of a segment by themselves."""
    found = _places(kind.value if kind else "*", loop, segment.name)
    if found is None:
        return
    places, open_ended = found
    for number, place in enumerate(places, 1):
        value = segment.get(number)
        edit = _edit(place, value, segment.parts(number)) if value else "missing" if place.usage == "R" else ""
        if edit:
            yield _hit(edit, loop, segment, number)
    if segment.name == "HI" and "" in segment.elements[1:]:
        yield _hit("missing", loop, segment, segment.elements.index("", 1) + 1)
    if not open_ended and len(segment.elements) > len(places) and any(segment.elements[len(places) :]):
        yield _hit("unused", loop, segment, len(places) + 1)


def _edit(place: _Place, value: str, parts: tuple[str, ...]) -> str:
    if place.usage == "N":
        return "unused"
    if len(parts) > place.most_components:
        return "components"
    if (place.values and parts[0] not in place.values) or (place.shape and not place.shape.match(value)):
        return "value"
    return ""


def _hit(edit: str, loop: str, segment: Segment, number: int) -> Hit:
    name = f"structure.{'components' if edit == 'components' else f'element_{edit}'}"
    return Hit(name, loop, segment.name, f"{segment.name}{number:02}", f"segment {segment.number}")
