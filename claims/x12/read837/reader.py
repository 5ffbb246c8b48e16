"""837 files as claims, one after another: memory holds one claim at a time."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from claims.findings import Hit
from claims.model import Claim, ClaimKind, Receiver, Submitter, Transmission
from claims.model.parties import Contact
from claims.x12.envelope import EnvelopeCheck
from claims.x12.read837.claim import claim_of
from claims.x12.read837.elements import element_hits
from claims.x12.read837.levels import Levels
from claims.x12.read837.loops import Loop, Placer
from claims.x12.read837.parties import check_names, contact_of, name_of
from claims.x12.read837.values import Values, moment
from claims.x12.reader import Segment, read_segments

_OTHER_KINDS = frozenset(
    ("HP", "HN", "HB", "HS", "HR", "HI", "FA", "BE", "RA", "835", "277", "999", "997", "271", "270")
)
_UNKNOWN = datetime(2000, 1, 1)
_KINDS = {"005010X222": ClaimKind.PROFESSIONAL, "005010X223": ClaimKind.INSTITUTIONAL}


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim of a file, the number of its CLM segment, and what was wrong with how it was written."""

    claim: Claim
    segment: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A whole file in memory: the first transmission, its claims, what was wrong around them."""

    transmission: Transmission | None
    claims: tuple[ReadClaim, ...]
    hits: tuple[Hit, ...]


def read_837(stream: BinaryIO) -> Iterator[ReadClaim | Transmission | Hit]:
    """Yield what a file holds in its order: transmissions, claims as soon as each ends, hits about the rest."""
    yield from _Reader().run(read_segments(stream))


def read_file(text: str) -> ReadFile:
    """Return what a file holds."""
    parts = list(read_837(io.BytesIO(text.encode("utf-8", "replace"))))
    return ReadFile(
        next((p for p in parts if isinstance(p, Transmission)), None),
        tuple(p for p in parts if isinstance(p, ReadClaim)),
        tuple(p for p in parts if isinstance(p, Hit)),
    )


class _Reader:
    def __init__(self) -> None:
        self._envelope = EnvelopeCheck()
        self._control: dict[str, Segment] = {}
        self._kind: ClaimKind | None = None
        self._placer: Placer | None = None
        self._levels = Levels()

    def run(self, segments: Iterator[Segment | Hit]) -> Iterator[ReadClaim | Transmission | Hit]:
        for segment in segments:
            if isinstance(segment, Hit):
                yield segment
                continue
            yield from self._envelope.see(segment)
            if segment.name in ("ISA", "GS", "ST", "SE", "GE", "IEA"):
                yield from self._finish()
                yield from self._turn(segment)
            elif self._kind:
                yield from self._inside(segment, self._kind)
        yield from self._finish()
        yield from self._envelope.finish()

    def _turn(self, segment: Segment) -> Iterator[Hit]:
        self._control[segment.name] = segment
        if segment.get(1) not in _OTHER_KINDS:
            yield from element_hits(None, "", segment)
        if segment.name == "SE" and self._kind:
            yield from self._levels.finish()
        self._kind = None
        if segment.name == "ST" and segment.get(1) == "837":
            group = self._control.get("GS")
            guide = segment.get(3) or (group.get(8) if group else "")
            self._kind = _KINDS.get(guide[:10])
            if self._kind is None or (group and group.get(8) != guide):
                yield Hit("x12.guide", segment="ST", element="ST03", where=f"segment {segment.number}")
            self._levels = Levels()
            self._placer = Placer(self._kind, "0000") if self._kind else None
        elif segment.name == "ST":
            yield Hit("x12.not_837", segment="ST", element="ST01", where=f"segment {segment.number}")

    def _inside(self, segment: Segment, kind: ClaimKind) -> Iterator[ReadClaim | Transmission | Hit]:
        if segment.name == "HL":
            yield from self._finish()
            yield from self._levels.open(segment)
            yield from element_hits(kind, self._levels.name, segment)
            self._placer = Placer(kind, self._levels.name, segment)
            return
        if segment.name == "CLM":
            yield from self._finish()
            yield from element_hits(kind, "2300", segment)
            self._placer = Placer(kind, "2300", segment)
            return
        if self._placer is None:
            yield Hit("structure.segment", segment=segment.name[:3], where=f"segment {segment.number}")
            return
        yield from self._placer.put(segment)

    def _finish(self) -> Iterator[ReadClaim | Transmission | Hit]:
        """Close the header, level or claim that was being read."""
        placer, self._placer = self._placer, None
        if placer is None or self._kind is None:
            return
        yield from placer.finish()
        root = placer.root
        if root.name == "0000":
            yield from check_names(self._kind, root)
            yield from _header_hits(root)
            yield _transmission(self._control, root)
        elif root.name == "2300":
            yield self._claim(root, self._kind)
        else:
            yield from check_names(self._kind, root)
            yield from self._levels.close(root)

    def _claim(self, root: Loop, kind: ClaimKind) -> ReadClaim:
        values = Values()
        level = self._levels
        claim = claim_of(values, root, kind, level.billing, level.coverage, level.patient)
        return ReadClaim(claim, root.segments[0].number, (*level.claim_hits(root), *values.hits))


def _header_hits(root: Loop) -> Iterator[Hit]:
    if root.first("BHT") is None:
        yield Hit("required.header", segment="BHT", element="BHT01")
    submitter, receiver = root.loop("1000A"), root.loop("1000B")
    if submitter is None:
        yield Hit("required.submitter", "1000A", "NM1")
    elif not submitter.value("NM1", "41", 3) or not submitter.value("NM1", "41", 9):
        yield Hit("required.submitter", "1000A", "NM1", where=submitter.where)
    contact = contact_of(submitter)
    if contact is None or not (contact.phone or contact.email or contact.fax):
        yield Hit("required.submitter_contact", "1000A", "PER", where=submitter.where if submitter else "")
    if receiver is None or not receiver.value("NM1", "40", 3) or not receiver.value("NM1", "40", 9):
        yield Hit("required.receiver", "1000B", "NM1", where=receiver.where if receiver else "")


def _transmission(control: dict[str, Segment], root: Loop) -> Transmission:
    isa, transaction = control.get("ISA"), control.get("ST")
    header, sender = root.first("BHT"), root.loop("1000A")
    number = isa.get(13) if isa else ""
    created = moment(isa.get(9), isa.get(10)) if isa else None
    return Transmission(
        int(number) if number.isdigit() else 0,
        created or _UNKNOWN,
        isa.get(6) if isa else "",
        isa.get(8) if isa else "",
        Submitter(
            name_of(Values(), sender), sender.value("NM1", "", 9) if sender else "", contact_of(sender) or Contact()
        ),
        Receiver(*_receiver(root.loop("1000B"))),
        isa.get(5) if isa else "",
        isa.get(7) if isa else "",
        transaction.get(2) if transaction else "",
        header.get(3) if header else "",
        isa is not None and isa.get(15) == "T",
    )


def _receiver(loop: Loop | None) -> tuple[str, str]:
    return (loop.value("NM1", "", 3), loop.value("NM1", "", 9)) if loop else ("", "")
