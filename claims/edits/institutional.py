"""Hospital claims: type of bill, stay, status, revenue codes, present on admission, coded facts."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from claims.edits.desk import line_at
from claims.findings import Hit
from claims.model import Claim, ClaimKind, Institutional, ServiceLine
from claims.tables import codes, rows

_HOUR = re.compile(r"([01]\d|2[0-3])[0-5]\d\Z")
_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}\Z")
_DRG = re.compile(r"\d{3}\Z")
_MARKS = ("Y", "N", "U", "W")
_TYPES = ("1", "2", "3", "4", "5", "9")
_SOURCES = tuple("1245689DEFGAB")


def check_stay(claim: Claim) -> Iterator[Hit]:
    """Yield what is wrong with the institutional part of a claim."""
    stay = claim.institutional
    if claim.kind is ClaimKind.PROFESSIONAL:
        if stay:
            yield Hit("stay.kind")
        return
    if stay is None:
        yield Hit("stay.missing")
        return
    inpatient = is_inpatient(stay)
    yield from _bill(claim, stay)
    if inpatient:
        yield from _admission(claim, stay)
    elif len(stay.reasons_for_visit) > 3:
        yield Hit("stay.visit_reason")
    yield from _codes(claim, stay, inpatient)
    yield from _procedures(stay, inpatient)
    for number, line in enumerate(claim.lines, 1):
        yield from _line(stay, line, inpatient, line_at(number))


def is_inpatient(stay: Institutional) -> bool:
    """Tell whether the type of bill is one of a stay."""
    return any(row[0] == stay.type_of_bill and row[2] == "inpatient" for row in rows("bill_types"))


def _bill(claim: Claim, stay: Institutional) -> Iterator[Hit]:
    if stay.type_of_bill not in codes("bill_types"):
        yield Hit("stay.type_of_bill")
    if stay.patient_status not in codes("patient_statuses"):
        yield Hit("stay.status")
    elif (
        is_inpatient(stay)
        and claim.frequency in tuple("1234")
        and (stay.patient_status == "30") != (claim.frequency in ("2", "3"))
    ):
        yield Hit("stay.status_frequency")
    first, last = stay.statement_from, stay.statement_to
    if first is None or (last and last < first):
        yield Hit("stay.statement")
    if stay.attending is None:
        yield Hit("stay.attending")
    if stay.drg and not _DRG.match(stay.drg):
        yield Hit("stay.drg")
    for hour in (stay.admission_hour, stay.discharge_hour):
        if hour and not _HOUR.match(hour):
            yield Hit("stay.hour")
    if stay.admission_type and stay.admission_type not in _TYPES:
        yield Hit("stay.admission_type")
    if stay.admission_source and stay.admission_source not in _SOURCES:
        yield Hit("stay.admission_source")


def _admission(claim: Claim, stay: Institutional) -> Iterator[Hit]:
    if stay.admission_date is None or not stay.admission_hour:
        yield Hit("stay.admission")
    if not stay.admission_type:
        yield Hit("stay.admission_type")
    if not stay.admission_source:
        yield Hit("stay.admission_source")
    if claim.frequency in ("1", "4") and stay.patient_status != "30" and not stay.discharge_hour:
        yield Hit("stay.discharge_hour")
    if not stay.admitting_diagnosis:
        yield Hit("stay.admitting_diagnosis")
    if stay.reasons_for_visit:
        yield Hit("stay.visit_reason")


def _codes(claim: Claim, stay: Institutional, inpatient: bool) -> Iterator[Hit]:
    marked = [(d.code, d.present_on_admission, f"diagnosis {n}") for n, d in enumerate(claim.diagnoses, 1)]
    for code, mark, where in marked:
        if mark and mark not in _MARKS:
            yield Hit("stay.poa", where=where)
        elif inpatient and not mark and not code.startswith(tuple(codes("poa_exempt"))):
            yield Hit("stay.poa_missing", where=where)
    for edit, kind, found in (
        ("stay.occurrence_code", "occurrence", [o.code for o in stay.occurrences if not o.day_to]),
        ("stay.occurrence_code", "span", [o.code for o in stay.occurrences if o.day_to]),
        ("stay.value_code", "value", [v.code for v in stay.values]),
        ("stay.condition_code", "condition", list(stay.conditions)),
    ):
        for number, code in enumerate(found, 1):
            if not _is_uniform(kind, code):
                yield Hit(edit, where=f"{kind} code {number}")


@cache
def _is_uniform(kind: str, code: str) -> bool:
    return len(code) == 2 and any(k == kind and first <= code <= last for k, first, last in rows("uniform_codes"))


def _procedures(stay: Institutional, inpatient: bool) -> Iterator[Hit]:
    if stay.procedures and not inpatient:
        yield Hit("stay.procedure_outpatient")
    first, last = stay.statement_from, stay.statement_to or stay.statement_from
    for number, procedure in enumerate(stay.procedures, 1):
        where = f"procedure {number}"
        if not _PCS.match(procedure.code):
            yield Hit("stay.procedure_shape", where=where)
        day = procedure.performed_on
        if day is None or (first and last and not first - timedelta(days=3) <= day <= last):
            yield Hit("stay.procedure_date", where=where)


@cache
def _revenue(code: str) -> str | None:
    """Return the kind of a revenue code, None where it does not exist."""
    if len(code) != 4 or not code.isdigit():
        return None
    return next((kind for first, last, kind in rows("revenue_codes") if first <= code <= last), None)


def _line(stay: Institutional, line: ServiceLine, inpatient: bool, where: str) -> Iterator[Hit]:
    if not line.revenue_code:
        yield Hit("stay.revenue_missing", where=where)
        return
    kind = _revenue(line.revenue_code)
    if kind is None:
        yield Hit("stay.revenue_code", where=where)
    if kind == "coded" and not inpatient and not line.code:
        yield Hit("stay.revenue_procedure", where=where)
    first, last = stay.statement_from, stay.statement_to or stay.statement_from
    day = line.date_of_service
    if day and first and last and not first <= day <= last:
        yield Hit("stay.outside_statement", where=where)
    if kind == "room" and first and last and line.units > max((last - first).days, 1):
        yield Hit("stay.room_days", where=where)
