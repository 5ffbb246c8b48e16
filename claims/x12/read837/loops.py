"""The loops of an 837: where each segment belongs, and what stands where it may not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from claims.findings import Hit
from claims.model import ClaimKind
from claims.tables import rows
from claims.x12.read837.elements import element_hits
from claims.x12.reader import Segment


@dataclass(slots=True)
class Loop:
    """A loop with its segments in order and the loops below it."""

    name: str
    segments: list[Segment] = field(default_factory=list)
    below: list["Loop"] = field(default_factory=list)

    def first(self, name: str, qualifier: str = "") -> Segment | None:
        """Return the first segment of a name, and of a first element where one is given."""
        return next(self.all(name, qualifier), None)

    def all(self, name: str, qualifier: str = "") -> Iterator[Segment]:
        """Yield the segments of a name, and of a first element where one is given."""
        return (s for s in self.segments if s.name == name and (not qualifier or s.get(1) == qualifier))

    def value(self, name: str, qualifier: str, position: int = 2) -> str:
        """Return an element of the first such segment, '' without one."""
        found = self.first(name, qualifier)
        return found.get(position) if found else ""

    def loop(self, name: str) -> "Loop | None":
        """Return the first loop of a name directly below."""
        return next(self.loops(name), None)

    def loops(self, name: str) -> Iterator["Loop"]:
        """Yield the loops of a name directly below."""
        return (b for b in self.below if b.name == name)

    @property
    def where(self) -> str:
        """Where the loop begins, for a hit."""
        return f"segment {self.segments[0].number}" if self.segments else ""


@cache
def allowed(kind: ClaimKind, loop: str) -> tuple[str, ...]:
    """Return the segments that a loop may hold, in order; none where the loop is unknown."""
    return _segments(kind, loop)[0]


@cache
def _segments(kind: ClaimKind, loop: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = {(k, name): (tuple(all_.split()), tuple(needed.split())) for k, name, all_, needed in rows("segments")}
    for key in ((kind.value, loop), ("*", loop), (kind.value, loop[:4]), ("*", loop[:4])):
        if key in table:
            return table[key]
    return (), ()


@cache
def _names() -> dict[tuple[str, str, str], tuple[str, tuple[str, ...]]]:
    return {(kind, parent, q): (loop, tuple(ids.split())) for kind, parent, q, loop, ids in rows("loops")}


def named_loop(kind: ClaimKind, parent: str, qualifier: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the loop that an NM1 of a qualifier opens below a loop, and the qualifiers its NM108 may have."""
    return _names().get((kind.value, parent, qualifier)) or _names().get(("*", parent, qualifier))


_ONCE = frozenset(
    ("BHT", "PRV", "CUR", "N3", "N4", "SBR", "PAT", "DMG", "SV1", "SV2", "CL1", "OI", "SVD", "LIN", "CTP")
)
_ONE_HI = frozenset(("ABK", "ABJ", "APR", "DR", "BBR", "BP", "BK"))
_REPEATED = ("2320", "2400", "2420F", "2430", "2440")
_PARENTS = ("0000", "2000A", "2000B", "2000C", "2300", "2320", "2400")


class Placer:
    """Puts the segments of one claim, or of one level above the claims, into loops."""

    def __init__(self, kind: ClaimKind, name: str, opening: Segment | None = None) -> None:
        self.kind = kind
        self.root = Loop(name, [opening] if opening else [])
        self._path = [self.root]
        self._last = 0

    def put(self, segment: Segment) -> Iterator[Hit]:
        """Place a segment; yield what is wrong with where it stands."""
        opened = self._opened(segment)
        if opened is None:
            yield _at("structure.loop", segment)
            self._begin(self._path[0], f"{self._path[0].name}?")
        elif opened:
            parent, name = opened
            yield from self._order(parent, name, segment)
            self._begin(parent, name)
        self._path[-1].segments.append(segment)
        if opened is not None:
            yield from self._place(segment)

    def _opened(self, segment: Segment) -> tuple[Loop, str] | tuple[()] | None:
        """Return the loop that the segment opens and its parent; () for none, None where it may not stand here."""
        in_claim = self.root.name == "2300"
        if segment.name == "NM1":
            for parent in reversed([p for p in self._path if p.name in _PARENTS]):
                found = named_loop(self.kind, parent.name, segment.get(1))
                if found:
                    return parent, found[0]
            return None
        if segment.name == "SBR" and in_claim:
            return self.root, "2320"
        if segment.name == "LX" and in_claim:
            return self.root, "2400"
        line = next((p for p in self._path if p.name == "2400"), None)
        if segment.name in ("LIN", "SVD", "LQ") and in_claim:
            return (line, {"LIN": "2410", "SVD": "2430", "LQ": "2440"}[segment.name]) if line else None
        return ()

    def _begin(self, parent: Loop, name: str) -> None:
        loop = Loop(name)
        parent.below.append(loop)
        while self._path[-1] is not parent:
            self._path.pop()
        self._path.append(loop)
        self._last = 0

    def _order(self, parent: Loop, name: str, segment: Segment) -> Iterator[Hit]:
        before = parent.below[-1].name if parent.below else ""
        if before.rstrip("?") > name and not before.endswith("?"):
            yield _at("structure.order", segment, name)
        if not self._may_repeat(name, segment) and any(b.name == name for b in parent.below):
            yield _at("structure.repeat", segment, name)

    def _may_repeat(self, name: str, segment: Segment) -> bool:
        return name in _REPEATED or (name == "2310A" and segment.get(1) in ("DN", "P3"))

    def _place(self, segment: Segment) -> Iterator[Hit]:
        loop = self._path[-1].name
        if loop.endswith("?"):
            return
        order = allowed(self.kind, loop)
        if segment.name not in order:
            yield _at("structure.segment", segment, loop)
            return
        place = order.index(segment.name)
        yield from element_hits(self.kind, loop, segment)
        yield from self._once(loop, segment)
        if place < self._last:
            yield _at("structure.order", segment, loop)
        self._last = max(place, self._last)

    def _once(self, loop: str, segment: Segment) -> Iterator[Hit]:
        """Yield a hit where a segment, or its first element, stands in its loop before."""
        before = self._path[-1].segments[:-1]
        if segment.name in _ONCE:
            again = any(s.name == segment.name for s in before)
        elif segment.name in ("DTP", "AMT") or (segment.name, loop) in (("REF", "2300"), ("REF", "2010AA")):
            again = any(s.name == segment.name and s.get(1) == segment.get(1) for s in before)
        elif segment.name == "HI":
            key = segment.part(1, 1)
            again = key in _ONE_HI and any(s.name == "HI" and s.part(1, 1) == key for s in before)
        else:
            again = False
        if again:
            yield _at("structure.segment_repeat", segment, loop)

    def finish(self) -> Iterator[Hit]:
        """Yield the segments that a loop cannot be without and that never came."""
        yield from self._required(self.root)

    def _required(self, loop: Loop) -> Iterator[Hit]:
        for name in _segments(self.kind, loop.name)[1]:
            if loop.first(name) is None:
                yield Hit("structure.required", loop.name, name, where=loop.where)
        for below in loop.below:
            yield from self._required(below)


def _at(edit: str, segment: Segment, loop: str = "") -> Hit:
    return Hit(edit, loop, segment.name[:3], where=f"segment {segment.number}")
