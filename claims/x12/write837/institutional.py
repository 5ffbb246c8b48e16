"""The part of loop 2300 that hospitals alone have."""

from collections.abc import Iterable

from claims.model import Claim, Institutional, Occurrence
from claims.x12.segments import SegmentWriter, amount, day

_PER_SEGMENT = 12


def write_stay(out: SegmentWriter, stay: Institutional) -> None:
    """Write discharge hour, statement dates, admission and CL1."""
    if stay.discharge_hour:
        out.add("DTP", "096", "TM", stay.discharge_hour)
    if stay.statement_from:
        last = stay.statement_to or stay.statement_from
        out.add("DTP", "434", "RD8", f"{day(stay.statement_from)}-{day(last)}")
    if stay.admission_date and stay.admission_hour:
        out.add("DTP", "435", "DT", day(stay.admission_date) + stay.admission_hour)
    elif stay.admission_date:
        out.add("DTP", "435", "D8", day(stay.admission_date))
    out.add("CL1", stay.admission_type, stay.admission_source, stay.patient_status)


def write_codes(out: SegmentWriter, claim: Claim, stay: Institutional) -> None:
    """Write the HI segments in the guide's order: diagnoses, DRG, procedures, occurrences, values, conditions."""
    first, *others = claim.diagnoses or (None,)
    if first:
        out.add("HI", _diagnosis("ABK", first.code, first.present_on_admission))
    if stay.admitting_diagnosis:
        out.add("HI", ("ABJ", stay.admitting_diagnosis))
    _write(out, (("APR", code) for code in stay.reasons_for_visit))
    _write(out, (_diagnosis("ABN", c.code, c.present_on_admission) for c in stay.external_causes))
    if stay.drg:
        out.add("HI", ("DR", stay.drg))
    _write(out, (_diagnosis("ABF", d.code, d.present_on_admission) for d in others if d))
    for number, procedure in enumerate(stay.procedures):
        if number == 0:
            out.add("HI", ("BBR", procedure.code, "D8", day(procedure.performed_on)))
    _write(out, (("BBQ", p.code, "D8", day(p.performed_on)) for p in stay.procedures[1:]))
    _write(out, (_span(o) for o in stay.occurrences if o.day_to))
    _write(out, (("BH", o.code, "D8", day(o.day)) for o in stay.occurrences if not o.day_to))
    _write(out, (("BE", v.code, "", "", amount(v.amount)) for v in stay.values))
    _write(out, (("BG", code) for code in stay.conditions))


def _diagnosis(qualifier: str, code: str, present_on_admission: str) -> tuple[str, ...]:
    if not present_on_admission:
        return qualifier, code
    return (qualifier, code, *[""] * 6, present_on_admission)


def _span(occurrence: Occurrence) -> tuple[str, ...]:
    return "BI", occurrence.code, "RD8", f"{day(occurrence.day)}-{day(occurrence.day_to)}"


def _write(out: SegmentWriter, found: Iterable[tuple[str, ...]]) -> None:
    cells = list(found)
    for start in range(0, len(cells), _PER_SEGMENT):
        out.add("HI", *cells[start : start + _PER_SEGMENT])
