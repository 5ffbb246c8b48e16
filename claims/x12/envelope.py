"""Envelopes: every counter, control number and trailer of interchanges, groups and transaction sets."""

from collections.abc import Iterator

from claims.findings import Hit
from claims.x12.reader import Segment

_TRAILERS = {"ISA": "IEA", "GS": "GE", "ST": "SE"}


class EnvelopeCheck:
    """Is shown every segment of a file in turn and tells what is wrong around the data."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str, int]] = []
        self._below = {"ISA": 0, "GS": 0, "ST": 0}
        self._seen: set[tuple[object, ...]] = set()

    def see(self, segment: Segment) -> Iterator[Hit]:
        """Yield what the segment shows to be wrong."""
        if segment.name in _TRAILERS:
            yield from self._begin(segment)
        elif segment.name in _TRAILERS.values():
            yield from self._end(segment)
        else:
            self._below["ST"] += 1
            if not self._open or (self._open[-1][0] != "ST" and segment.name != "TA1"):
                yield _at("x12.outside", segment)

    def finish(self) -> Iterator[Hit]:
        """Yield the trailers that never came."""
        while self._open:
            name, _, number = self._open.pop()
            yield Hit("x12.no_trailer", segment=_TRAILERS[name], where=f"segment {number}")

    def _begin(self, segment: Segment) -> Iterator[Hit]:
        depth = list(_TRAILERS).index(segment.name)
        while len(self._open) > depth:
            name, _, number = self._open.pop()
            yield Hit("x12.no_trailer", segment=_TRAILERS[name], where=f"segment {number}")
        if len(self._open) < depth:
            yield _at("x12.outside", segment)
        if self._open:
            self._below[self._open[-1][0]] += 1
        control = segment.get({"ISA": 13, "GS": 6, "ST": 2}[segment.name])
        key = (segment.name, control, *(n for _, _, n in self._open))
        if key in self._seen:
            yield _at("x12.control_number_twice", segment)
        self._seen.add(key)
        if segment.name == "ISA":
            yield from _isa(segment)
        if not control:
            yield _at("x12.control_number", segment)
        self._open.append((segment.name, control, segment.number))
        self._below[segment.name] = 1 if segment.name == "ST" else 0

    def _end(self, segment: Segment) -> Iterator[Hit]:
        wanted = next(name for name, end in _TRAILERS.items() if end == segment.name)
        if wanted not in [name for name, _, _ in self._open]:
            yield _at("x12.outside", segment)
            return
        while self._open[-1][0] != wanted:
            name, _, number = self._open.pop()
            yield Hit("x12.no_trailer", segment=_TRAILERS[name], where=f"segment {number}")
        _, control, _ = self._open.pop()
        count = self._below[wanted] + (1 if wanted == "ST" else 0)
        if not segment.get(1).isdigit() or int(segment.get(1)) != count:
            yield _at("x12.count", segment, "01")
        if segment.get(2) != control:
            yield _at("x12.control_number", segment, "02")


def _isa(segment: Segment) -> Iterator[Hit]:
    control = segment.get(13)
    if not control.isdigit() or len(control) != 9:
        yield _at("x12.control_number", segment, "13")
    if segment.get(12) != "00501" and segment.get(12):
        yield _at("x12.version", segment, "12")
    if segment.get(15) not in ("P", "T"):
        yield _at("x12.usage", segment, "15")


def _at(edit: str, segment: Segment, element: str = "") -> Hit:
    name = segment.name[:3]
    return Hit(edit, segment=name, element=f"{name}{element}" if element else "", where=f"segment {segment.number}")
