"""How the ranker is trained: held-out scores, calibration, and the rows of labelled notes."""

import numpy as np
import pytest

from coding.suggest import Suggester
from eval.goldnotes.read import read_own

WHY = "scikit-learn and skl2onnx come with the extras dev and train"
pytest.importorskip("sklearn", reason=WHY)
pytest.importorskip("skl2onnx", reason=WHY)
ranker = pytest.importorskip("training.ranker", reason=WHY)


@pytest.fixture(scope="module")
def raw() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores that are too sure of themselves, with their outcomes and notes."""
    draw = np.random.default_rng(5)
    truth = draw.uniform(0.2, 0.8, 600)
    return np.clip(truth * 2 - 0.5, 0.01, 0.99), draw.uniform(size=600) < truth, np.repeat(np.arange(60), 10)


@pytest.mark.parametrize(
    ("scores", "kept", "error"),
    [
        pytest.param([0.25, 0.25, 0.25, 0.25], [True, False, False, False], 0.0, id="honest"),
        pytest.param([0.9, 0.9], [False, False], 0.9, id="wrong about everything"),
        pytest.param([0.95, 0.05], [True, False], 0.05, id="two bins, each .05 away"),
        pytest.param([1.0], [True], 0.0, id="a score of one is in the last bin"),
    ],
)
def test_calibration_error_by_hand(scores: list[float], kept: list[bool], error: float) -> None:
    assert ranker.calibration_error(np.array(scores), np.array(kept)) == pytest.approx(error)


@pytest.mark.parametrize("method", ["isotonic", "platt"])
def test_calibration_rises_and_mends_what_is_too_sure(
    raw: tuple[np.ndarray, np.ndarray, np.ndarray], method: str
) -> None:
    scores, kept, notes = raw
    error, knots, shares = ranker.calibrations(scores, kept, notes, np.ones(len(scores)))[method]
    assert (np.diff(knots) > 0).all()
    assert (np.diff(shares) >= 0).all()
    assert 0 < shares.min() <= shares.max() < 1
    assert error < ranker.calibration_error(scores, kept)


def test_a_held_out_score_knows_nothing_of_its_note() -> None:
    """Every note has its own number as a feature and an outcome by chance: only a leak could rank them."""
    draw = np.random.default_rng(2)
    note = np.repeat(np.arange(100), 6)
    kept = draw.uniform(size=100)[note] < 0.5
    rows = ranker.Rows(("note",), note[:, None].astype(np.float32), kept, note, np.full(len(note), True))
    scores = ranker.held_out(rows, 100, seed=1)
    assert np.array_equal(scores, ranker.held_out(rows, 100, seed=1))
    assert abs(scores[kept].mean() - scores[~kept].mean()) < 0.15


def test_whole_notes_leave_the_fragments_out() -> None:
    whole = np.array([True, False, True])
    rows = ranker.Rows(("a",), np.arange(3, dtype=np.float32)[:, None], whole, np.arange(3), whole)
    alone, scores = ranker.whole_notes(rows, np.array([0.1, 0.2, 0.3]))
    assert alone.table.tolist() == [[0.0], [2.0]]
    assert alone.note.tolist() == [0, 2]
    assert scores.tolist() == [0.1, 0.3]


def test_rows_of_labelled_notes(plain_suggester: Suggester) -> None:
    notes = read_own("tune")[:12]
    rows = ranker.make_rows(notes, plain_suggester)
    assert rows.table.shape == (len(rows.kept), len(rows.features))
    assert np.isfinite(rows.table).all()
    assert list(rows.features) == sorted(rows.features)
    assert set(rows.note.tolist()) <= set(range(12))
    whole, _ = ranker.whole_notes(rows, np.zeros(len(rows.kept)))
    wanted = {(at, c.code) for at, g in enumerate(notes) for c in g.label.codes}
    assert 0 < whole.kept.sum() <= len(wanted)
    assert not whole.kept.all()
