"""The cases as data: one file a family of rules, a case a line, with its reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import files

from codesets.errors import CodeSetError
from nlp.types import Patient, PatientStatus, Setting, Sex

_COLUMNS = 7
DAY = date(2026, 9, 15)
"""The date of service of a case that names none."""


class Given(StrEnum):
    """What a case starts from: findings written as codes ('I50.9 due to I42.6. I10'), or a whole note."""

    CODES = "codes"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Case:
    """A case: what is given, whether the rule fires, and what is expected.

    `expected` are signs: a code alone is listed (given codes: these and no others stand), `-CODE` is not listed,
    `CODE:reason` is left out for that reason, `1=CODE` stands first, `CODE?` is denied, so that no rule makes it
    (given codes).
    """

    place: str
    rule: str
    fires: bool
    given: Given
    text: str
    setting: Setting | None
    day: date
    patient: Patient
    expected: tuple[str, ...]
    reason: str


def read_cases(rule: str | None = None) -> list[Case]:
    """Return the cases of a rule, or all of them; raises CodeSetError naming the line of a malformed one."""
    cases = []
    folder = files("coding.cases")
    for file in sorted(f.name for f in folder.iterdir() if f.name.endswith(".tsv")):
        for number, line in enumerate(folder.joinpath(file).read_text(encoding="utf-8").splitlines(), 1):
            if not line.startswith("#"):
                cases.append(_case(f"{file}:{number}", line))
    return [c for c in cases if rule in (None, c.rule)]


def _case(place: str, line: str) -> Case:
    cells = line.split("\t")
    if len(cells) != _COLUMNS or cells[1] not in ("fires", "silent"):
        raise CodeSetError(f"{place}: expected rule, fires or silent, codes or note, text, about, expected, reason")
    rule, fires, given, text, about, expected, reason = cells
    known = dict(part.split("=", 1) for part in about.split()) if about != "-" else {}
    patient = Patient(
        int(known["age"]) if "age" in known else None,
        Sex(known["sex"]) if "sex" in known else None,
        PatientStatus(known["status"]) if "status" in known else None,
    )
    return Case(
        place,
        rule,
        fires == "fires",
        Given(given),
        text.replace("\\n", "\n"),
        Setting(known["setting"]) if "setting" in known else None,
        date.fromisoformat(known["date"]) if "date" in known else DAY,
        patient,
        tuple(expected.split()) if expected != "-" else (),
        reason,
    )
