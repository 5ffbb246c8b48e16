"""Fits gradient-boosted trees and writes them as ONNX."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

SEED = 20261122


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown: how many, with how many leaves each, how much each corrects.

    `columns` is the share of the features, drawn anew, that each split may choose from.
    """

    rounds: int
    leaves: int
    rate: float
    columns: float = 1.0


Table = NDArray[np.float32]
Outcomes = NDArray[np.bool_]


def fit_trees(rows: Table, kept: Outcomes, growth: Growth) -> Any:
    """Return the fitted scikit-learn classifier."""
    model = HistGradientBoostingClassifier(
        max_iter=growth.rounds,
        max_leaf_nodes=growth.leaves,
        learning_rate=growth.rate,
        max_features=growth.columns,
        min_samples_leaf=20,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=SEED,
    )
    with threadpool_limits(1):
        return model.fit(rows, kept)


def write_onnx(model: Any, features: Sequence[str], path: Path) -> None:
    """Write the model with one float input (rows, features) and the outputs label and probabilities."""
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import FloatTensorType

    inputs = [("features", FloatTensorType([None, len(features)]))]
    onnx = to_onnx(model, initial_types=inputs, options={id(model): {"zipmap": False}}, target_opset=17)
    path.write_bytes(onnx.SerializeToString())


def best_threshold(scores: Sequence[float], kept: Sequence[bool], wanted: int) -> float:
    """Return the score that, as threshold, gives the highest micro-F1; `wanted` counts the right codes."""
    order = np.argsort(-np.asarray(scores), kind="stable")
    hits = np.cumsum(np.asarray(kept)[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + wanted)
    return float(np.asarray(scores)[order][int(f1.argmax())])
