"""Diagnoses: shape, validity on the day, order, exclusions, and how well they fit patient and line."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from claims.edits.desk import Desk, line_at, service_place
from claims.findings import Hit
from claims.model import Claim, ClaimKind
from claims.tables import rows

_SHAPE = re.compile(r"[A-Z]\d[0-9A-Z]([0-9A-Z]{0,4})\Z")
_SHAPE_ALPHA = re.compile(r"[A-Z][0-9A-Z]{2}[0-9A-Z]{0,4}\Z")
# Services before this day were coded in ICD-9-CM, of which nothing here judges.
FIRST_DAY = date(2015, 10, 1)
_SIDES = {"RT": "right", "LT": "left"}


def day_of(claim: Claim) -> date | None:
    """Return the day whose code sets hold: of a stay its last day, else the first date of service."""
    stay = claim.institutional
    if stay and (stay.statement_to or stay.statement_from):
        return stay.statement_to or stay.statement_from
    return min(claim.service_days, default=None)


def check_diagnoses(claim: Claim, desk: Desk) -> Iterator[Hit]:
    """Yield what is wrong with the diagnoses."""
    yield from _pointers(claim)
    codes = [d.code for d in claim.diagnoses]
    for number, code in enumerate(codes, 1):
        where = f"diagnosis {number}"
        if code in codes[: number - 1]:
            yield Hit("diagnosis.twice", where=where)
    day = day_of(claim)
    if day is None or day < FIRST_DAY:
        return
    warning = desk.release_warning(day)
    if warning and codes:
        yield Hit("diagnosis.release", more=f"release {warning.release} answers")
    yield from _validity(claim, desk, day)
    yield from _first(claim, desk, day)
    yield from _excludes(codes, desk, day)
    yield from _fit(claim, day)
    yield from _sides(claim, desk, day)


def _pointers(claim: Claim) -> Iterator[Hit]:
    if claim.kind is not ClaimKind.PROFESSIONAL:
        return
    for number, line in enumerate(claim.lines, 1):
        pointers = line.diagnosis_pointers
        if not pointers:
            yield Hit("pointer.missing", where=line_at(number))
        if any(not 1 <= p <= len(claim.diagnoses) for p in pointers):
            yield Hit("pointer.unknown", where=line_at(number))
        if len(set(pointers)) < len(pointers):
            yield Hit("pointer.twice", where=line_at(number))


def _all_codes(claim: Claim) -> Iterator[tuple[str, str]]:
    for number, diagnosis in enumerate(claim.diagnoses, 1):
        yield diagnosis.code, f"diagnosis {number}"
    stay = claim.institutional
    if stay is None:
        return
    if stay.admitting_diagnosis:
        yield stay.admitting_diagnosis, "admitting diagnosis"
    for number, code in enumerate(stay.reasons_for_visit, 1):
        yield code, f"reason for visit {number}"
    for number, cause in enumerate(stay.external_causes, 1):
        yield cause.code, f"external cause {number}"


def _validity(claim: Claim, desk: Desk, day: date) -> Iterator[Hit]:
    release = f"ICD-10-CM {desk.release(day).code_set.release}"
    for code, where in _all_codes(claim):
        if "." in code:
            yield Hit("diagnosis.dot", where=where)
        elif not _SHAPE_ALPHA.match(code):
            yield Hit("diagnosis.shape", where=where)
        else:
            known = desk.diagnosis(code, day)
            if known.retired:
                yield Hit("diagnosis.retired", where=where, more=release)
            elif known.sevenths:
                yield Hit("diagnosis.seventh", where=where, more=release)
            elif not known.known:
                yield Hit("diagnosis.unknown" if _SHAPE.match(code) else "diagnosis.shape", where=where, more=release)
            elif not known.billable:
                yield Hit("diagnosis.not_billable", where=where, more=release)


def _first(claim: Claim, desk: Desk, day: date) -> Iterator[Hit]:
    if not claim.diagnoses:
        return
    first = claim.diagnoses[0].code
    if first[:1] in ("V", "W", "X", "Y"):
        yield Hit("diagnosis.external_first")
    if desk.diagnosis(first, day).manifestation:
        yield Hit("diagnosis.manifestation_first")


def _excludes(codes: list[str], desk: Desk, day: date) -> Iterator[Hit]:
    for (one, first), (two, second) in combinations(enumerate(dict.fromkeys(codes), 1), 2):
        if desk.excludes1(first, second, day):
            yield Hit("diagnosis.excludes1", where=f"diagnoses {one} and {two}")


def _fit(claim: Claim, day: date) -> Iterator[Hit]:
    birth = claim.birth_date
    for number, diagnosis in enumerate(claim.diagnoses, 1):
        where, code = f"diagnosis {number}", diagnosis.code
        if birth and birth <= day:
            years = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
            for prefix, least, most, why in rows("ages"):
                if code.startswith(prefix) and not int(least) <= years <= int(most):
                    yield Hit("diagnosis.age", where=where, more=why)
                    break
        wanted = next((sex for prefix, sex in rows("sexes") if code.startswith(prefix)), "")
        if wanted and claim.sex in ("F", "M") and claim.sex != wanted:
            yield Hit("diagnosis.sex", where=where)


def _sides(claim: Claim, desk: Desk, day: date) -> Iterator[Hit]:
    known = [desk.diagnosis(d.code, day) for d in claim.diagnoses]
    for number, diagnosis in enumerate(known, 1):
        if diagnosis.has_sides:
            yield Hit("diagnosis.unspecified_side", where=f"diagnosis {number}")
    segment, element = service_place(claim, "101")
    for number, line in enumerate(claim.lines, 1):
        billed = {_SIDES[m] for m in line.modifiers if m in _SIDES}
        pointed = {known[p - 1].side for p in line.diagnosis_pointers if 1 <= p <= len(known)} - {""}
        if len(billed) == 1 and pointed and "both" not in pointed and not billed & pointed:
            yield Hit("diagnosis.side", segment=segment, element=element, where=line_at(number))
