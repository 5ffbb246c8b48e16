"""Medicare's own codes for services that it pays under another number, and its screening examination of women."""

import re
from collections.abc import Sequence

from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import medicare_codes
from coding.procedures.types import Service
from coding.types import Step
from nlp.procedures.types import Named, NoteKind

_MEDICARE = re.compile(r"\bmedicare\b(?! advantage)", re.IGNORECASE)
_BREAST = re.compile(
    r"\bbreasts?(?: exam\w*)?\W{1,3}(?:\w+\W+){0,4}?"
    r"(?:no |nl\b|normal|neg|symmetric|soft|without|wnl|benign|unremarkable)",
    re.IGNORECASE,
)
_PELVIC = re.compile(r"\b(?:pelvic(?: exam\w*)?|vulva|cervix|adnexa\w*|external genitalia)\b", re.IGNORECASE)
_ORGANS = re.compile(
    r"\b(?:vulva|vagina|cervix|uterus|adnexa|urethra|bladder|anus|rectovaginal|bartholin)", re.IGNORECASE
)
_SCREENING = re.compile(r"\bscreen\w*|\bwell[- ]woman|\bannual (?:gyn|exam)|\bpap\b", re.IGNORECASE)
_FEWEST_ORGANS = 4
_EXAM = "G0101"
_SAID = ("visit-act", "visit-here")
_OWN = ("G04", "G0101", "G0102", "G0296", "Q0091", "G0136", "G0108", "G0109", "G0270", "G0271")


def is_of_medicare(place: Surroundings) -> bool:
    """Tell whether a visit's note says that the patient is Medicare's."""
    return place.reading.kind is NoteKind.VISIT and _MEDICARE.search(place.note.text) is not None


def as_medicare_has_it(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services with Medicare's own codes where the note says that the patient is Medicare's."""
    if not is_of_medicare(place):
        return list(services)
    found: dict[str, Service] = {}
    for service in services:
        code = _own_code(place, service)
        if code in sets.by_value and code != service.value:
            grade = "medicare" if service.grade.startswith(_SAID) else service.grade
            service = Service(sets.by_value[code], service.named, grade, service.stated)
            service.why.append(Step("medicare", f"Medicare takes {code} for it"))
        if service.value.startswith(_OWN) and service.grade.startswith(_SAID):
            service.grade = "medicare"
        found.setdefault(service.value, service)
    named = _women(place) if _EXAM not in found else None
    if named is not None and _EXAM in sets.by_value:
        found[_EXAM] = Service(sets.by_value[_EXAM], [named], "rule", 1)
    return list(found.values())


def _own_code(place: Surroundings, service: Service) -> str:
    for codes, words, others, code in medicare_codes():
        if service.value not in codes:
            continue
        said = {w for n in service.named for w in place.words(n.stretch)}
        everywhere = place.reading.tokens.folded
        if not (words or others) or not words.isdisjoint(said) or not others.isdisjoint(everywhere):
            return code
    return service.value


def _women(place: Surroundings) -> Named | None:
    """Return where the screening examination of breasts and pelvis is told, organ by organ; None where it is not."""
    text = place.note.text
    breast, organs = _BREAST.search(text), {m[0].lower() for m in _ORGANS.finditer(text)}
    if breast is None or not _PELVIC.search(text) or len(organs) < _FEWEST_ORGANS or not _SCREENING.search(text):
        return None
    reading = place.reading
    first = next(n for n, end in enumerate(reading.tokens.ends) if end > breast.start())
    row = next((row for row, s in enumerate(reading.stretches) if s.first <= first < s.last), 0)
    return Named(first, first + 1, row, (), 1)
