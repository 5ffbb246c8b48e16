"""Edits: what a payer's machine would refuse or deny, one family a file, found before the claim is sent."""

from collections.abc import Callable, Iterator

from claims.edits.coverage import check_coverage, check_frequency
from claims.edits.dates import check_dates
from claims.edits.desk import Desk
from claims.edits.diagnoses import check_diagnoses
from claims.edits.identifiers import check_identifiers
from claims.edits.institutional import check_stay
from claims.edits.money import check_limits, check_money
from claims.edits.names import check_names
from claims.edits.other_payer import check_other_payers
from claims.edits.pairs import check_pairs
from claims.edits.payer_rules import check_payer_rules
from claims.edits.procedures import check_places, check_procedures
from claims.edits.required import check_required
from claims.findings import Hit
from claims.model import Claim

CHECKS: tuple[Callable[[Claim], Iterator[Hit]], ...] = (
    check_required,
    check_names,
    check_identifiers,
    check_coverage,
    check_frequency,
    check_money,
    check_limits,
    check_places,
    check_other_payers,
    check_stay,
)
CODE_SET_CHECKS: tuple[Callable[[Claim, Desk], Iterator[Hit]], ...] = (
    check_diagnoses,
    check_procedures,
    check_pairs,
    check_dates,
    check_payer_rules,
)


def claim_hits(claim: Claim, desk: Desk) -> Iterator[Hit]:
    """Yield what every edit finds on one claim."""
    for check in CHECKS:
        yield from check(claim)
    for asking in CODE_SET_CHECKS:
        yield from asking(claim, desk)


__all__ = ["CHECKS", "CODE_SET_CHECKS", "Desk", "claim_hits"]
