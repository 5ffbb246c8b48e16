"""Dates against each other, the birth and the day of the check."""

from collections.abc import Iterator

from claims.edits.desk import Desk, line_at
from claims.findings import Hit
from claims.model import Claim

_MOST_AGE_YEARS = 125


def check_dates(claim: Claim, desk: Desk) -> Iterator[Hit]:
    """Yield what is wrong with the dates of a claim."""
    birth = claim.birth_date
    if birth and (birth > desk.today or desk.today.year - birth.year > _MOST_AGE_YEARS):
        yield Hit("date.birth_future", "2010CA" if claim.patient else "2010BA")
    for number, line in enumerate(claim.lines, 1):
        first, last = line.date_of_service, line.date_to
        if first is None:
            continue
        if max(first, last or first) > desk.today:
            yield Hit("date.future", where=line_at(number))
        if birth and first < birth:
            yield Hit("date.before_birth", where=line_at(number))
        if last and last < first:
            yield Hit("date.reversed", where=line_at(number))
    yield from _around(claim)


def _around(claim: Claim) -> Iterator[Hit]:
    services = claim.service_days
    last = max(services, default=None)
    before = (claim.onset_date, claim.accident_date, claim.initial_treatment_date, claim.last_menstrual_period)
    if last and any(day and day > last for day in before):
        yield Hit("date.onset")
    admitted, left = claim.hospital_admission, claim.hospital_discharge
    if admitted and left and left < admitted:
        yield Hit("date.stay")
    if claim.related_causes and claim.accident_date is None and claim.institutional is None:
        yield Hit("date.accident_missing")
    if "AA" in claim.related_causes and not claim.accident_state:
        yield Hit("date.accident_state")
