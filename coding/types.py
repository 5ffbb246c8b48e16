"""What coding decides: candidates, suggestions with their reasons, and what was left out and why."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from codesets.types import Code
from nlp.types import Note, Setting


class Reason(StrEnum):
    """Why a code was left out."""

    NEGATED = "negated"
    UNCERTAIN = "uncertain"
    HISTORICAL = "historical"
    FAMILY = "family"
    HYPOTHETICAL = "hypothetical"
    CONDITIONAL = "conditional"
    INTEGRAL_SYMPTOM = "integral_symptom"
    COMBINED = "combined"
    EXCLUDED = "excluded"
    BUNDLED = "bundled"
    NOT_PERFORMED = "not_performed"
    RETIRED_CODE = "retired_code"
    NOT_BILLABLE = "not_billable"


class Severity(StrEnum):
    """How much a problem matters: an error blocks a clean claim, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the note that support a code; `note.text[start:end] == text`."""

    start: int
    end: int
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that kept a finding from being coded."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a decision: which step, and what it saw or did in words."""

    step: str
    detail: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something the coder should look up or ask; never a block."""

    rule: str
    message: str
    guideline: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the list, or with the answer itself (`codes` empty)."""

    rule: str
    severity: Severity
    codes: tuple[str, ...]
    message: str
    guideline: str | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """A code that fits the same words, with a lower score."""

    code: Code
    display: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A billable code that mentions support, before ranking.

    `features` are the named numbers that a ranker reads.
    """

    code: Code
    display: str
    evidence: tuple[Evidence, ...]
    alternatives: tuple[Alternative, ...]
    features: dict[str, float]
    why: tuple[Step, ...]
    prompts: tuple[Prompt, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A ranked code for the coder to accept or reject; `score` is the probability that it is kept."""

    rank: int
    code: Code
    display: str
    score: float
    first_listed: bool
    evidence: tuple[Evidence, ...]
    alternatives: tuple[Alternative, ...] = ()
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    diagnosis_pointers: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    why: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A code that was found but left out: the cue that stopped it, or the code that displaced it (`because`)."""

    code: Code
    display: str
    evidence: Evidence
    reason: Reason
    rule: str
    cue: Cue | None = None
    because: str | None = None
    guideline: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """All that chartcoder says of one note; the same input and versions give the same answer."""

    note_sha256: str
    date_of_service: date
    setting: Setting
    versions: dict[str, str]
    suggestions: tuple[Suggestion, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


__all__ = [
    "Alternative",
    "Answer",
    "Candidate",
    "Cue",
    "Evidence",
    "Note",
    "Problem",
    "Prompt",
    "Reason",
    "Severity",
    "Step",
    "Suggestion",
    "Suppressed",
]
