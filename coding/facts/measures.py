"""Body mass, weeks of gestation, and what a preterm newborn weighed.

Sources: guidelines I.B.14 and I.C.21.c.3 (Z68 only beside the provider's weight diagnosis, not in pregnancy),
I.C.21.c.11 (Z3A on the mother's record), I.C.16.d (P07).
"""

from coding.facts.types import STATED, Case, FactCode
from nlp.types import AssertionKind, Fact, FactKind

_WEIGHT_FINDINGS = ("E66", "E40", "E41", "E42", "E43", "E44", "E45", "E46", "F500", "R636", "R64", "E88A")
_PREGNANT = ("O0", "O1", "O2", "O3", "O4", "O6", "O7", "O8", "O9", "Z33", "Z34", "Z3A", "Z36")
_AFTER_BIRTH = ("O85", "O86", "O87", "O90", "O91", "O92", "Z39", *(f"O0{n}" for n in range(9)))
_NEWBORN = ("P", "Z38", "Z051", "Z0011")
_ADULT_AGE = 20
_INFANT_AGE = 1
_MEASURED = ("vitals", "exam", "assessment", "assessment_plan")
_TERM_WEEKS = 37


def code_measures(case: Case) -> list[FactCode]:
    """Return the codes of the measured values of a note."""
    return [*_body_mass(case), *_gestation(case), *_birth(case)]


def _stated(case: Case, kind: FactKind) -> list[Fact]:
    return [fact for fact in case.facts(kind) if fact.assertion.kind in STATED]


def _body_mass(case: Case) -> list[FactCode]:
    if not case.has(*_WEIGHT_FINDINGS) or case.has(*_PREGNANT):
        return []
    age = case.reading.note.patient.age
    percentiles = _stated(case, FactKind.BODY_MASS_PERCENTILE)
    if percentiles and (age is None or age < _ADULT_AGE):
        value = body_mass_percentile_code(float(percentiles[0].value))
        return [FactCode(value, percentiles[0], "body_mass", "the percentile belongs to the weight diagnosis")]
    facts = _stated(case, FactKind.BODY_MASS)
    if not facts or (age is not None and age < _ADULT_AGE):
        return []
    best = min(facts, key=lambda fact: (fact.section not in _MEASURED, -fact.start))
    return [
        FactCode(body_mass_code(float(best.value)), best, "body_mass", "the value belongs to the weight diagnosis")
    ]


def body_mass_code(value: float) -> str:
    """Return the code of an adult's body mass index (Z68.1 to Z68.45).

    >>> body_mass_code(33.4), body_mass_code(44.6), body_mass_code(19.2)
    ('Z6833', 'Z6841', 'Z681')
    """
    if value < 20:
        return "Z681"
    if value < 40:
        return f"Z68{int(value)}"
    return f"Z684{1 if value < 45 else 2 if value < 50 else 3 if value < 60 else 4 if value < 70 else 5}"


def body_mass_percentile_code(value: float) -> str:
    """Return the code of a child's percentile (Z68.51 to Z68.54)."""
    return f"Z685{1 if value < 5 else 2 if value < 85 else 3 if value < 95 else 4}"


def _gestation(case: Case) -> list[FactCode]:
    age = case.reading.note.patient.age
    facts = _stated(case, FactKind.GESTATION)
    mother = case.has(*_PREGNANT) and (age is None or age > _INFANT_AGE)
    if not facts or not mother or (case.has(*_NEWBORN) and age is None) or case.has(*_AFTER_BIRTH):
        return []
    first = facts[0]
    weeks = int(first.value)
    value = "Z3A01" if weeks < 8 else "Z3A49" if weeks > 42 else f"Z3A{weeks:02}"
    return [FactCode(value, first, "gestation", "the weeks of a current pregnancy")]


def _birth(case: Case) -> list[FactCode]:
    age = case.reading.note.patient.age
    if not (case.has(*_NEWBORN) or (age is not None and age < _INFANT_AGE)) or (age or 0) >= _INFANT_AGE:
        return []
    kinds = (FactKind.BIRTH_GESTATION, FactKind.GESTATION)
    facts = [f for f in case.facts(*kinds) if f.assertion.kind in (AssertionKind.PRESENT, AssertionKind.HISTORICAL)]
    preterm = [fact for fact in facts if int(fact.value) < _TERM_WEEKS]
    if not preterm:
        return []
    found = [FactCode(preterm_code(int(preterm[0].value)), preterm[0], "birth", "born before 37 completed weeks")]
    for fact in _stated(case, FactKind.BIRTH_WEIGHT)[:1]:
        value = birth_weight_code(int(fact.value))
        if value is not None:
            found.append(FactCode(value, fact, "birth", "a low birth weight"))
    return found


def preterm_code(weeks: int) -> str:
    """Return the code of a preterm newborn's gestational age (P07.21 to P07.39)."""
    if weeks < 28:
        return f"P072{1 if weeks < 23 else weeks - 21}"
    return f"P073{weeks - 27}"


def birth_weight_code(grams: int) -> str | None:
    """Return the code of a low birth weight (P07.01 to P07.18), or None from 2500 g on."""
    if grams < 1000:
        return f"P070{1 if grams < 500 else 2 if grams < 750 else 3}"
    if grams < 2000:
        return f"P071{4 + (grams - 1000) // 250}"
    return "P0718" if grams < 2500 else None
