"""Which code is listed first."""

import re
from collections.abc import Sequence

from codesets.icd10cm.release import IcdRelease
from codesets.types import Code, NoteKind
from coding.types import Candidate

_NEVER_FIRST = ("V", "W", "X", "Y", "R652", "Z16", "B95", "B96", "B97", "Z3A", "Z37", "Z68")
_FIRST = ("O", "Z38")
_ADVERSE = re.compile(r"T(?:3[6-9]|4\d|50)..[56]")
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


def first_listed(release: IcdRelease, candidates: Sequence[Candidate], scores: Sequence[float]) -> Code | None:
    """Return the code to list first, or None where nothing may stand first.

    The first finding named in the section that states the reason for care (II, IV.G); never an external cause
    (I.C.20.a.6), severe sepsis before its infection (I.C.1.d.1.b), a manifestation (I.A.13), an organism or its
    resistance (I.C.1.b, I.C.1.c), an adverse effect or underdosing (I.C.19.e.5), or the week, the outcome of
    delivery or the body mass index that complete another code. Codes of pregnancy (I.C.15.a.1) and the birth of the
    newborn (I.C.16.a.2) go before all others; a history or status code stands only where there is nothing else. A
    code whose 'code first' note names another of the list yields its place to that one (I.A.13).
    """
    keys = [
        (_stands_late(c), not c.code.value.startswith(_FIRST), *_place(c), -score, c.code.value, c.code)
        for c, score in zip(candidates, scores, strict=True)
        if not c.code.value.startswith(_NEVER_FIRST)
        and not _ADVERSE.match(c.code.value)
        and "classified elsewhere" not in c.display
    ]
    return _led_by(release, min(keys)[-1], [key[-1] for key in sorted(keys)]) if keys else None


def _led_by(release: IcdRelease, code: Code, listed: Sequence[Code]) -> Code:
    """Return the first of the listed codes that a 'code first' note at `code` names, or the code itself."""
    notes = [n for n in release.notes(code.value) if n.kind is NoteKind.CODE_FIRST]
    return next((other for other in listed if other != code and any(n.names(other.value) for n in notes)), code)


def _stands_late(candidate: Candidate) -> bool:
    value = candidate.code.value
    return (value[0] == "Z" and value >= "Z77") or bool(candidate.features.get("generic"))


def _place(candidate: Candidate) -> tuple[int, int]:
    return min(
        (LEADING_SECTIONS.index(e.section) if e.section in LEADING_SECTIONS else len(LEADING_SECTIONS), e.start)
        for e in candidate.evidence
    )
