"""The learned ranker, on trees made by hand and on the shipped ones."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from codesets.errors import ModelMissing
from codesets.types import Code, CodeSystem
from coding.ranking.learned import LearnedRanker, feature_rows, open_ranker
from coding.ranking.linker import Forest
from coding.ranking.plain import PlainRanker
from coding.suggest import Suggester
from coding.types import Candidate, Severity
from models.runtime import open_artifact
from nlp.types import Note, Setting
from tests.conftest import DAY


class Sum:
    """A forest whose odds are 4 × `place:concluded` − 4 × `symptom`; it reads `note_chars` and ignores it."""

    version, threshold = "sum-1", 0.5
    features = ("place:concluded", "symptom", "note_chars")

    def __init__(self) -> None:
        self.settings = {
            "usual": dict.fromkeys(self.features, 0.0),
            "calibration": {"raw": [0.0, 0.5, 1.0], "kept": [0.1, 0.5, 0.7]},
        }

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        odds = 4 * np.asarray(rows)[:, 0] - 4 * np.asarray(rows)[:, 1]
        return (1 / (1 + np.exp(-odds))).tolist()


def candidate(**features: float) -> Candidate:
    named = {name.replace("__", ":"): value for name, value in features.items()}
    return Candidate(Code(CodeSystem.ICD10CM, "I10"), "x", (), (), named, ())


@pytest.fixture
def toy() -> LearnedRanker:
    return LearnedRanker(Sum())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shipped() -> LearnedRanker:
    return open_ranker()


def test_a_feature_that_a_candidate_lacks_is_zero() -> None:
    assert feature_rows(("a", "b"), [candidate(b=2.0, c=3.0)]) == [[0.0, 2.0]]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        pytest.param(0.0, 0.1, id="the lowest knot"),
        pytest.param(0.25, 0.3, id="half way between two"),
        pytest.param(0.75, 0.6, id="half way between the next two"),
        pytest.param(1.0, 0.7, id="the highest knot"),
    ],
)
def test_calibration_by_hand(toy: LearnedRanker, raw: float, kept: float) -> None:
    assert toy.calibrate([raw]) == pytest.approx([kept])


def test_a_score_is_the_calibrated_answer_of_the_trees(toy: LearnedRanker) -> None:
    assert toy.score([candidate(), candidate(symptom=100.0)]) == pytest.approx([0.5, 0.1])


@pytest.mark.parametrize(
    ("features", "said"),
    [
        pytest.param({"place__concluded": 1.0}, "for it: where it stands in the note", id="what raised it"),
        pytest.param({"symptom": 1.0}, "against it: the kind of code", id="what lowered it"),
        pytest.param(
            {"place__concluded": 2.0, "symptom": 1.0},
            "for it: where it stands in the note; against it: the kind of code",
            id="both, what speaks for it first",
        ),
        pytest.param({"note_chars": 9.0}, None, id="what moves nothing is not named"),
        pytest.param({"symptom": 0.01}, None, id="nor what hardly moves it"),
    ],
)
def test_an_explanation_names_what_moved_the_score(
    toy: LearnedRanker, features: dict[str, float], said: str | None
) -> None:
    (step,) = toy.explain([candidate(**features)])
    assert (step and step.detail) == said
    assert step is None or step.step == "ranker"


def test_each_candidate_has_its_own_explanation(toy: LearnedRanker) -> None:
    steps = toy.explain([candidate(symptom=1.0), candidate(), candidate(place__concluded=1.0)])
    assert [s and s.detail.partition(":")[0] for s in steps] == ["against it", None, "for it"]
    assert toy.explain([]) == []


def test_the_shipped_calibration_rises_and_stays_a_probability(shipped: LearnedRanker) -> None:
    curve = shipped.calibrate(np.linspace(0, 1, 101).tolist())
    assert curve == sorted(curve)
    assert 0 < curve[0] < curve[-1] < 1


def test_every_shipped_feature_is_in_exactly_one_group_of_the_explanation(shipped: LearnedRanker) -> None:
    columns = np.concatenate([columns for _, columns in shipped._groups])
    assert sorted(columns.tolist()) == list(range(len(shipped._forest.features)))


def test_scores_do_not_depend_on_the_order_or_the_run(shipped: LearnedRanker) -> None:
    draw = np.random.default_rng(3)
    features = shipped._forest.features
    found = [candidate(**dict(zip(features, draw.uniform(0, 2, len(features)), strict=True))) for _ in range(20)]
    scores = shipped.score(found)
    again = LearnedRanker(Forest(open_artifact("ranker")))
    assert scores == again.score(found) == shipped.score(found[::-1])[::-1]
    assert [s and s.detail for s in shipped.explain(found)] == [s and s.detail for s in again.explain(found)]


def test_a_suggestion_says_in_words_what_moved_it(real_suggester: Suggester) -> None:
    answer = real_suggester.suggest(Note("Assessment: Type 2 diabetes.", DAY, Setting.OUTPATIENT))
    (step,) = [w for s in answer.suggestions for w in s.why if w.step == "ranker"]
    assert step.detail.startswith(("for it: ", "against it: "))
    assert "_" not in step.detail
    assert answer.versions["ranker"] == open_ranker().version


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        pytest.param(lambda f: shutil.rmtree(f), "the model ranker is not there", id="absent"),
        pytest.param(lambda f: (f / "model.onnx").write_bytes(b"x"), "ranker-1 is damaged", id="damaged"),
    ],
)
def test_without_its_model_the_plain_ranker_answers_with_a_warning(
    real_suggester: Suggester,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    harm: Callable[[Path], object],
    said: str,
) -> None:
    shutil.copytree(open_artifact("ranker").folder, tmp_path / "ranker-1")
    harm(tmp_path / "ranker-1")

    def opened() -> LearnedRanker:
        return LearnedRanker(Forest(open_artifact("ranker", tmp_path)))

    with pytest.raises(ModelMissing, match=said):
        opened()
    monkeypatch.setattr("coding.suggest.open_ranker", opened)
    answer = Suggester(real_suggester.code_sets).suggest(Note("Assessment: gout.", DAY, Setting.OUTPATIENT))
    assert [s.code.display for s in answer.suggestions] == ["M10.9"]
    assert answer.versions["ranker"] == PlainRanker.version
    (problem,) = [p for p in answer.problems if p.rule == "model.missing"]
    assert (problem.severity, problem.codes) == (Severity.WARNING, ())
    assert said in problem.message
    assert "make train" in problem.message
