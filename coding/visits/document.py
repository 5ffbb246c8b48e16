"""What kind of encounter a note documents: the family of its visit, or why it has none."""

from collections.abc import Collection
from dataclasses import dataclass

from coding.types import Evidence
from coding.visits.codes import procedure
from coding.visits.content import decides, plans
from coding.visits.minutes import Minutes, Spent
from coding.visits.reports import ENCOUNTER, has_course, is_of_patient, report_of
from coding.visits.scan import Hit, Scan
from coding.visits.status import patient_status
from coding.visits.title import TITLE_CHARS, Title, title_end
from coding.visits.types import Family
from nlp.types import PatientStatus, Setting

_CRITICAL_MINUTES = 30
_LONG_GLOBAL = frozenset({"090", "MMM"})
_HISTORIES = 3
_EARLY = 0.4
_SEEN = ENCOUNTER | {"hpi", "chief_complaint", "pmh", "hospital_course"}
_TAKEN = frozenset({"hpi", "chief_complaint", "pmh", "psh", "family", "social", "allergies", "medications"})
_TAKEN_LEAST = 3
_HISTORY = frozenset({"pmh", "psh", "family", "social", "allergies", "medications", "ros"})
_BEFORE = _HISTORY | {"hpi", "chief_complaint", "exam"}
_OF_STAY = frozenset({"hospital_course", "procedure", "discharge_diagnosis", "unknown"})
_OUTPATIENT = {
    "preventive": Family.PREVENTIVE,
    "facility": Family.FACILITY_SUBSEQUENT,
    "home": Family.HOME,
    "eye": Family.EYE,
}
SILENT = {
    "operative": "the note reports a procedure; its visit is part of it unless separate work is documented",
    "imaging": "the note reports a test; it documents no visit",
    "therapy": "the note is a therapist's or counsellor's; it has codes of its own",
    "phone": "the note documents a call or message; no visit took place",
    "prenatal": "prenatal and postpartum visits belong to the global obstetric service",
    "global": "the surgeon's visits of the stay belong to the operation's global period",
    "part": "what was done is billed by itself, and the note shows no separate work",
    "empty": "the note holds no assessment or plan to level",
}


@dataclass(frozen=True, slots=True)
class Document:
    """The family with the words that told it; without a family, `reason` (a slug) and `message` say why."""

    family: Family | None
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    is_consult: bool = False

    @property
    def message(self) -> str:
        """Why the note has no visit to code."""
        return SILENT.get(self.reason, "")


def read_document(
    scan: Scan,
    setting: Setting,
    minutes: list[Minutes],
    services: Collection[str] = (),
    *,
    is_report: bool = False,
) -> Document:
    """Return what a note documents; `is_report` where its form is that of an operation's or a test's report."""
    title = Title(scan)
    report = report_of(scan, title, is_report=is_report)
    if report:
        return Document(None, title.evidence(report), report)
    critical = _critical(scan, minutes)
    if critical:
        return Document(Family.CRITICAL_CARE, critical)
    if setting is not Setting.ED and _evaluates_mind(scan, title):
        return Document(Family.PSYCHIATRIC, tuple(scan.evidence(h) for h in scan.of("psych", "exam")[:1]))
    if setting is Setting.INPATIENT:
        return _inpatient(scan, title, has_operation=any(_has_long_global(code) for code in services))
    if setting is Setting.ED:
        return Document(Family.ED, title.evidence("ed")) if decides(scan) else Document(None, (), "empty")
    return _outpatient(scan, title, is_report=is_report)


def _evaluates_mind(scan: Scan, title: Title) -> bool:
    """Tell whether the note is the first evaluation by a psychiatrist or psychologist, no admission or follow-up."""
    if title.has("discharge", "admission", "progress", "ed") or not decides(scan):
        return False
    if not (scan.of("psych", "exam") and scan.of("psych", "history")):
        return False
    status, _ = patient_status(scan)
    is_asked = any(h.start < title_end(scan.text) for h in scan.of("psych", "first"))
    return status is not PatientStatus.ESTABLISHED and (is_asked or status is PatientStatus.NEW)


def _critical(scan: Scan, minutes: list[Minutes]) -> tuple[Evidence, ...]:
    """Return the words of at least half an hour of critical care."""
    spent = [m for m in minutes if m.spent is Spent.CRITICAL and m.minutes >= _CRITICAL_MINUTES]
    return tuple(scan.evidence_of(m.start, m.end) for m in spent[:1])


def _inpatient(scan: Scan, title: Title, *, has_operation: bool) -> Document:
    sections = {s.kind for s in scan.reading.sections}
    kind = title.first_of("discharge", "admission", "consult", "progress", "newborn", "nicu", "facility")
    if title.has("discharge"):
        kind = "discharge"
    if kind in (None, "newborn", "nicu") and (has_course(scan) or _leaves(scan)):
        kind = "discharge"
    named = title.evidence(kind) if kind else ()
    is_of_surgeon = has_operation or (title.has("surgery") and _is_operated(scan))
    if kind in ("discharge", "progress") and is_of_surgeon:
        return Document(None, (*named, *title.evidence("surgery")), "global")
    if kind == "discharge":
        return Document(Family.HOSPITAL_DISCHARGE, named)
    if title.has("nicu"):
        return Document(Family.CRITICAL_NEONATE, title.evidence("nicu"))
    if title.has("newborn"):
        return Document(Family.NEWBORN, title.evidence("newborn"))
    is_met = bool(kind) or bool(sections & _SEEN)
    if not (plans(scan) or (is_met and decides(scan))) and (kind is None or len(sections - {"unknown"}) > 1):
        return Document(None, (), "empty")
    if kind == "facility":
        return Document(Family.FACILITY_SUBSEQUENT, named)
    asked = [h for h in scan.of("status", "asked") if h.start < title_end(scan.text) and scan.is_not_denied(h)]
    if kind is None and asked:
        return Document(Family.HOSPITAL_INITIAL, (scan.evidence(asked[0]),), is_consult=True)
    if kind in ("admission", "consult") or (kind is None and (_admits(scan) or _is_full(sections))):
        return Document(Family.HOSPITAL_INITIAL, named, is_consult=kind == "consult")
    return Document(Family.HOSPITAL_SUBSEQUENT, named)


def _has_long_global(code: str) -> bool:
    found = procedure(code)
    return found is not None and found.global_days in _LONG_GLOBAL


def _leaves(scan: Scan) -> bool:
    """Tell whether the note speaks of this stay's discharge, not of an earlier one."""
    headings = [s.heading for s in scan.reading.sections if s.heading]
    return any(h.section not in _BEFORE or any(x.start <= h.start < x.end for x in headings) for h in scan.of("stay"))


def _admits(scan: Scan) -> bool:
    places = scan.deciding | {"chief_complaint", "other"}
    return any(scan.is_said(h) and h.section in places for h in scan.of("risk", "hospitalization"))


def _is_full(sections: set[str]) -> bool:
    """Tell whether the note takes the whole history, as on the first day."""
    return bool(sections & {"hpi", "chief_complaint"}) and len(sections & _HISTORY) >= _HISTORIES


def _is_operated(scan: Scan) -> bool:
    """Tell whether a note counts the days after an operation, or tells one of this stay."""
    if scan.of("pod"):
        return True
    return any(h.section in _OF_STAY and scan.is_said(h) for h in scan.of("operated"))


def _aftercare(scan: Scan) -> list[Hit]:
    """Return the early words of a visit for the wound of an operation that the note tells."""
    if not any(scan.is_not_denied(h) for h in scan.of("operated")):
        return []
    end = max(TITLE_CHARS, round(len(scan.text) * _EARLY))
    return [h for h in scan.of("aftercare") if h.start < end and scan.is_said(h)]


def _is_met(scan: Scan, sections: set[str], *, is_report: bool) -> bool:
    """Tell whether the note decides something for a patient who was seen, under headings or in prose."""
    is_seen = bool(sections & ENCOUNTER) or len(sections & _TAKEN) >= _TAKEN_LEAST or is_of_patient(scan)
    if len(sections - {"unknown"}) < 2 and is_seen:
        return True
    return decides(scan) if is_seen else plans(scan) and not is_report


def _tells_separate(scan: Scan) -> bool:
    """Tell whether the note says that a problem was treated apart from what was done, with a drug for it."""
    return any(map(scan.is_not_denied, scan.of("separate"))) and bool(scan.of("risk", "rx", "dose"))


def _outpatient(scan: Scan, title: Title, *, is_report: bool) -> Document:
    sections = {s.kind for s in scan.reading.sections}
    told = [h for h in scan.of("global") if scan.is_not_denied(h)] + _aftercare(scan)
    if told or title.has("postop"):
        return Document(Family.POSTOP, (*title.evidence("postop"), *(scan.evidence(h) for h in told[:1])))
    if title.has("observation"):
        return _inpatient(scan, title, has_operation=False)
    if title.has("prenatal"):
        return Document(None, title.evidence("prenatal"), "prenatal")
    for kind, family in _OUTPATIENT.items():
        if title.has(kind):
            return Document(family, title.evidence(kind))
    checkup = [h for h in scan.of("checkup") if h.start < title_end(scan.text) and scan.is_said(h)]
    if checkup:
        return Document(Family.PREVENTIVE, (scan.evidence(checkup[0]),))
    if title.has("discharge") or (title.has("admission") and has_course(scan)):
        return Document(Family.HOSPITAL_DISCHARGE, title.evidence("discharge"))
    if not _is_met(scan, sections, is_report=is_report) and not _tells_separate(scan):
        return Document(None, (), "empty")
    return Document(Family.OFFICE, title.evidence("office", "consult"), is_consult=title.has("consult"))
