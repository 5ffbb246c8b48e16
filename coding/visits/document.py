"""What kind of encounter a note documents: the family of its visit, or why it has none."""

from collections.abc import Collection
from dataclasses import dataclass

from coding.types import Evidence
from coding.visits.codes import procedure
from coding.visits.minutes import Minutes, Spent
from coding.visits.scan import Hit, Scan
from coding.visits.types import Family
from nlp.types import Setting

_TITLE_LINES = 5
_TITLE_CHARS = 300
_OPENING_CHARS = 80
_LINE_CHARS = 120
_CRITICAL_MINUTES = 30
_REPORT_HITS = 2
_FIRST_WORDS = 20
_LONG_GLOBAL = frozenset({"090", "MMM"})
_CONTENT = frozenset({"assessment", "assessment_plan", "plan", "discharge_diagnosis"})
_ENCOUNTER = frozenset({"plan", "assessment_plan", "exam", "vitals", "ros"})
_STAY = frozenset({"hospital_course", "discharge_diagnosis"})
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


class Title:
    """The types of document that a note's first lines name."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        end = title_end(scan.text)
        self._hits: dict[str, Hit] = {}
        for hit in scan.of("document"):
            if hit.start < end and _is_heading(scan.text, hit):
                self._hits.setdefault(hit.value, hit)

    def has(self, *values: str) -> bool:
        """Tell whether one of the types is named."""
        return any(v in self._hits for v in values)

    def first_of(self, *values: str) -> str | None:
        """Return which of the types is named first."""
        named = [self._hits[v] for v in values if v in self._hits]
        return min(named, key=lambda h: (h.first, -h.last)).value if named else None

    def evidence(self, *values: str) -> tuple[Evidence, ...]:
        """Return the words that name the types."""
        return tuple(self._scan.evidence(self._hits[v]) for v in values if v in self._hits)


def _is_heading(text: str, hit: Hit) -> bool:
    """Tell whether a hit opens the note or stands in a short line, not amid prose."""
    if hit.start < _OPENING_CHARS:
        return True
    start, stop = text.rfind("\n", 0, hit.start) + 1, text.find("\n", hit.end)
    return (stop if stop >= 0 else len(text)) - start <= _LINE_CHARS


def title_end(text: str) -> int:
    """Return where the first lines of a note end."""
    end = 0
    for _ in range(_TITLE_LINES):
        stop = text.find("\n", end)
        if stop < 0 or stop > _TITLE_CHARS:
            return min(len(text), _TITLE_CHARS)
        end = stop + 1
    return end


def read_document(scan: Scan, setting: Setting, minutes: list[Minutes], services: Collection[str] = ()) -> Document:
    """Return what a note documents."""
    title = Title(scan)
    report = _report(scan, title)
    if report:
        return Document(None, title.evidence(report), report)
    critical = _critical(scan, minutes)
    if critical:
        return Document(Family.CRITICAL_CARE, critical)
    if setting is Setting.INPATIENT:
        return _inpatient(scan, title, has_operation=any(_has_long_global(code) for code in services))
    if setting is Setting.ED:
        return Document(Family.ED, title.evidence("ed"))
    return _outpatient(scan, title)


def _report(scan: Scan, title: Title) -> str | None:
    """Return the reason of a note that reports a procedure, a test or another's work."""
    is_visit = title.has("office", "ed", "discharge", "admission", "progress", "preventive", "postop")
    for kind in ("operative", "imaging", "therapy", "phone"):
        if title.has(kind) and not is_visit:
            return kind
    if is_visit:
        return None
    operative = {scan.text[h.start : h.end].lower() for h in scan.of("report", "operative")}
    imaging = {scan.text[h.start : h.end].lower() for h in scan.of("report", "imaging")}
    sections = {s.kind for s in scan.reading.sections}
    if {"preop_diagnosis", "postop_diagnosis"} & sections or len(operative) > _REPORT_HITS:
        return "operative"
    if next((s.kind for s in scan.reading.sections if s.end > _FIRST_WORDS), "") == "procedure":
        return "operative"
    if len(imaging) >= _REPORT_HITS and not sections & {"plan", "assessment_plan"}:
        return "imaging"
    return None


def _critical(scan: Scan, minutes: list[Minutes]) -> tuple[Evidence, ...]:
    """Return the words of at least half an hour of critical care."""
    spent = [m for m in minutes if m.spent is Spent.CRITICAL and m.minutes >= _CRITICAL_MINUTES]
    return tuple(scan.evidence_of(m.start, m.end) for m in spent[:1])


def _inpatient(scan: Scan, title: Title, *, has_operation: bool) -> Document:
    sections = {s.kind for s in scan.reading.sections}
    kind = title.first_of("discharge", "admission", "consult", "progress", "newborn", "nicu", "facility")
    if title.has("discharge"):
        kind = "discharge"
    if kind in (None, "newborn", "nicu") and (sections & _STAY or scan.of("stay")):
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
    if not sections & _CONTENT and len(sections - {"unknown"}) > 1:
        return Document(None, (), "empty")
    if kind == "facility":
        return Document(Family.FACILITY_SUBSEQUENT, named)
    if kind in ("admission", "consult") or (kind is None and _admits(scan)):
        return Document(Family.HOSPITAL_INITIAL, named, is_consult=kind == "consult")
    return Document(Family.HOSPITAL_SUBSEQUENT, named)


def _is_of_patient(scan: Scan) -> bool:
    """Tell whether the request or the note's words know a patient who was seen, where no section shows it."""
    patient = scan.reading.note.patient
    return patient.status is not None or bool(scan.of("status", "new", "seen", "back")) or bool(scan.of("stated"))


def _has_long_global(code: str) -> bool:
    found = procedure(code)
    return found is not None and found.global_days in _LONG_GLOBAL


def _admits(scan: Scan) -> bool:
    return any(scan.is_said(h) for h in scan.of("risk", "hospitalization"))


def _is_operated(scan: Scan) -> bool:
    """Tell whether a note counts the days after an operation, or tells one of this stay."""
    if scan.of("pod"):
        return True
    return any(h.section in _OF_STAY and scan.is_said(h) for h in scan.of("operated"))


def _outpatient(scan: Scan, title: Title) -> Document:
    sections = {s.kind for s in scan.reading.sections}
    told = [h for h in scan.of("global") if scan.is_not_denied(h)]
    if told or title.has("postop"):
        return Document(Family.POSTOP, (*title.evidence("postop"), *(scan.evidence(h) for h in told[:1])))
    if title.has("observation"):
        return _inpatient(scan, title, has_operation=False)
    if title.has("prenatal"):
        return Document(None, title.evidence("prenatal"), "prenatal")
    for kind, family in _OUTPATIENT.items():
        if title.has(kind):
            return Document(family, title.evidence(kind))
    if title.has("discharge") or (title.has("admission") and "hospital_course" in sections):
        return Document(Family.HOSPITAL_DISCHARGE, title.evidence("discharge"))
    is_bare = not sections & _CONTENT and len(sections - {"unknown"}) > 1
    if is_bare or not (sections & _ENCOUNTER or _is_of_patient(scan)):
        return Document(None, (), "empty")
    return Document(Family.OFFICE, title.evidence("office", "consult"), is_consult=title.has("consult"))
