"""Notes that hold no visit by their kind: reports of operations and tests, therapists' notes; and stays summed up."""

from coding.visits.scan import Scan
from coding.visits.title import Title
from nlp.types import Setting

ENCOUNTER = frozenset({"plan", "assessment_plan", "exam", "vitals", "ros"})
"""The kinds of sections that only the note of a visit has."""
_REPORTED = ENCOUNTER - {"exam"} | {"chief_complaint", "pmh", "social", "medications", "hospital_course"}
_REPORTED_LEAST = 2
_MET = ENCOUNTER | {"hpi", "chief_complaint", "assessment", "hospital_course", "pmh", "social", "medications"}
_STAY = frozenset({"hospital_course", "discharge_diagnosis"})
_REPORT_HITS = 2
_FIRST_WORDS = 20
_THERAPY_WORDS = 3
_STAY_WORDS = 2


def report_of(scan: Scan, title: Title, *, is_report: bool) -> str | None:
    """Return the reason of a note that reports a procedure, a test or another's work."""
    if _is_therapist(scan):
        return "therapy"
    is_visit = title.has("office", "ed", "discharge", "admission", "progress", "preventive", "postop")
    for kind in ("operative", "imaging", "therapy", "phone"):
        if title.has(kind) and not is_visit:
            return kind
    if is_visit or _is_stay(scan):
        return None
    operative = {scan.text[h.start : h.end].lower() for h in scan.of("report", "operative")}
    imaging = {scan.text[h.start : h.end].lower() for h in scan.of("report", "imaging")}
    sections = {s.kind for s in scan.reading.sections}
    if {"preop_diagnosis", "postop_diagnosis"} & sections or len(operative) > _REPORT_HITS:
        return "operative"
    if next((s.kind for s in scan.reading.sections if s.end > _FIRST_WORDS), "") == "procedure":
        return "operative"
    if is_of_patient(scan):
        return None
    if "procedure" in sections and not sections & _MET:
        return "operative"
    if is_report and len(sections & _REPORTED) < _REPORTED_LEAST:
        return "operative" if "procedure" in sections else "imaging"
    if len(imaging) >= _REPORT_HITS and not sections & {"plan", "assessment_plan"}:
        return "imaging"
    return None


def _is_therapist(scan: Scan) -> bool:
    """Tell whether a therapist wrote the note: by words that only therapists write, or several that they often do."""
    weak = {scan.text[h.start : h.end].lower() for h in scan.of("therapist", "weak")}
    return bool(scan.of("therapist", "strong")) or len(weak) >= _THERAPY_WORDS


def _is_stay(scan: Scan) -> bool:
    """Tell whether an inpatient note tells a whole stay: its course, or several facts of the discharge."""
    if scan.reading.note.setting is not Setting.INPATIENT:
        return False
    told = {scan.text[h.start : h.end].lower() for h in scan.of("stay")}
    return has_course(scan) or len(told) >= _STAY_WORDS


def has_course(scan: Scan) -> bool:
    """Tell whether a section sums up the stay; the course in the emergency department does not."""
    emergency = {h.start for h in scan.of("edcourse")}
    return any(
        s.kind in _STAY and not (s.heading and any(s.heading.start <= e < s.heading.end for e in emergency))
        for s in scan.reading.sections
    )


def is_of_patient(scan: Scan) -> bool:
    """Tell whether the request or the note's words know a patient who was seen, where no section shows it."""
    patient = scan.reading.note.patient
    return patient.status is not None or bool(scan.of("status", "new", "seen", "back")) or bool(scan.of("stated"))
