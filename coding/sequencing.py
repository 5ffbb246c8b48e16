"""Which code is listed first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codesets.icd10cm.release import IcdRelease
from codesets.types import Code, NoteKind
from coding.rules.causes import find_causes
from coding.rules.first import is_adverse_effect, is_manifestation
from coding.types import Candidate, Evidence, Step
from nlp.types import Setting

_NEVER_FIRST = ("V", "W", "X", "Y", "R652", "Z16", "B95", "B96", "B97", "Z3A", "Z37", "Z68")
_POISONING = re.compile(r"T(?:3[6-9]|4\d|50)..[1-4]A|T(?:5[1-9]|6[0-5])...?A")
_CHAPTERS_FIRST = ("O", "Z38")
_SEPSIS = ("A021", "A207", "A227", "A267", "A327", "A40", "A41", "A427", "A5486", "B377")
_ENCOUNTERS = (
    *("Z00", "Z01", "Z02", "Z04", "Z08", "Z09", "Z30", "Z31", "Z32", "Z34", "Z39", "Z40", "Z41", "Z42", "Z43"),
    *("Z44", "Z45", "Z46", "Z47", "Z48", "Z49", "Z510", "Z511", "Z52", "Z760"),
)
_ONLY_IF_ASKED = ("Z11", "Z12", "Z13", "Z71")
_DISEASES_OF_Z = ("Z21", "Z22")
_DIABETES = ("E08", "E09", "E10", "E11", "E13")
_CHRONIC_ISCHEMIA = ("I251", "I255", "I258", "I259")
_ACUTE_ISCHEMIA = ("I21", "I22", "I24")
_SYMPTOMS = ("R", "G89", "H571", "J3489", "M255", "M542", "M545", "M546", "M549", "M791", "M796", "N508", "N644")
_SUBSTANCES = "F1"
_TOBACCO = "F17"
_UNPLACED = "C799"
"""A secondary neoplasm of no site, which says less than its primary."""
_AFTER_SURGERY = "postop_diagnosis"
_ITEM = re.compile(r"\s*(?:#|\(?1[.)])\s*")
_ITEM_CHARS = 40
_OPENING_CHARS = 150
_REASONS = ("chief_complaint", "indication", "preop_diagnosis", "admission_diagnosis")
_CONCLUSIONS = ("discharge_diagnosis", "postop_diagnosis", "assessment", "assessment_plan")
LEADING_SECTIONS = (
    "discharge_diagnosis",
    "postop_diagnosis",
    "assessment",
    "assessment_plan",
    "preop_diagnosis",
    "chief_complaint",
    "indication",
    "admission_diagnosis",
)
_WORDS = {
    "encounter": "the reason for the encounter",
    "poisoning": "a poisoning stands before its manifestations",
    "sepsis": "sepsis stands before the local infection",
    "cause": "what the note calls the cause of the symptom stands",
    "infarction": "the acute coronary event stands",
    "etiology": "the diabetes of the same words stands",
    "code_first": "a 'code first' note of the tabular list puts it",
    "use_additional": "its 'use additional code' note puts it",
}
_PREGNANCY, _REASON, _DISEASE, _COMPLAINT, _HABIT, _CONTACT, _STATUS = range(7)
"""The kinds of code in the order in which they are listed first."""


@dataclass(frozen=True, slots=True)
class First:
    """The code to list first, and the rule that put it there."""

    code: Code
    step: Step


def first_listed(
    release: IcdRelease, text: str, setting: Setting, candidates: Sequence[Candidate], scores: Sequence[float]
) -> First | None:
    """Return the code to list first with what decided, or None where nothing may stand first.

    The first finding named in the section that states the reason for care (II, IV.G). Codes of pregnancy
    (I.C.15.a.1) and the birth of the newborn (I.C.16.a.2) go before all others; then a poisoning (I.C.19.e.5.b), an
    inpatient's sepsis (I.C.1.d.4) and an outpatient's encounter for an exam, a screening, aftercare or treatment
    (IV.P, I.C.21.c); a symptom of the narrative, or listed after surgery, after a diagnosis that the note concludes
    (II.A); a history or
    status code stands only where there is nothing else. A symptom yields to the finding that the note calls its
    cause, and any code to the one whose 'code first' or 'use additional code' note says so (I.A.13, I.A.17).
    """
    standing = [(c, score) for c, score in zip(candidates, scores, strict=True) if may_stand_first(c)]
    if not standing:
        return None
    concludes = any(_is_concluded(c) and _is_disease(c.code.value) for c, _ in standing)
    keys = sorted(
        (_kind(c, setting, concludes=concludes), *_place(c, text), -score, c.code.value, at)
        for at, (c, score) in enumerate(standing)
    )
    order = [standing[key[-1]][0] for key in keys]
    codes = [c.code for c in order]
    first = First(order[0].code, _step_of(text, order, setting, concludes=concludes))
    cause = _cause_of(text, order)
    etiology = _etiology_of(cause, order)
    event = _event_of(etiology, order)
    for rule, code in (
        ("cause", cause.code),
        ("etiology", etiology.code),
        ("infarction", event.code),
        ("code_first", led := _led_by(release, event.code, codes)),
        ("use_additional", _completed_by(release, led, codes)),
    ):
        if code != first.code:
            first = First(code, Step(f"sequence.{rule}", f"{_WORDS[rule]} before {first.code.display}"))
    return first


def _step_of(text: str, order: Sequence[Candidate], setting: Setting, *, concludes: bool) -> Step:
    """Return the rule by which the first of the ordered candidates stands there."""
    first, value = order[0], order[0].code.value
    kind = _kind(first, setting, concludes=concludes)
    if kind == _PREGNANCY:
        return Step("sequence.birth" if value[0] == "Z" else "sequence.pregnancy", "goes before all other codes")
    if kind == _REASON:
        rule = "encounter" if value[0] == "Z" else "poisoning" if value[0] == "T" else "sepsis"
        return Step(f"sequence.{rule}", _WORDS[rule])
    if any(_kind(c, setting, concludes=concludes) == _COMPLAINT for c in order[1:]):
        return Step("sequence.symptom", "a diagnosis that the note concludes stands before symptoms")
    section = min(first.evidence, key=lambda e: _rank(e, text)).section
    return Step("sequence.reason", f"named first in the section that tells the reason for care ({section})")


def may_stand_first(candidate: Candidate) -> bool:
    """Tell whether a code may stand first at all.

    Never an external cause (I.C.20.a.6), severe sepsis before its infection (I.C.1.d.1.b), a manifestation (I.A.13),
    an organism or its resistance (I.C.1.b, I.C.1.c), an adverse effect or underdosing (I.C.19.e.5), or the week, the
    outcome of delivery or the body mass index that complete another code.
    """
    value = candidate.code.value
    return (
        not value.startswith(_NEVER_FIRST)
        and not is_adverse_effect(value)
        and not is_manifestation(candidate.display)
    )


def is_disease_or_complaint(candidate: Candidate) -> bool:
    """Tell whether a code says what is the matter with the patient, and may stand first."""
    kind = _kind(candidate, Setting.OUTPATIENT, concludes=False)
    return may_stand_first(candidate) and kind < _HABIT


def _kind(candidate: Candidate, setting: Setting, *, concludes: bool) -> int:
    value = candidate.code.value
    if candidate.features.get("generic") or (value[0] == "Z" and value >= "Z77"):
        return _STATUS
    if value.startswith(_CHAPTERS_FIRST):
        return _PREGNANCY
    if _POISONING.match(value) or (value.startswith(_SEPSIS) and setting is Setting.INPATIENT):
        return _REASON
    if value[0] == "Z" and not value.startswith(_DISEASES_OF_Z):
        return _REASON if setting is not Setting.INPATIENT and _is_reason(candidate) else _CONTACT
    if value.startswith(_TOBACCO):
        return _HABIT
    if value == _UNPLACED or (concludes and not _is_disease(value) and not _is_answer(candidate)):
        return _COMPLAINT
    return _DISEASE


def _is_reason(candidate: Candidate) -> bool:
    """Tell whether a Z code is why the patient came; screening and advice only where the note opens with them."""
    asked = any(e.section in _REASONS or e.start < _OPENING_CHARS for e in candidate.evidence)
    if candidate.code.value.startswith(_ONLY_IF_ASKED):
        return asked
    return candidate.code.value.startswith(_ENCOUNTERS) and (asked or _is_concluded(candidate))


def _is_disease(value: str) -> bool:
    return value[0] != "Z" and not value.startswith(_SYMPTOMS)


def _is_answer(candidate: Candidate) -> bool:
    """Tell whether the note concludes with a symptom; what surgery lists after it is what was found."""
    return any(e.section in _CONCLUSIONS and e.section != _AFTER_SURGERY for e in candidate.evidence)


def _is_concluded(candidate: Candidate) -> bool:
    return any(e.section in _CONCLUSIONS for e in candidate.evidence)


def _place(candidate: Candidate, text: str) -> tuple[int, bool, int]:
    return min(_rank(e, text) for e in candidate.evidence)


def _rank(evidence: Evidence, text: str) -> tuple[int, bool, int]:
    """Return the place of the section, then, in a narrative, whether an item '1.' or '#' names the finding."""
    if evidence.section in LEADING_SECTIONS:
        return LEADING_SECTIONS.index(evidence.section), False, evidence.start
    item = _ITEM.match(text, text.rfind("\n", 0, evidence.start) + 1, evidence.start)
    return len(LEADING_SECTIONS), item is None or evidence.start - item.end() > _ITEM_CHARS, evidence.start


def _cause_of(text: str, order: Sequence[Candidate]) -> Candidate:
    """Return what the note calls the cause of the first candidate, where that is a symptom, or the first."""
    first = order[0]
    if _is_disease(first.code.value):
        return first
    causes = find_causes(text, [e for c in order for e in c.evidence])
    spans = {c.cause for c in causes if not c.is_denied and _holds(first, c.effect)}
    return next((c for c in order[1:] if any(_holds(c, span) for span in spans)), first)


def _etiology_of(first: Candidate, order: Sequence[Candidate]) -> Candidate:
    """Return the diabetes whose complication the first candidate is, by its words, or the first (I.C.4.a)."""
    if first.code.value.startswith(_DIABETES):
        return first
    words = set(first.evidence)
    return next((c for c in order if c.code.value.startswith(_DIABETES) and words & set(c.evidence)), first)


def _event_of(first: Candidate, order: Sequence[Candidate]) -> Candidate:
    """Return the acute coronary event where the first candidate is the chronic disease behind it, or the first."""
    if not first.code.value.startswith(_CHRONIC_ISCHEMIA):
        return first
    return next((c for c in order if c.code.value.startswith(_ACUTE_ISCHEMIA)), first)


def _holds(candidate: Candidate, span: tuple[int, int]) -> bool:
    return any(e.start <= span[0] and span[1] <= e.end for e in candidate.evidence)


def _led_by(release: IcdRelease, code: Code, listed: Sequence[Code]) -> Code:
    """Return the first of the listed codes that a 'code first' note at `code` names, or the code itself."""
    notes = [n for n in release.notes(code.value) if n.kind is NoteKind.CODE_FIRST]
    return next((other for other in listed if other != code and any(n.names(other.value) for n in notes)), code)


def _completed_by(release: IcdRelease, code: Code, listed: Sequence[Code]) -> Code:
    """Return the first of the listed codes whose 'use additional code' note names `code`, or the code itself."""
    if code.value.startswith(_SUBSTANCES):
        return code
    for other in listed:
        notes = (n for n in release.notes(other.value) if n.kind is NoteKind.USE_ADDITIONAL)
        if other != code and other.value[0] != "Z" and any(n.names(code.value) for n in notes):
            return other
    return code
