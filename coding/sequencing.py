"""Which code is listed first."""

from collections.abc import Sequence

from codesets.types import Code
from coding.types import Candidate

_NEVER_FIRST = "VWXY"
_LEADING = (
    "discharge_diagnosis",
    "postop_diagnosis",
    "assessment",
    "assessment_plan",
    "chief_complaint",
    "indication",
)


def first_listed(candidates: Sequence[Candidate], scores: Sequence[float]) -> Code | None:
    """Return the code to list first, or None where nothing may stand first.

    The first diagnosis named in the section that states the reason for care (II, IV.G), a definitive diagnosis
    before a chapter 18 symptom (II.A); never an external cause (I.C.20.a.6) or a history or status code.
    """
    best: tuple[tuple[int, int, int, float, str], Code] | None = None
    for candidate, score in zip(candidates, scores, strict=True):
        value = candidate.code.value
        if value[0] in _NEVER_FIRST or "classified elsewhere" in candidate.display:
            continue
        places = [
            (_LEADING.index(e.section) if e.section in _LEADING else len(_LEADING), e.start)
            for e in candidate.evidence
        ]
        place, start = min(places)
        late = int(value >= "Z77" and value[0] == "Z")
        key = (late, int(value[0] == "R"), place, start, -score, value)
        ordered = (key[0], key[1], key[2], float(key[3]), key[5])
        if best is None or ordered < best[0]:
            best = ordered, candidate.code
    return best[1] if best else None
