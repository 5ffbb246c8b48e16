"""Payers: their order, their kind, who was before whom; and the claim's frequency."""

from collections import Counter
from collections.abc import Iterator

from claims.findings import Hit
from claims.model import Claim, ClaimKind
from claims.tables import codes, rows

_ORDERS = tuple("PSTUABCDEFGH")
_MEDICARE = ("MA", "MB")
_SECONDARY_REASONS = ("12", "13", "14", "15", "16", "41", "42", "43", "47")


def check_coverage(claim: Claim) -> Iterator[Hit]:
    """Yield what is wrong with the payers of a claim."""
    coverage = claim.coverage
    orders = [coverage.order, *(o.coverage.order for o in claim.others)]
    places = ["2000B", *["2320"] * len(claim.others)]
    for order, loop in zip(orders, places, strict=True):
        if order and order not in _ORDERS:
            yield Hit("coverage.order", loop)
    counted = Counter(orders)
    if counted["P"] > 1 or (counted["P"] == 0 and claim.others):
        yield Hit("coverage.primary")
    if any(n > 1 for order, n in counted.items() if order not in ("P", "")):
        yield Hit("coverage.order_twice")
    kinds = [coverage.filing_code, *(o.coverage.filing_code for o in claim.others)]
    for kind, loop in zip(kinds, places, strict=True):
        if kind and kind not in codes("filing_codes"):
            yield Hit("coverage.filing_code", loop)
    needs_reason = coverage.filing_code in _MEDICARE and coverage.order not in ("P", "")
    if claim.kind is ClaimKind.PROFESSIONAL and needs_reason and coverage.insurance_type not in _SECONDARY_REASONS:
        yield Hit("coverage.medicare_secondary")


def check_frequency(claim: Claim) -> Iterator[Hit]:
    """Yield what is wrong with original, corrected and void claims."""
    column = 2 if claim.kind is ClaimKind.PROFESSIONAL else 3
    row = next((r for r in rows("frequencies") if r[0] == claim.frequency), None)
    if row is None or row[column] != "yes":
        yield Hit("frequency.unknown")
        return
    if row[4] == "original" and not claim.original_reference:
        yield Hit("frequency.original_missing")
    if row[0] == "1" and claim.original_reference:
        yield Hit("frequency.original_on_first")
