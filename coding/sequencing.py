"""Which code is listed first."""

from collections.abc import Sequence

from codesets.types import Code
from coding.types import Candidate

_NEVER_FIRST = ("V", "W", "X", "Y", "R652")
LEADING_SECTIONS = (
    "discharge_diagnosis",
    "postop_diagnosis",
    "assessment",
    "assessment_plan",
    "chief_complaint",
    "indication",
)


def first_listed(candidates: Sequence[Candidate], scores: Sequence[float]) -> Code | None:
    """Return the code to list first, or None where nothing may stand first.

    The first finding named in the section that states the reason for care (II, IV.G); never an external cause
    (I.C.20.a.6), severe sepsis before its infection (I.C.1.d.1.b) or a manifestation (I.A.13); a history or status
    code only where there is nothing else.
    """
    keys = [
        (_stands_late(c), *_place(c), -score, c.code.value, c.code)
        for c, score in zip(candidates, scores, strict=True)
        if not c.code.value.startswith(_NEVER_FIRST) and "classified elsewhere" not in c.display
    ]
    return min(keys)[-1] if keys else None


def _stands_late(candidate: Candidate) -> bool:
    value = candidate.code.value
    return (value[0] == "Z" and value >= "Z77") or bool(candidate.features.get("generic"))


def _place(candidate: Candidate) -> tuple[int, int]:
    return min(
        (LEADING_SECTIONS.index(e.section) if e.section in LEADING_SECTIONS else len(LEADING_SECTIONS), e.start)
        for e in candidate.evidence
    )
