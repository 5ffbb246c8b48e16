"""The rules in the order in which they run, and the checks and questions of the finished list."""

from coding.rules.combinations import COMBINATIONS
from coding.rules.companions import CODE_FIRST, USE_ADDITIONAL
from coding.rules.dementia import DEMENTIA
from coding.rules.diabetes import DIABETES, DIABETES_SPECIFIC, DIABETES_TYPE
from coding.rules.excludes import EXCLUDED_SYMPTOM, EXCLUDES1
from coding.rules.first import EXTERNAL_CAUSE, MANIFESTATION, SYMPTOM, UNACCEPTABLE
from coding.rules.hypertension import HYPERTENSION
from coding.rules.infection import ORGANISM, SEVERE_SEPSIS
from coding.rules.newborn import FIRST_DAYS, NEWBORN
from coding.rules.partners import PARTNERS
from coding.rules.plausible import AGE, SEX
from coding.rules.pregnancy import PREGNANCY, TRIMESTER, WEEKS
from coding.rules.reactions import DRUG_RASH
from coding.rules.respiratory import RESPIRATORY
from coding.rules.sequelae import HEMIPLEGIA, SEQUELAE
from coding.rules.specific import LESS_SPECIFIC, NAMED_ELSEWHERE
from coding.rules.symptoms import INTEGRAL
from coding.rules.types import ListRule, Rule
from coding.rules.ulcers import ULCERS
from coding.rules.unexplained import DRUG_WITHOUT_DIAGNOSIS, LAB_WITHOUT_DIAGNOSIS

RULES: tuple[Rule, ...] = (
    DRUG_RASH,
    RESPIRATORY,
    HEMIPLEGIA,
    SEQUELAE,
    DIABETES_TYPE,
    DIABETES,
    DEMENTIA,
    LESS_SPECIFIC,
    NAMED_ELSEWHERE,
    ORGANISM,
    SEVERE_SEPSIS,
    COMBINATIONS,
    DIABETES_SPECIFIC,
    HYPERTENSION,
    NEWBORN,
    FIRST_DAYS,
    WEEKS,
    PREGNANCY,
    TRIMESTER,
    ULCERS,
    PARTNERS,
    INTEGRAL,
    EXCLUDED_SYMPTOM,
)
LIST_RULES: tuple[ListRule, ...] = (
    EXCLUDES1,
    SEX,
    AGE,
    MANIFESTATION,
    EXTERNAL_CAUSE,
    UNACCEPTABLE,
    SYMPTOM,
    DRUG_WITHOUT_DIAGNOSIS,
    LAB_WITHOUT_DIAGNOSIS,
    CODE_FIRST,
    USE_ADDITIONAL,
)
