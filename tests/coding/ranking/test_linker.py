"""Sealed trees: they answer per row, each for itself, the same every time."""

import numpy as np
import pytest

from coding.ranking.linker import Forest, open_linker
from coding.support import LINK_FEATURES
from models.runtime import open_artifact

MODELS = ["linker", "ranker"]


def rows_of(forest: Forest, n: int = 40) -> np.ndarray:
    return np.random.default_rng(7).uniform(0, 5, (n, len(forest.features))).astype(np.float32)


def test_the_linker_reads_the_features_that_coding_makes() -> None:
    assert open_linker().features == LINK_FEATURES


@pytest.mark.parametrize("name", MODELS)
def test_one_probability_per_row(name: str) -> None:
    forest = Forest(open_artifact(name))
    found = forest.probabilities(rows_of(forest))
    assert len(found) == 40
    assert all(0 <= p <= 1 for p in found)
    assert len(set(found)) > 1
    assert forest.probabilities([]) == []
    assert 0 < forest.threshold < 1


@pytest.mark.parametrize("name", MODELS)
def test_a_row_does_not_depend_on_the_others(name: str) -> None:
    forest = Forest(open_artifact(name))
    rows = rows_of(forest)
    alone = [forest.probabilities(rows[i : i + 1])[0] for i in range(len(rows))]
    assert alone == forest.probabilities(rows) == forest.probabilities(rows[::-1])[::-1]


@pytest.mark.parametrize("name", MODELS)
def test_two_sessions_answer_the_same_bytes(name: str) -> None:
    one, other = (Forest(open_artifact(name)) for _ in range(2))
    assert one.probabilities(rows_of(one)) == other.probabilities(rows_of(other))


def test_a_version_names_the_model() -> None:
    assert open_linker().version.startswith("linker-")
