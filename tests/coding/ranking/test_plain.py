import math

import pytest

from codesets.types import Code, CodeSystem
from coding.ranking.plain import FEATURE_WEIGHTS, SECTION_WEIGHTS, PlainRanker
from coding.types import Candidate


def score(**features: float) -> float:
    named = {name.replace("__", ":"): value for name, value in features.items()}
    candidate = Candidate(Code(CodeSystem.ICD10CM, "I10"), "x", (), (), named, ())
    return PlainRanker().score([candidate])[0]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param({"section__assessment": 1}, {"section__pmh": 1}, id="the assessment outweighs the history"),
        pytest.param({"section__pmh": 1}, {"section__instructions": 1}, id="the history outweighs instructions"),
        pytest.param({"section__instructions": 1}, {"section__consent": 1}, id="risks in a consent count least"),
        pytest.param({"quality": 1.0}, {"quality": 0.8}, id="exact words outweigh spread ones"),
        pytest.param({}, {"symptom": 1}, id="a disease outweighs a symptom"),
        pytest.param({}, {"negated_elsewhere": 1}, id="a contradiction lowers the score"),
        pytest.param({}, {"misspelled": 1}, id="so does a misspelling"),
        pytest.param({"places": 2}, {"places": 1}, id="said in more places"),
    ],
)
def test_what_outweighs_what(better: dict[str, float], worse: dict[str, float]) -> None:
    assert score(**better) > score(**worse)


def test_scores_are_probabilities_in_order() -> None:
    codes = [Candidate(Code(CodeSystem.ICD10CM, "I10"), "x", (), (), {"quality": q}, ()) for q in (0.1, 0.9, 0.5)]
    scores = PlainRanker().score(codes)
    assert len(scores) == 3
    assert scores[1] > scores[2] > scores[0]
    assert all(0 < s < 1 for s in scores)
    assert PlainRanker().score([]) == []


def test_an_unknown_section_weighs_nothing() -> None:
    assert score(section__nowhere=1) == score()


def test_a_feature_of_the_learned_ranker_weighs_nothing() -> None:
    assert score(linked=0.9, place__concluded=3.0) == score()


def test_weights_are_finite() -> None:
    assert all(math.isfinite(w) for w in (*FEATURE_WEIGHTS.values(), *SECTION_WEIGHTS.values()))
