"""What each section is to the services of a note, and what kind of note it is."""

import re
from collections.abc import Sequence

from nlp.facts.phrases import words_of
from nlp.procedures.study_tables import report_headings, words_of_class
from nlp.procedures.tables import part_headings
from nlp.procedures.types import NoteKind, Part
from nlp.tokens import Tokens
from nlp.types import Section, Sentence

_SHORT_REST = 120
_NARRATIVE = frozenset(["was", "were", "patient", "pt", "he", "she", "we", "informed"])
_NARRATIVE_WITHIN = 25
_MAX_EXAM = 150
_TRIM = re.compile(r"[\s:;>*#_=()\[\].-]+")
_OF_KIND = {
    "psh": Part.HISTORY,
    "pmh": Part.HISTORY,
    "hpi": Part.HISTORY,
    "chief_complaint": Part.HISTORY,
    "family": Part.HISTORY,
    "social": Part.HISTORY,
    "problem_list": Part.HISTORY,
    "medications": Part.HISTORY,
    "allergies": Part.HISTORY,
    "obstetric": Part.HISTORY,
    "ros": Part.HISTORY,
    "indication": Part.HISTORY,
    "preop_diagnosis": Part.DIAGNOSIS,
    "postop_diagnosis": Part.DIAGNOSIS,
    "admission_diagnosis": Part.DIAGNOSIS,
    "discharge_diagnosis": Part.DIAGNOSIS,
    "hospital_course": Part.COURSE,
    "immunizations": Part.HISTORY,
    "plan": Part.PLAN,
    "assessment_plan": Part.PLAN,
    "assessment": Part.PLAN,
    "instructions": Part.PLAN,
    "consent": Part.ASIDE,
    "labs": Part.RESULTS,
    "imaging": Part.RESULTS,
    "findings": Part.RESULTS,
}
_VISIT_KINDS = frozenset(
    {"ros", "vitals", "exam", "medications", "social", "family", "allergies", "chief_complaint", "pmh", "psh"}
    | {"plan", "assessment_plan"}
)
_OPERATIVE_KINDS = frozenset({"preop_diagnosis", "postop_diagnosis"})
_OPERATIVE_HEADINGS = frozenset(
    {"anesthesia", "estimated blood loss", "ebl", "complications", "specimens", "specimen", "surgeon", "drains"}
)
_IMAGING_OPENING = re.compile(
    r"(?:radiology|imaging|ultrasound|mammogra|"
    r"(?:ct|mri|mr|cta|mra|x-?ray|xr|echo\w*|nuclear|pet) (?:report|of|scan))"
)
_TEST_TITLE = re.compile(
    r"[^\n.:]{0,50}(?:holter|event monitor|pulmonary function|spirometry|carotid|duplex|doppler|stress test|treadmill"
    r"|echocardiogra|ankle[- ]brachial|perfusion|cardiolite|myoview|tilt table)[^\n.:]{0,50}\n"
)
_OPERATIVE_OPENING = re.compile(
    r"(?:operative|operation|op|procedure|endoscopy|colonoscopy|egd|cardiac cath\w*|catheterization|bronchoscopy"
    r"|surgical|delivery) (?:report|note|summary|record)"
)
_CAPITALS = re.compile(r"\s*(?:(?![A-Z][a-z])[^a-z\n]){6,120}")
_DID = re.compile(
    r"\b(?:(?P<drape>(?:prepped|prepared|cleansed|cleaned|prep(?:aration)?) and drap\w+)"
    r"|(?P<well>tolerated the (?:procedure|operation))"
    r"|(?P<scope>(?:\w*scope|instrument)\b[^.]{0,60}\b(?:inserted|introduced|advanced|passed|withdrawn|removed))"
    r"|(?P<cut>incisions? (?:was|were) (?:then )?(?:made|carried|created|performed|closed|reapproximated))"
    r"|(?P<lay>(?:supine|prone|lithotomy|lateral|decubitus|sims'?|trendelenburg) position)"
    r"|(?P<room>(?:to|into) the (?:operating|procedure|endoscopy|operative) (?:room|suite|theat\w+))"
    r"|(?P<dry>ha?emostasis)|(?P<thread>vicryl|monocryl|prolene|steri-?strips|subcuticular)"
    r"|(?P<agree>informed consent was)"
    r"|(?P<sleep>under (?:general|local|direct|sterile) (?:an\w*sthe\w+|vis\w+|technique))"
    r"|(?P<lost>(?:estimated )?blood loss)|(?P<port>trocars?|insufflat\w+)"
    r"|(?P<needle>(?:needle|catheter|guide ?wire) was))\b",
    re.IGNORECASE,
)
_SIGNS, _SIGNS_BELOW, _SIGNS_OF_HISTORY = 3, 2, 4
_MAX_ASIDE = 300
_ADMITTED = frozenset({"hospital_course", "discharge_diagnosis", "admission_diagnosis"})
_STAYS = _ADMITTED | {"hpi", "ros", "exam"}
_SEEN = _ADMITTED | {"ros", "exam", "vitals", "family", "social"}
_OPENING = 200
_FEW = 3
_LONG = 500
_ACTS = ("prepped", "draped", "anesthetized", "incision", "inserted", "catheter", "scope", "synchronized")
_PLANS = frozenset({"plan", "assessment_plan"})
_FEW_OF_TEST = 2
_CARE_KINDS = frozenset(
    {"ros", "vitals", "plan", "assessment_plan", "chief_complaint", "hospital_course", "allergies"}
)


def read_parts(text: str, sections: Sequence[Section]) -> tuple[Part, ...]:
    """Return the part of each section."""
    return tuple(_part(text, section) for section in sections)


def parts_of_stretches(
    tokens: Tokens, stretches: Sequence[Sentence], sections: Sequence[Section], parts: Sequence[Part]
) -> tuple[Part, ...]:
    """Return the part of each stretch: under a title's heading, all from the first narrative sentence is body."""
    found: list[Part] = []
    told: set[int] = set()
    for stretch in stretches:
        part = parts[stretch.section]
        if part is Part.TITLE and stretch.section not in told:
            words = tokens.folded[stretch.first : stretch.last]
            is_long = sections[stretch.section].end - tokens.starts[stretch.first] > _SHORT_REST
            if is_long and not _NARRATIVE.isdisjoint(words[:_NARRATIVE_WITHIN]):
                told.add(stretch.section)
        if stretch.section in told:
            part = Part.BODY
        found.append(part)
    return tuple(found)


def read_kind(text: str, sections: Sequence[Section], parts: Sequence[Part]) -> NoteKind:
    """Return the kind of the note by its headings and its opening words."""
    kinds = {s.kind for s, part in zip(sections, parts, strict=True) if part is not Part.TITLE}
    headings = {_heading(text, section) for section in sections}
    opening = text[:_OPENING].lower()
    if _is_test_report(text, headings, kinds):
        return NoteKind.IMAGING
    titled_exam = any(
        part is Part.TITLE and s.kind in ("exam", "other") for s, part in zip(sections, parts, strict=True)
    )
    titled = Part.TITLE in parts or Part.BODY in parts
    visits = len(kinds & _VISIT_KINDS)
    if titled and (kinds & _OPERATIVE_KINDS or len(headings & _OPERATIVE_HEADINGS) > 1) and visits <= _FEW:
        return NoteKind.OPERATIVE
    if titled and not kinds & _SEEN and len(_signs(text)) >= _SIGNS:
        return NoteKind.OPERATIVE
    if _OPERATIVE_OPENING.search(opening) or (kinds & _OPERATIVE_KINDS and visits <= 1):
        return NoteKind.OPERATIVE
    if titled_exam and visits <= 1 and not kinds & _CARE_KINDS:
        return NoteKind.IMAGING
    if _mostly_procedure(text, sections, parts) and not kinds & _VISIT_KINDS - _PLANS:
        return NoteKind.OPERATIVE
    if visits > 2 or ("hpi" in kinds and visits):
        return NoteKind.VISIT
    if _TEST_TITLE.match(opening.lstrip()):
        return NoteKind.IMAGING
    if _IMAGING_OPENING.search(opening) or "technique" in headings or {"findings", "assessment"} <= kinds:
        return NoteKind.IMAGING
    if titled and not visits:
        return NoteKind.OPERATIVE
    tells = visits <= 1 and not kinds & _STAYS and _tells_procedure(text, titled=titled, bare=not visits)
    return NoteKind.OPERATIVE if tells else NoteKind.VISIT


def told_parts(kind: NoteKind, text: str, sections: Sequence[Section], parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts of a note: a section of a report that tells how it was done is body, whatever its heading.

    Where a report has neither title nor body, what stands under other headings or none is body too.
    """
    if kind is not NoteKind.OPERATIVE:
        return tuple(parts)
    bare = Part.TITLE not in parts and Part.BODY not in parts
    return tuple(
        Part.BODY if (bare and part is Part.OTHER) or _is_told(part, text[s.start : s.end]) else part
        for s, part in zip(sections, parts, strict=True)
    )


def _is_told(part: Part, text: str) -> bool:
    if part in (Part.TITLE, Part.BODY, Part.DIAGNOSIS) or len(text) < _MAX_ASIDE:
        return False
    return len(_signs(text)) >= (_SIGNS_OF_HISTORY if part is Part.HISTORY else _SIGNS)


def _signs(text: str) -> set[str | None]:
    """Return which of the usual words of telling how a procedure was done a text holds."""
    return {match.lastgroup for match in _DID.finditer(text)}


def _tells_procedure(text: str, *, titled: bool, bare: bool) -> bool:
    """Tell whether a text tells how a procedure was done; a text without headings may tell it in few words."""
    signs = _signs(text)
    return len(signs) >= (_SIGNS_BELOW if titled else _SIGNS) or (bare and "scope" in signs)


def _mostly_procedure(text: str, sections: Sequence[Section], parts: Sequence[Part]) -> bool:
    """Tell whether the longest section of a note is the account of a procedure, and long."""
    longest = max(zip(sections, parts, strict=True), key=lambda x: x[0].end - x[0].start, default=None)
    if longest is None or longest[1] not in (Part.TITLE, Part.BODY):
        return False
    section = longest[0]
    words = text[section.start : section.end].lower().split()
    return section.end - section.start > _LONG and any(w.startswith(_ACTS) for w in words)


def _is_test_report(text: str, headings: set[str], kinds: set[str]) -> bool:
    """Tell whether the headings are those of a test's report and none of a visit but the reason for the test."""
    if len(kinds & _VISIT_KINDS) > _FEW_OF_TEST or kinds & (_CARE_KINDS | _OPERATIVE_KINDS):
        return False
    if headings & report_headings("report"):
        return True
    if not kinds & (_VISIT_KINDS | {"hpi", "procedure"}) and _opens_with_study(text):
        return True
    named = {h for h in headings if h and _names_study(h)}
    return bool(named) or (bool(headings - {""}) and headings - {""} <= report_headings("findings"))


def _opens_with_study(text: str) -> bool:
    """Tell whether a note begins with the name of a test or treatment in capitals."""
    opening = _CAPITALS.match(text)
    if opening is None:
        return False
    folded = words_of(opening[0])
    return bool(words_of_class("opening").all_in(folded, 0, len(folded)))


def _names_study(heading: str) -> bool:
    """Tell whether a heading names a kind of picture."""
    folded = words_of(heading)
    return bool(words_of_class("modality").all_in(folded, 0, len(folded)))


def _part(text: str, section: Section) -> Part:
    heading = _heading(text, section)
    known = part_headings().get(heading)
    if known is None and section.kind == "procedure":
        known = Part.BODY
    if known is Part.TITLE and section.kind == "exam" and section.end - section.start > _MAX_EXAM:
        return Part.OTHER
    return known or _OF_KIND.get(section.kind, Part.OTHER)


def _heading(text: str, section: Section) -> str:
    if section.heading is None:
        return ""
    return _TRIM.sub(" ", text[section.heading.start : section.heading.end]).strip().lower()
