"""Other policies of the patient (2320, 2330) and what their payers decided on a line (2430)."""

from itertools import groupby

from claims.model import Adjustment, ClaimKind, LineAdjudication, OtherPayer
from claims.x12.segments import SegmentWriter, amount, day
from claims.x12.write837.parties import write_address, write_name

_MOST_REASONS = 6


def write_other_payer(out: SegmentWriter, other: OtherPayer, kind: ClaimKind) -> None:
    """Write loop 2320 with its 2330A and 2330B."""
    coverage = other.coverage
    out.loop = "2320"
    out.add(
        "SBR",
        coverage.order,
        other.relationship,
        coverage.group_number,
        "" if coverage.group_number else coverage.group_name,
        coverage.insurance_type if kind is ClaimKind.PROFESSIONAL else "",
        *("", "", ""),
        coverage.filing_code,
    )
    write_adjustments(out, other.adjustments)
    amounts = {"D": other.paid, "A8": other.non_covered, "EAF": other.remaining_liability}
    order = ("D", "A8", "EAF") if kind is ClaimKind.PROFESSIONAL else ("D", "EAF", "A8")
    for name in order:
        if amounts[name] is not None:
            out.add("AMT", name, amount(amounts[name]))
    out.add("OI", "", "", other.benefits_assigned, "", "", other.release_of_information)
    out.loop = "2330A"
    write_name(out, "IL", coverage.subscriber.name, "MI", coverage.subscriber.member_id)
    write_address(out, coverage.subscriber.address)
    out.loop = "2330B"
    payer = coverage.payer
    out.add("NM1", "PR", "2", payer.name, *("", "", "", ""), payer.identifier_kind, payer.identifier)
    write_address(out, payer.address)
    if other.adjudicated_on:
        out.add("DTP", "573", "D8", day(other.adjudicated_on))
    if other.claim_number:
        out.add("REF", "F8", other.claim_number)


def write_adjustments(out: SegmentWriter, adjustments: tuple[Adjustment, ...]) -> None:
    """Write CAS: adjacent adjustments of one group share a segment, six to each."""
    for group, found in groupby(adjustments, key=lambda a: a.group):
        same = list(found)
        for start in range(0, len(same), _MOST_REASONS):
            cells: list[str] = []
            for one in same[start : start + _MOST_REASONS]:
                cells += (one.reason, amount(one.amount), amount(one.quantity))
            out.add("CAS", group, *cells)


def write_adjudication(out: SegmentWriter, decided: LineAdjudication) -> None:
    """Write loop 2430."""
    out.loop = "2430"
    procedure = ("HC", decided.code, *decided.modifiers) if decided.code else None
    out.add("SVD", decided.payer, amount(decided.paid), procedure, decided.revenue_code, amount(decided.units))
    write_adjustments(out, decided.adjustments)
    if decided.adjudicated_on:
        out.add("DTP", "573", "D8", day(decided.adjudicated_on))
    if decided.remaining_liability is not None:
        out.add("AMT", "EAF", amount(decided.remaining_liability))
