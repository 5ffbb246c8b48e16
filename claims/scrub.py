"""Scrubbing: every finding on claims, be they typed or in a file, and across the claims of a batch."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from claims.edits import Desk, claim_hits
from claims.findings import Finding, Hit, Severity, finding_of
from claims.model import Claim, Transmission
from claims.x12.read837 import ReadClaim, read_837


def scrub_claims(claims: Iterable[Claim], desk: Desk) -> list[Finding]:
    """Return the findings on claims that go into one file, in the claims' order."""
    batch = _Batch()
    found: list[Hit] = []
    for number, claim in enumerate(claims, 1):
        found += _named(batch.hits(claim, desk), number)
    return [finding_of(hit) for hit in found]


def scrub_file(stream: BinaryIO, desk: Desk) -> Iterator[Finding]:
    """Yield the findings on an 837 file: how it is written, then its claims, as they come."""
    batch = _Batch()
    number = 0
    for part in read_837(stream):
        if isinstance(part, Hit):
            yield finding_of(part)
        elif isinstance(part, ReadClaim):
            number += 1
            for hit in (*part.hits, *_named(_unless_told(batch.hits(part.claim, desk), part.hits), number)):
                yield finding_of(hit)
        else:
            yield from map(finding_of, _transmission_hits(part))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether a finding blocks export."""
    return any(f.severity is Severity.ERROR for f in findings)


def _transmission_hits(sent: Transmission) -> Iterator[Hit]:
    phone = sent.submitter.contact.phone
    if phone and not re.fullmatch(r"\d{10}", phone):
        yield Hit("contact.phone", "1000A")


_SAYS_THE_SAME = {
    "required.service": ("required.procedure", "units.zero", "units.unit", "money.zero", "pointer.missing")
}


def _unless_told(hits: Iterable[Hit], told: tuple[Hit, ...]) -> Iterator[Hit]:
    """Leave out what only repeats how the file is written."""
    same = {edit for hit in told for edit in _SAYS_THE_SAME.get(hit.edit, ())}
    return (hit for hit in hits if hit.edit not in same)


def _named(hits: Iterable[Hit], number: int) -> list[Hit]:
    """Say which claim the hits are of, by its place in the batch."""
    return [
        Hit(h.edit, h.loop, h.segment, h.element, ", ".join(filter(None, (f"claim {number}", h.where))), h.more)
        for h in hits
    ]


class _Batch:
    """Remembers the claims before, by number and by content."""

    def __init__(self) -> None:
        self._numbers: set[str] = set()
        self._contents: set[int] = set()

    def hits(self, claim: Claim, desk: Desk) -> Iterator[Hit]:
        content = hash((claim.kind, claim.billing.npi, claim.coverage, claim.patient, claim.lines, claim.frequency))
        if content in self._contents:
            yield Hit("claim.twice")
        elif claim.control_number and claim.control_number in self._numbers:
            yield Hit("claim.number_twice")
        self._contents.add(content)
        self._numbers.add(claim.control_number)
        yield from claim_hits(claim, desk)
