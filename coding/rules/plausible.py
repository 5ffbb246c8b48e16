"""Whether a code can be this patient's: sex and age (CMS Medicare Code Editor, definitions of the edits)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from codesets.types import dotted
from coding.rules.tables import by_prefix, codes_in, matching, rows
from coding.rules.types import Act, Check, Listed
from coding.types import Problem, Severity
from nlp.types import Sex

_SEXES = {Sex.FEMALE: "a woman", Sex.MALE: "a man"}


@dataclass(frozen=True, slots=True)
class _Limits:
    sex: Sex | None
    least: int | None
    most: int | None
    why: str


def _sex(listed: Listed) -> Iterator[Problem]:
    sex = listed.note.patient.sex
    for value, limits in matching(_table(), listed.codes) if sex else ():
        if limits.sex is not None and sex is not None and limits.sex is not sex:
            message = f"{dotted(value)} is not for {_SEXES[sex]}: {limits.why}. Check the code, or the patient's sex."
            yield Problem("plausible.sex", Severity.WARNING, (dotted(value),), message)


def _age(listed: Listed) -> Iterator[Problem]:
    age = listed.note.patient.age
    for value, limits in matching(_table(), listed.codes) if age is not None else ():
        is_within = age is not None and (limits.least or 0) <= age <= (age if limits.most is None else limits.most)
        if not is_within:
            message = f"{dotted(value)} does not fit the age: {limits.why}. Check the code, or the patient's age."
            yield Problem("plausible.age", Severity.WARNING, (dotted(value),), message)


@cache
def _table() -> dict[str, list[tuple[int, _Limits]]]:
    return by_prefix(
        (
            codes_in(codes),
            _Limits(
                None if sex == "-" else Sex(sex),
                None if least == "-" else int(least),
                None if most == "-" else int(most),
                why,
            ),
        )
        for codes, sex, least, most, why in rows("plausible.tsv", 5)
    )


SEX = Check(
    "plausible.sex",
    None,
    "A code that is for one sex only is listed for a patient of the other.",
    _sex,
    acts=(Act.PROBLEM,),
    reads="codes, the patient's sex",
)
AGE = Check(
    "plausible.age",
    None,
    "A code that is for some ages only is listed for a patient of another.",
    _age,
    acts=(Act.PROBLEM,),
    reads="codes, the patient's age",
)
