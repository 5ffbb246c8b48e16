"""The HL tree of an 837: who bills, who is insured, who is ill, for the claims below."""

from collections.abc import Iterator
from dataclasses import replace

from claims.findings import Hit
from claims.model import Coverage, Name, Patient, Payer, Provider, Subscriber
from claims.model.parties import Address
from claims.x12.read837.loops import Loop
from claims.x12.read837.parties import address_of, coverage_of, patient_of, provider_of
from claims.x12.read837.values import Values
from claims.x12.reader import Segment

_NAMES = {"20": "2000A", "22": "2000B", "23": "2000C"}
_ABOVE = {"22": "20", "23": "22"}
_NOBODY = Name("", person=False)
_NO_COVERAGE = Coverage("", Subscriber(_NOBODY, ""), Payer("", ""))


class Levels:
    """Follows the HL segments of one transaction set."""

    def __init__(self) -> None:
        self.name = "2000A"
        self.billing: tuple[Provider, Address | None] = (Provider(_NOBODY), None)
        self.coverage = _NO_COVERAGE
        self.patient: Patient | None = None
        self._relationship = ""
        self._count = 0
        self._latest: dict[str, str] = {}
        self._promised: tuple[Segment, bool] | None = None

    def open(self, segment: Segment) -> Iterator[Hit]:
        """Take an HL; yield what is wrong with its number, parent and place in the tree."""
        self._count += 1
        level = segment.get(3)
        if level not in _NAMES:
            yield _at("structure.hl_level", segment, "03")
            level = "22"
        if segment.get(1) != str(self._count):
            yield _at("structure.hl_number", segment, "01")
        above = _ABOVE.get(level)
        if segment.get(2) != (self._latest.get(above, "?") if above else ""):
            yield _at("structure.hl_parent", segment, "02")
        yield from self._kept(above is not None and segment.get(2))
        self._latest[level] = segment.get(1)
        if level in ("20", "22"):
            self._latest.pop("23", None)
        if level == "20":
            self._latest.pop("22", None)
        self._promised = (segment, segment.get(4) == "1")
        self.name = _NAMES[level]

    def _kept(self, parent: str | bool) -> Iterator[Hit]:
        if self._promised is None:
            return
        last, promised = self._promised
        has_child = bool(parent) and parent == last.get(1)
        if has_child != promised:
            yield _at("structure.hl_children", last, "04")

    def finish(self) -> Iterator[Hit]:
        """Yield what the last HL promised and did not hold."""
        yield from self._kept(False)
        self._promised = None

    def close(self, loop: Loop) -> Iterator[Hit]:
        """Take a level with its loops, once it is whole."""
        values = Values()
        if loop.name == "2000A":
            below, other = loop.loop("2010AA"), loop.loop("2010AB")
            self.billing = (provider_of(values, below, loop.first("PRV")) or Provider(_NOBODY), address_of(other))
            self.coverage, self.patient, self._relationship = _NO_COVERAGE, None, ""
        elif loop.name == "2000B":
            self.coverage = coverage_of(values, loop, "2010BA", "2010BB")
            self.patient = None
            self._relationship = loop.value("SBR", "")
            payer = loop.loop("2010BB")
            if payer and payer.value("REF", "G2"):
                provider, pay_to = self.billing
                self.billing = (_with_number(provider, payer.value("REF", "G2")), pay_to)
        else:
            self.patient = patient_of(values, loop)
        yield from values.hits

    def claim_hits(self, root: Loop) -> Iterator[Hit]:
        """Yield what is wrong with the level that a claim stands below."""
        place = f"segment {root.segments[0].number}"
        if "22" not in self._latest:
            yield Hit("structure.claim_level", segment="CLM", where=place)
        elif (self._relationship == "18") != (self.patient is None):
            yield Hit("subscriber.relationship", "2000B", "SBR", "SBR02", place)


def _with_number(provider: Provider, number: str) -> Provider:
    return replace(provider, commercial_id=number)


def _at(edit: str, segment: Segment, element: str) -> Hit:
    return Hit(edit, segment="HL", element=f"HL{element}", where=f"segment {segment.number}")
