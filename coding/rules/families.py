"""The rules in the order in which they run, and the checks of the finished list."""

from coding.rules.combinations import COMBINATIONS
from coding.rules.diabetes import DIABETES, DIABETES_SPECIFIC
from coding.rules.excludes import EXCLUDED_SYMPTOM, EXCLUDES1
from coding.rules.hypertension import HYPERTENSION
from coding.rules.infection import ORGANISM, SEVERE_SEPSIS
from coding.rules.pregnancy import PREGNANCY, TRIMESTER, WEEKS
from coding.rules.specific import LESS_SPECIFIC, NAMED_ELSEWHERE
from coding.rules.symptoms import INTEGRAL
from coding.rules.types import Check, Rule

RULES: tuple[Rule, ...] = (
    DIABETES,
    LESS_SPECIFIC,
    NAMED_ELSEWHERE,
    ORGANISM,
    SEVERE_SEPSIS,
    COMBINATIONS,
    DIABETES_SPECIFIC,
    HYPERTENSION,
    WEEKS,
    PREGNANCY,
    TRIMESTER,
    INTEGRAL,
    EXCLUDED_SYMPTOM,
)
CHECKS: tuple[Check, ...] = (EXCLUDES1,)
