"""Visits by age, by what was examined, or by an operation before them: checkup, eye, mind, newborn, after surgery."""

import re
from collections.abc import Collection

from coding.types import Evidence, Prompt
from coding.visits.codes import code_for_age
from coding.visits.lines import Line
from coding.visits.scan import Scan
from coding.visits.status import patient_status
from coding.visits.title import title_end
from nlp.types import PatientStatus, Setting

_PREVENTIVE = {PatientStatus.NEW: "preventive-new", PatientStatus.ESTABLISHED: "preventive-established"}
_EYE = {PatientStatus.NEW: ("92002", "92004"), PatientStatus.ESTABLISHED: ("92012", "92014")}
_MEDICARE = re.compile(r"\bmedicare\b(?! advantage)", re.IGNORECASE)
_WELCOME = re.compile(r"welcome to medicare|\bippe\b|initial preventive physical", re.IGNORECASE)
_YEARLY = r"(?:annual wellness(?: visit)?|medicare wellness(?: visit)?|wellness visit|awv)"
_FIRST = re.compile(
    rf"\b(?:initial|first|1st)\b[^.\n]{{0,25}}{_YEARLY}|{_YEARLY}[^.\n]{{0,15}}\b(?:initial|first|1st)\b|\bG0438\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"\bsubsequent\b[^.\n]{{0,25}}{_YEARLY}|{_YEARLY}[^.\n]{{0,15}}\bsubsequent|\bG0439\b", re.IGNORECASE
)
_INTAKE, _MEDICAL_INTAKE = "90791", "90792"


def other_status(status: PatientStatus) -> PatientStatus:
    """Return the status that is not `status`."""
    return PatientStatus.NEW if status is PatientStatus.ESTABLISHED else PatientStatus.ESTABLISHED


def status_prompt(code: str, other: str) -> Prompt:
    """Return the prompt for a visit of which neither request nor note tells new or established."""
    message = f"new or established is not known: {code} is for an established patient, {other} for a new one"
    return Prompt("visit.status_unknown", message, None)


def preventive(scan: Scan, evidence: tuple[Evidence, ...], age: int) -> Line | None:
    """Return the preventive visit of an age in years."""
    status, words = patient_status(scan)
    told = status or PatientStatus.ESTABLISHED
    found, other = (code_for_age(_PREVENTIVE[s], age) for s in (told, other_status(told)))
    if found is None or other is None:
        return None
    medicare = _medicare(scan)
    if medicare:
        return Line(medicare, (*evidence, *words), "a wellness visit of Medicare", 0.8)
    code = found.code.value
    unknown = () if status else (other.code.value,)
    prompts = [status_prompt(code, v) for v in unknown]
    if scan.of("wellness"):
        message = "Medicare takes G0402, G0438 or G0439 for its wellness visits, not a preventive code"
        prompts.append(Prompt("visit.medicare_wellness", message, None))
    score = 0.5 if unknown else 0.85
    return Line(
        code, (*evidence, *words), f"a preventive visit at {age}", score, alternatives=unknown, prompts=tuple(prompts)
    )


def _medicare(scan: Scan) -> str | None:
    """Return Medicare's code of a wellness visit: welcome, first of the year's visits, or a later one."""
    said = {h.value for h in scan.of("wellness") if scan.is_not_denied(h)}
    if not said or ("yes" in said and not (said - {"yes"}) and not _MEDICARE.search(scan.text)):
        return None
    opening = scan.text[: title_end(scan.text)]
    if "welcome" in said and _WELCOME.search(opening):
        return "G0402"
    return "G0438" if _FIRST.search(scan.text) and not _LATER.search(scan.text) else "G0439"


def eye_exam(scan: Scan, evidence: tuple[Evidence, ...]) -> Line:
    """Return the eye exam: full where the front of the eye and the fundus were both looked at."""
    status, words = patient_status(scan)
    is_full = bool(scan.of("eye", "front")) and bool(scan.of("eye", "back"))
    code = _EYE[status or PatientStatus.ESTABLISHED][is_full]
    return Line(code, (*evidence, *words), "an eye exam", 0.5)


def newborn(evidence: tuple[Evidence, ...], *, is_initial: bool) -> Line:
    """Return a day's care of a healthy newborn in hospital."""
    return Line("99460" if is_initial else "99462", evidence, "care of a healthy newborn", 0.6)


def after_surgery(evidence: tuple[Evidence, ...]) -> Line:
    """Return the visit that the operation's price holds."""
    return Line("99024", evidence, "a visit within the global period of an operation", 0.8)


def psychiatric(scan: Scan, evidence: tuple[Evidence, ...], services: Collection[str]) -> Line | None:
    """Return the first evaluation of a mind: with medical services where a clinician who prescribes gave them.

    None where it is billed already; 90791 where a psychologist or counsellor signs, or no drug is decided.
    """
    if {_INTAKE, _MEDICAL_INTAKE} & set(services):
        return None
    drugs = [h for h in scan.of("risk", "rx", "dose") if h.section in scan.deciding and scan.is_not_denied(h)]
    is_medical = bool(drugs) or scan.reading.note.setting is Setting.INPATIENT
    if is_medical and not scan.of("psych", "counsellor"):
        words = (*evidence, *(scan.evidence(h) for h in drugs[:1]))
        return Line(_MEDICAL_INTAKE, words, "a psychiatric evaluation with medical services", 0.6)
    message = f"{_INTAKE} holds no medical services; {_MEDICAL_INTAKE} where drugs or findings were decided on"
    prompt = Prompt("visit.psychiatric", message, None)
    return Line(
        _INTAKE, evidence, "a psychiatric evaluation", 0.5, alternatives=(_MEDICAL_INTAKE,), prompts=(prompt,)
    )
