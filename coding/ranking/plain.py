"""The plain ranker: a documented logistic score, until a learned one replaces it.

Weights are judgement, not measurement: what the assessment states outweighs what a history list mentions, exact
words outweigh spread ones, a symptom outranks nothing. They are log-odds that a coder keeps the code.
"""

import math
from collections.abc import Sequence

from coding.types import Candidate, Step

INTERCEPT = -0.4
SECTION_WEIGHTS = {
    "assessment": 1.8,
    "assessment_plan": 1.7,
    "discharge_diagnosis": 2.0,
    "postop_diagnosis": 1.9,
    "preop_diagnosis": 0.9,
    "admission_diagnosis": 0.6,
    "problem_list": 0.8,
    "chief_complaint": 0.7,
    "indication": 0.7,
    "findings": 0.6,
    "hospital_course": 0.8,
    "pmh": 0.5,
    "hpi": 0.4,
    "plan": 0.3,
    "imaging": 0.1,
    "exam": -0.3,
    "ros": -0.3,
    "labs": -0.3,
    "medications": -0.4,
    "social": 0.1,
    "procedure": -0.8,
    "other": -0.4,
    "developmental": -0.5,
    "instructions": -1.5,
    "consent": -2.5,
}
FEATURE_WEIGHTS = {
    "quality": 1.6,
    "words": 0.35,
    "places": 0.45,
    "fit": 0.12,
    "official_words": 0.2,
    "misspelled": -0.3,
    "symptom": -0.5,
    "external_cause": -0.6,
    "status": -0.3,
    "unspecified": -0.15,
    "generic": -1.6,
    "negated_elsewhere": -0.8,
}


class PlainRanker:
    """Scores candidates by fixed weights; see the module's tables."""

    version = "plain-1"
    threshold = 0.0

    def score(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return one probability per candidate, in order."""
        return [self._one(c.features) for c in candidates]

    def explain(self, candidates: Sequence[Candidate]) -> list[Step | None]:
        """Return nothing for each candidate: the weights are in this file."""
        return [None] * len(candidates)

    def _one(self, features: dict[str, float]) -> float:
        odds = INTERCEPT - FEATURE_WEIGHTS["quality"]
        for name, value in features.items():
            kind, _, section = name.partition(":")
            odds += value * (SECTION_WEIGHTS.get(section, 0.0) if section else FEATURE_WEIGHTS.get(kind, 0.0))
        return 1.0 / (1.0 + math.exp(-odds))
