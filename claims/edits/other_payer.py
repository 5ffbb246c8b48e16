"""Secondary claims: what the payers before decided, and that it adds up."""

import re
from collections.abc import Iterator
from decimal import Decimal

from claims.edits.desk import line_at
from claims.findings import Hit
from claims.model import Adjustment, Claim, OtherPayer
from claims.tables import codes

_GROUPS = ("CO", "CR", "OA", "PI", "PR")
_REASON = re.compile(r"(\d{1,3}|[A-Z]{1,2}\d{1,3})\Z")
_ORDER = "PSTABCDEFGH"


def check_other_payers(claim: Claim) -> Iterator[Hit]:
    """Yield what is wrong with other policies and their decisions."""
    order = claim.coverage.order
    if order in tuple("ST") and not claim.others:
        yield Hit("other.missing")
    for number, other in enumerate(claim.others, 1):
        yield from _policy(other, f"other payer {number}")
        if _is_before(other.coverage.order, order):
            yield from _decision(claim, other, f"other payer {number}")
    yield from _lines(claim)


def _is_before(other: str, order: str) -> bool:
    return bool(other and order) and other in _ORDER and order in _ORDER and _ORDER.index(other) < _ORDER.index(order)


def _policy(other: OtherPayer, where: str) -> Iterator[Hit]:
    if other.relationship not in codes("relationships"):
        yield Hit("other.relationship", where=where)
    if not other.coverage.subscriber.member_id:
        yield Hit("other.member_id", where=where)
    if not other.coverage.payer.identifier or not other.coverage.payer.name:
        yield Hit("other.payer_id", where=where)
    yield from _adjustments(other.adjustments, "2320", where)


def _adjustments(adjustments: tuple[Adjustment, ...], loop: str, where: str) -> Iterator[Hit]:
    if any(a.group not in _GROUPS for a in adjustments):
        yield Hit("other.group", loop, where=where)
    if any(not _REASON.match(a.reason) for a in adjustments):
        yield Hit("other.reason", loop, where=where)


def _decision(claim: Claim, other: OtherPayer, where: str) -> Iterator[Hit]:
    payer = other.coverage.payer.identifier
    decided = [a for line in claim.lines for a in line.adjudications if a.payer == payer]
    if other.paid is None:
        yield Hit("other.undecided", where=where)
        return
    if other.adjudicated_on is None and not any(a.adjudicated_on for a in decided):
        yield Hit("other.date", where=where)
    adjusted = sum((a.amount for a in other.adjustments), Decimal(0))
    adjusted += sum((a.amount for one in decided for a in one.adjustments), Decimal(0))
    if other.paid + adjusted != claim.total:
        yield Hit("other.claim_balance", where=where)


def _lines(claim: Claim) -> Iterator[Hit]:
    payers = {o.coverage.payer.identifier for o in claim.others}
    for number, line in enumerate(claim.lines, 1):
        where = line_at(number)
        for decided in line.adjudications:
            if decided.payer not in payers:
                yield Hit("other.payer", where=where)
            if decided.paid + sum((a.amount for a in decided.adjustments), Decimal(0)) != line.charge:
                yield Hit("other.line_balance", where=where)
            if decided.adjudicated_on is None:
                yield Hit("other.date", "2430", where=where)
            yield from _adjustments(decided.adjustments, "2430", where)
