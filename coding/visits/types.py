"""What choosing a visit's level yields: the family, the three elements of decision making, the level and why."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from coding.types import Evidence, Problem, Suggestion


class Complexity(IntEnum):
    """How complex decision making is, as the AMA's table of elements grades it."""

    STRAIGHTFORWARD = 1
    LOW = 2
    MODERATE = 3
    HIGH = 4

    @property
    def word(self) -> str:
        """The level in a sentence."""
        return self.name.lower()


class Family(StrEnum):
    """The families of visits; the value is the family of the starter set that holds its codes."""

    OFFICE = "office-visit"
    ED = "ed-visit"
    HOSPITAL_INITIAL = "hospital-initial"
    HOSPITAL_SUBSEQUENT = "hospital-subsequent"
    HOSPITAL_DISCHARGE = "hospital-discharge"
    FACILITY_INITIAL = "nursing-facility-initial"
    FACILITY_SUBSEQUENT = "nursing-facility-subsequent"
    FACILITY_DISCHARGE = "nursing-facility-discharge"
    HOME = "home-visit"
    CRITICAL_CARE = "critical-care"
    CRITICAL_NEONATE = "critical-care-neonate"
    NEWBORN = "newborn-care"
    PREVENTIVE = "preventive"
    POSTOP = "postop-visit"
    EYE = "eye-exam"
    PSYCHIATRIC = "psych-evaluation"


class Basis(StrEnum):
    """What the level rests on."""

    MDM = "mdm"
    TIME = "time"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Element:
    """One of the three elements: its level, what was counted in words, and the words of the note."""

    level: Complexity
    words: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The code next to the chosen one, and the one documented fact that would make it right."""

    code: str
    fact: str


@dataclass(frozen=True, slots=True)
class VisitLevel:
    """The chosen code with its reasons; families without levels have no elements, `minutes` where time was read."""

    family: Family
    code: str
    basis: Basis
    level: Complexity | None = None
    problems: Element | None = None
    data: Element | None = None
    risk: Element | None = None
    minutes: int | None = None
    runner_up: RunnerUp | None = None


@dataclass(frozen=True, slots=True)
class VisitResult:
    """The service lines of a visit; without one, `visit` is None and a problem says why."""

    visit: VisitLevel | None
    suggestions: tuple[Suggestion, ...] = ()
    problems: tuple[Problem, ...] = ()
