"""Tobacco: dependence by product, past use, and others' smoke.

Sources: the Alphabetic Index ('Smoker — see Dependence, drug, nicotine'; 'Tobacco (nicotine), use' Z72.0; 'quit'
Z87.891), the Excludes1 notes between F17, Z72.0 and Z87.891.
"""

from coding.facts.types import Case, FactCode
from nlp.types import AssertionKind, Fact, FactKind

_PRODUCTS = {
    "cigarettes": "F17210",
    "smokeless": "F17220",
    "other_product": "F17290",
    "dependence": "F17200",
    "use": "Z720",
}
_UNTOLD = frozenset({AssertionKind.FAMILY, AssertionKind.HYPOTHETICAL, AssertionKind.UNCERTAIN})
_DETAILS = {"current": "tobacco is used now", "former": "tobacco was given up"}
DECIDED = frozenset({"F17200", "F17210", "F17220", "F17290", "Z720", "Z87891"})
"""The codes that the tobacco facts of a note decide among."""


def code_tobacco(case: Case) -> list[FactCode]:
    """Return the code of the patient's tobacco use, the most specific product first, and that of others' smoke."""
    facts = case.facts(FactKind.TOBACCO)
    found = [
        FactCode("Z7722", fact, "smoke_exposure", "others smoke around the patient")
        for fact in facts
        if fact.value == "secondhand" and fact.assertion.kind is not AssertionKind.NEGATED
    ][:1]
    own = [f for f in facts if f.assertion.kind not in _UNTOLD and f.section not in ("family", "instructions")]
    current = [f for f in own if f.value == "current" and f.assertion.kind is not AssertionKind.NEGATED]
    if current:
        return found + [FactCode(v, f, "tobacco", _DETAILS["current"]) for v, f in _products(current)]
    former = [fact for fact in own if fact.value == "former"]
    return found + [FactCode("Z87891", fact, "tobacco", _DETAILS["former"]) for fact in former]


def _products(current: list[Fact]) -> list[tuple[str, Fact]]:
    """Return the codes of the products used: one that is named stands for 'smoker' and 'tobacco use' elsewhere."""
    coded = [(_PRODUCTS[fact.name], fact) for fact in current]
    named = [(value, fact) for value, fact in coded if value not in ("F17200", "Z720")]
    return named or [(value, fact) for value, fact in coded if value == "F17200"] or coded
