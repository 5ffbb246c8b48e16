"""Money and the limits of a form: sums, signs, decimals, numbers of lines, pointers and modifiers."""

from collections.abc import Iterator
from decimal import Decimal

from claims.edits.desk import line_at, service_place
from claims.findings import Hit
from claims.model import Claim, ClaimKind
from claims.tables import codes

_MOST = {ClaimKind.PROFESSIONAL: (12, 50), ClaimKind.INSTITUTIONAL: (25, 999)}
_MOST_POINTERS = _MOST_MODIFIERS = 4
_KEPT_CHARS = 20


def check_money(claim: Claim) -> Iterator[Hit]:
    """Yield what is wrong with charges and amounts."""
    if sum((line.charge for line in claim.lines), Decimal(0)) != claim.total:
        yield Hit("money.total")
    yield from _shape(claim.total, "2300", "CLM", "CLM02", "")
    if claim.patient_paid is not None:
        yield from _shape(claim.patient_paid, "2300", "AMT", "AMT02", "")
    segment, element = service_place(claim, "102")
    for number, line in enumerate(claim.lines, 1):
        where = line_at(number)
        if line.charge < 0:
            yield Hit("money.negative", segment=segment, element=element, where=where)
        if line.charge == 0:
            yield Hit("money.zero", segment=segment, element=element, where=where)
        yield from _shape(line.charge, "2400", segment, element, where)
    for other in claim.others:
        for adjustment in other.adjustments:
            yield from _shape(adjustment.amount, "2320", "CAS", "CAS03", "")
        if other.paid is not None:
            yield from _shape(other.paid, "2320", "AMT", "AMT02", "")


def _shape(value: Decimal, loop: str, segment: str, element: str, where: str) -> Iterator[Hit]:
    if int(value.normalize().as_tuple().exponent) < -2:
        yield Hit("money.decimals", loop, segment, element, where)
    if abs(value) >= 10**8:
        yield Hit("money.large", loop, segment, element, where)


def check_limits(claim: Claim) -> Iterator[Hit]:
    """Yield what the form has no room for."""
    diagnoses, lines = _MOST[claim.kind]
    if len(claim.diagnoses) > diagnoses:
        yield Hit("limit.diagnoses")
    if len(claim.lines) > lines:
        yield Hit("limit.lines")
    segment, element = service_place(claim, "101")
    for number, line in enumerate(claim.lines, 1):
        if len(line.diagnosis_pointers) > _MOST_POINTERS:
            yield Hit("limit.pointers", where=line_at(number))
        overflow = len(line.modifiers) == _MOST_MODIFIERS and line.description in codes("modifier_codes")
        if len(line.modifiers) > _MOST_MODIFIERS or overflow:
            yield Hit("limit.modifiers", segment=segment, element=element, where=line_at(number))
        if len(line.control_number) > 30:
            yield Hit("line.number_long", where=line_at(number))
    if len(claim.control_number) > 38:
        yield Hit("claim.number_long")
    elif len(claim.control_number) > _KEPT_CHARS:
        yield Hit("claim.number_kept")
