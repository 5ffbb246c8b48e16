"""From a service line to a suggestion: wording, alternatives, the diagnoses that it points to."""

from collections.abc import Sequence
from dataclasses import dataclass

from codesets.types import Code, CodeSystem
from coding.types import Alternative, Evidence, Prompt, Step, Suggestion
from coding.visits.codes import procedure

_POINTERS = 4
_CESSATION = frozenset({"99406", "99407"})
_TOBACCO = ("F17", "Z720", "O9933")
_CHECKUPS = ("Z00", "Z01")
_STATUSES = "VWXYZ"


@dataclass(frozen=True, slots=True)
class Line:
    """A service line before it becomes a suggestion."""

    code: str
    evidence: tuple[Evidence, ...]
    detail: str
    score: float
    units: int = 1
    modifiers: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()


def suggestion_of(line: Line, rank: int, diagnoses: Sequence[Suggestion]) -> Suggestion:
    """Return a line as a suggestion."""
    found = procedure(line.code)
    others = [procedure(v) for v in dict.fromkeys(line.alternatives) if v != line.code]
    score = round(line.score * (1 - line.score), 4)
    return Suggestion(
        rank,
        Code(CodeSystem.CPT, line.code),
        found.wording if found else "",
        line.score,
        False,
        line.evidence,
        tuple(Alternative(other.code, other.wording, score) for other in others if other),
        line.modifiers,
        line.units,
        _pointers(line.code, diagnoses),
        line.prompts,
        (Step("visit.level", line.detail),),
    )


def _pointers(code: str, diagnoses: Sequence[Suggestion]) -> tuple[str, ...]:
    """Return up to four diagnoses: what the code is about, the first-listed, findings before statuses."""
    about = _TOBACCO if code in _CESSATION else _CHECKUPS if "99381" <= code <= "99397" else ()

    def order(diagnosis: Suggestion) -> tuple[bool, bool, bool, int]:
        value = diagnosis.code.value
        return not value.startswith(about), not diagnosis.first_listed, value[0] in _STATUSES, diagnosis.rank

    wanted = sorted(diagnoses, key=order)
    if code in _CESSATION:
        wanted = [d for d in wanted if d.code.value.startswith(_TOBACCO)] or wanted
    return tuple(d.code.display for d in wanted[:_POINTERS])
