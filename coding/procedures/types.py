"""What deciding on procedures passes along."""

from dataclasses import dataclass, field
from enum import StrEnum

from codesets.procedures.types import Procedure
from codesets.types import CodeSystem
from coding.types import Prompt, Step, Suppressed
from nlp.procedures.types import Named
from nlp.types import Span


class Done(StrEnum):
    """Whether a procedure was done at this encounter."""

    YES = "yes"
    NO = "no"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a named procedure was done, what says so, and how surely (a row of `scores.tsv`)."""

    done: Done
    grade: str
    cue: Span | None = None


class Group(StrEnum):
    """The kinds of service that are told apart by what counts as having been done."""

    VISIT = "visit"
    ANESTHESIA = "anesthesia"
    SURGERY = "surgery"
    IMAGING = "imaging"
    LABORATORY = "laboratory"
    VACCINE = "vaccine"
    MEDICINE = "medicine"
    DRUG = "drug"
    SUPPLY = "supply"
    OTHER = "other"


@dataclass(slots=True)
class Service:
    """A procedure that was done, as it takes shape: where it is named, and how its line is billed."""

    procedure: Procedure
    named: list[Named]
    grade: str
    stated: int
    units: int = 1
    modifiers: list[str] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    why: list[Step] = field(default_factory=list)

    @property
    def value(self) -> str:
        """The code."""
        return self.procedure.code.value


@dataclass(frozen=True, slots=True)
class Left:
    """A service that was left out, and as what."""

    service: Service
    suppressed: Suppressed


_VACCINES = ((90281, 90759), (91300, 91323))


def group_of(procedure: Procedure) -> Group:
    """Return the group of a procedure by its code."""
    value = procedure.code.value
    if procedure.code.system is CodeSystem.HCPCS:
        if procedure.family.startswith(("drug-", "immune-globulin", "contrast-", "tracer-")):
            return Group.DRUG
        is_supply = value[0] in "AEKLVBC" or "Q4001" <= value <= "Q4051"
        return Group.SUPPLY if is_supply else Group.OTHER
    if not value.isdigit():
        return Group.OTHER
    number = int(value)
    if number < 10000:
        return Group.ANESTHESIA
    if number < 70000:
        return Group.SURGERY
    if number < 80000:
        return Group.IMAGING
    if number < 90000:
        return Group.LABORATORY
    is_vaccine = any(first <= number <= last for first, last in _VACCINES)
    if is_vaccine and not procedure.family.startswith("vaccine-admin"):
        return Group.VACCINE
    return Group.VISIT if 99200 <= number < 99500 and not 99450 <= number <= 99459 else Group.MEDICINE
