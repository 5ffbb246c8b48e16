"""Symptoms that belong to a confirmed diagnosis are left out; those that do not stay (I.B.5, I.B.6)."""

from collections.abc import Iterator
from functools import cache

from codesets.types import dotted
from coding.rules.tables import by_prefix, codes_in, matching, rows
from coding.rules.types import Act, Change, Findings, Rule
from coding.types import Reason

_CONCLUDED = 3
_NARRATED = 2


def _integral(findings: Findings) -> Iterator[Change]:
    concludes = any(findings.level(v) == _CONCLUDED for v in findings.codes)
    for symptom, (diagnoses, listed_stays) in matching(_table(), findings.codes):
        found = [v for v in findings.starting(*diagnoses) if v != symptom]
        firm = [v for v in found if _explains(findings, v, symptom, concludes, listed_stays)]
        if firm:
            best = max(firm, key=lambda v: (findings.level(v), v))
            detail = f"{dotted(symptom)} is routinely a part of {dotted(best)}"
            yield Change(best, detail, (), (symptom,), Reason.INTEGRAL_SYMPTOM)


def _explains(findings: Findings, diagnosis: str, symptom: str, concludes: bool, listed_stays: bool) -> bool:
    """Tell whether the diagnosis is confirmed firmly enough to take the symptom in.

    A diagnosis of the past history explains no complaint of today; one that the note negates elsewhere explains
    nothing; where the note concludes, its conclusions or its course must name the diagnosis.
    """
    if findings.is_doubted(diagnosis):
        return False
    if diagnosis in findings.causes_of(symptom):
        return True
    symptom_evidence = findings.codes[symptom].evidence
    level, own = findings.level(diagnosis), findings.level(symptom)
    if listed_stays and (own == _CONCLUDED or any(e.section == "problem_list" for e in symptom_evidence)):
        return False
    if own == _CONCLUDED:
        return level == _CONCLUDED
    if own < _NARRATED or not concludes:
        return level >= _NARRATED
    return level == _CONCLUDED or any(
        e.section in ("hospital_course", "findings") for e in findings.codes[diagnosis].evidence
    )


def diagnoses_of(symptom: str) -> tuple[str, ...]:
    """Return the prefixes of the diagnoses that a symptom's code is routinely a part of."""
    return tuple(prefix for _, (diagnoses, _) in matching(_table(), [symptom]) for prefix in diagnoses)


@cache
def _table() -> dict[str, list[tuple[int, tuple[tuple[str, ...], bool]]]]:
    """Return symptom prefix → (diagnosis prefixes, whether a symptom that the assessment lists stays)."""
    return by_prefix(
        (codes_in(symptoms), (codes_in(diagnoses), grade == "usual"))
        for symptoms, diagnoses, grade, _ in rows("integral_symptoms.tsv", 4)
    )


INTEGRAL = Rule(
    "symptom.integral",
    "I.B.5",
    "A sign or symptom that is routinely a part of a confirmed diagnosis is not coded beside it.",
    _integral,
    acts=(Act.SUPPRESS,),
)
