"""What stands in a note without its diagnosis: a drug, an abnormal value. Neither is coded (I.A.19, III.B)."""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from coding.rules.tables import codes_in, rows
from coding.rules.types import Act, Check, Listed
from coding.types import Problem, Severity
from nlp.types import AssertionKind, Fact, FactKind

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {"<": operator.lt, ">": operator.gt, ">=": operator.ge}
_TAKEN = frozenset({"current", "long_term", "started"})
_PAST = frozenset({"family", "allergies", "consent", "instructions"})


@dataclass(frozen=True, slots=True)
class _Limit:
    comparison: str
    limit: float
    least: float
    most: float
    explained_by: tuple[str, ...]
    words: str

    def is_passed_by(self, value: float) -> bool:
        return self.least <= value <= self.most and _COMPARISONS[self.comparison](value, self.limit)


def _drugs(listed: Listed) -> Iterator[Problem]:
    seen = set()
    for fact in listed.facts:
        if not _is_of_today(fact) or fact.kind is not FactKind.DRUG or fact.value not in _TAKEN:
            continue
        for explained_by, words in _diseases(fact.name):
            if words not in seen and not listed.starting(*explained_by):
                seen.add(words)
                message = f"{fact.name} is taken and the note does not say for what: is {words} documented?"
                yield Problem("drug.no_diagnosis", Severity.INFO, (), message, "I.A.19")


def _labs(listed: Listed) -> Iterator[Problem]:
    seen = set()
    for fact in listed.facts:
        if not _is_of_today(fact) or fact.kind is not FactKind.LAB:
            continue
        for row in _limits().get(fact.name, ()):
            if (
                row.words not in seen
                and row.is_passed_by(float(fact.value))
                and not listed.starting(*row.explained_by)
            ):
                seen.add(row.words)
                message = f"an abnormal {fact.name} stands without a diagnosis: is {row.words} documented?"
                yield Problem("lab.no_diagnosis", Severity.INFO, (), message, "III.B")


def _is_of_today(fact: Fact) -> bool:
    return fact.assertion.kind is AssertionKind.PRESENT and fact.section not in _PAST


@cache
def _diseases(drug: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return what a drug treats: the prefixes of the codes, and words for them."""
    return tuple(
        (codes_in(codes), words)
        for drugs, codes, words in rows("drug_diseases.tsv", 3)
        if any(drug == name or (name.endswith("*") and drug.startswith(name[:-1])) for name in drugs.split("|"))
    )


@cache
def _limits() -> dict[str, tuple[_Limit, ...]]:
    found: dict[str, tuple[_Limit, ...]] = {}
    for analyte, comparison, limit, least, most, codes, words in rows("lab_diseases.tsv", 7):
        row = _Limit(comparison, float(limit), float(least), float(most), codes_in(codes), words)
        found[analyte] = (*found.get(analyte, ()), row)
    return found


DRUG_WITHOUT_DIAGNOSIS = Check(
    "drug.no_diagnosis",
    "I.A.19",
    "A drug that treats one disease is taken and the disease does not stand: a question, never a code.",
    _drugs,
    acts=(Act.PROBLEM,),
    reads="drugs, codes",
)
LAB_WITHOUT_DIAGNOSIS = Check(
    "lab.no_diagnosis",
    "III.B",
    "An abnormal value stands without a diagnosis: a question, never a code.",
    _labs,
    acts=(Act.PROBLEM,),
    reads="laboratory values, codes",
)
