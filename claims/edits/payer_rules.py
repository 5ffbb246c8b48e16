"""What the payer of a claim takes: how long after the service, and for which diagnoses."""

from collections.abc import Iterator
from datetime import date, timedelta

from claims.edits.desk import Desk, line_at, service_place
from claims.findings import Hit
from claims.model import Claim, ServiceLine
from claims.payers import Covered


def check_payer_rules(claim: Claim, desk: Desk) -> Iterator[Hit]:
    """Yield what is late or not covered by the payer's own tables, where the site has them."""
    payer = claim.coverage.payer.identifier
    rules = desk.payers.get(payer) or desk.payers.get("*")
    first = min(claim.service_days, default=None)
    days = rules.timely_filing_days if rules else None
    if first and claim.frequency not in ("7", "8"):
        last = first + timedelta(days=days) if days else _a_year_after(first)
        if desk.today > last:
            yield Hit("date.late", more=f"{days} days" if days else "")
    segment, element = service_place(claim, "101-2")
    for covered in rules.coverage if rules else ():
        for number, line in enumerate(claim.lines, 1):
            if line.code in covered.procedures and not _justified(claim, line, covered):
                yield Hit("necessity.none", "2400", segment, element, line_at(number), covered.source)


def _justified(claim: Claim, line: ServiceLine, covered: Covered) -> bool:
    pointed = [claim.diagnoses[p - 1].code for p in line.diagnosis_pointers if 1 <= p <= len(claim.diagnoses)]
    codes = pointed if claim.institutional is None else [d.code for d in claim.diagnoses]
    return any(
        code.startswith(diagnosis.replace(".", "").upper()) for diagnosis in covered.diagnoses for code in codes
    )


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)
