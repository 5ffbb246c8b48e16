"""Trees: the ONNX file answers what scikit-learn answers."""

from pathlib import Path

import numpy as np
import pytest

WHY = "scikit-learn and skl2onnx come with the extras dev and train"
pytest.importorskip("sklearn", reason=WHY)
pytest.importorskip("skl2onnx", reason=WHY)
forest = pytest.importorskip("training.forest", reason=WHY)

# skl2onnx 1.20 writes booleans where protobuf wants integers.
pytestmark = pytest.mark.filterwarnings("ignore:Field onnx.AttributeProto:DeprecationWarning")
FEATURES = ("a", "b", "c")


@pytest.fixture(scope="module")
def data() -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(1)
    rows = draw.normal(size=(400, 3)).astype(np.float32)
    return rows, rows[:, 0] + rows[:, 1] * rows[:, 2] + draw.normal(scale=0.3, size=400) > 0


def probabilities(path: Path, rows: np.ndarray) -> np.ndarray:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found: np.ndarray = session.run(["probabilities"], {session.get_inputs()[0].name: rows})[0]
    return found


@pytest.mark.parametrize(
    ("rounds", "leaves"),
    [pytest.param(30, 8, id="as the ranker is grown"), pytest.param(60, 15, id="as the linker is grown")],
)
def test_parity_with_scikit_learn(
    data: tuple[np.ndarray, np.ndarray], tmp_path: Path, rounds: int, leaves: int
) -> None:
    model = forest.fit_trees(*data, forest.Growth(rounds, leaves, 0.1))
    forest.write_onnx(model, FEATURES, tmp_path / "model.onnx")
    edges = np.array([[0, 0, 0], [1e6, -1e6, 0], [-1, 9, 0.5]], dtype=np.float32)
    rows = np.vstack([data[0], edges])
    assert np.abs(probabilities(tmp_path / "model.onnx", rows) - model.predict_proba(rows)).max() < 1e-5


def test_the_same_data_gives_the_same_file(data: tuple[np.ndarray, np.ndarray], tmp_path: Path) -> None:
    written = []
    for name in ("one.onnx", "other.onnx"):
        forest.write_onnx(forest.fit_trees(*data, forest.Growth(10, 4, 0.1)), FEATURES, tmp_path / name)
        written.append(probabilities(tmp_path / name, data[0]).tobytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("scores", "kept", "wanted", "best"),
    [
        pytest.param([0.9, 0.8, 0.1], [True, True, False], 2, 0.8, id="both right ones and nothing else"),
        pytest.param([0.9, 0.8, 0.1], [True, False, True], 4, 0.1, id="F1 of 2/5, 2/6, 4/7: takes them all"),
        pytest.param([0.1, 0.9], [False, True], 1, 0.9, id="in any order"),
    ],
)
def test_the_threshold_of_the_best_f1(scores: list[float], kept: list[bool], wanted: int, best: float) -> None:
    assert forest.best_threshold(scores, kept, wanted) == best
