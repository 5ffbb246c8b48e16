"""From the three elements, the minutes and the clinician's own word to the level; and what would change it."""

from dataclasses import dataclass
from datetime import date

from coding.visits.codes import code_of, least_minutes, level_by_minutes
from coding.visits.types import Basis, Complexity, Element, Family, RunnerUp
from nlp.types import PatientStatus

_MISSING = {
    (
        "problems",
        Complexity.LOW,
    ): "a second self-limited problem, or a stable chronic or acute one, addressed",
    ("problems", Complexity.MODERATE): "a second chronic problem that is addressed, or one that is not at goal",
    ("problems", Complexity.HIGH): "a severe exacerbation, or a threat to life or function",
    ("data", Complexity.LOW): "two tests or documents, or an independent historian",
    ("data", Complexity.MODERATE): "three tests or documents, an independent interpretation, or a discussion",
    ("data", Complexity.HIGH): "an independent interpretation or a discussion besides what was counted",
    ("risk", Complexity.LOW): "a treatment of low risk",
    ("risk", Complexity.MODERATE): "prescription drug management, or a decision about surgery",
    ("risk", Complexity.HIGH): "a decision about hospitalization, or drug monitoring for toxicity",
}


@dataclass(frozen=True, slots=True)
class Elements:
    """The three elements of decision making; two of them must reach a level."""

    problems: Element
    data: Element
    risk: Element

    @property
    def levels(self) -> dict[str, Complexity]:
        """The levels by element."""
        return {"problems": self.problems.level, "data": self.data.level, "risk": self.risk.level}

    @property
    def level(self) -> Complexity:
        """The level that two of three reach: the middle one."""
        return sorted(self.levels.values())[1]


@dataclass(frozen=True, slots=True)
class Decision:
    """The level with its basis; `doubt` says in words what was ambiguous, and that the lower level was taken."""

    level: Complexity
    basis: Basis
    doubt: str | None = None


def decide(elements: Elements, stated: Complexity | None, by_time: Complexity | None) -> Decision:
    """Return the level: decision making or time, whichever is higher, never above what is documented.

    The clinician's own statement lowers the level, and settles one that a single element reaches.
    """
    level, doubt = elements.level, None
    if stated is not None and stated < level:
        doubt = f"the elements reach {level.word}, the note states {stated.word}: the lower level is taken"
        level = stated
    elif stated is not None and stated > level:
        reached = [name for name, x in elements.levels.items() if x >= stated]
        if reached:
            doubt = f"the note states {stated.word}; of the elements only {reached[0]} was found to reach it"
            level = stated
        else:
            doubt = f"the note states {stated.word}, the elements reach {level.word}: the lower level is taken"
    if by_time is not None and by_time > level:
        return Decision(by_time, Basis.TIME, doubt)
    return Decision(level, Basis.MDM, doubt)


def runner_up(
    family: Family,
    elements: Elements,
    decision: Decision,
    status: PatientStatus | None,
    day: date,
) -> RunnerUp | None:
    """Return the code that one documented fact more would reach, else the one that one fact less would leave."""
    chosen = code_of(family.value, decision.level, status)
    for level in Complexity:
        above = code_of(family.value, level, status)
        if level <= decision.level or above is None or above == chosen:
            continue
        reached = [name for name, x in elements.levels.items() if x >= level]
        if len(reached) == 1:
            nearest = max((n for n in elements.levels if n not in reached), key=lambda n: elements.levels[n])
            return RunnerUp(above.code.value, f"{nearest}: {_MISSING[nearest, level]}")
        break
    return _below(family, elements, decision, status, day)


def _below(
    family: Family, elements: Elements, decision: Decision, status: PatientStatus | None, day: date
) -> RunnerUp | None:
    chosen = code_of(family.value, decision.level, status)
    for level in sorted((x for x in Complexity if x < decision.level), reverse=True):
        below = code_of(family.value, level, status)
        if below is None or chosen is None or below == chosen:
            continue
        if decision.basis is Basis.TIME:
            least = least_minutes(chosen.code.value, day)
            return RunnerUp(below.code.value, f"time: fewer than {least} minutes")
        carrying = [n for n, x in elements.levels.items() if x >= decision.level]
        element = min(carrying or elements.levels, key=lambda n: elements.levels[n])
        return RunnerUp(below.code.value, f"{element}: without {getattr(elements, element).words}")
    return None


def level_of_minutes(
    family: Family, minutes: int | None, status: PatientStatus | None, day: date
) -> Complexity | None:
    """Return the level of the total time; None without time, or in the emergency department."""
    if minutes is None or family is Family.ED:
        return None
    return level_by_minutes(family.value, minutes, status, day)
