import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesets.index.top import best_rows


@pytest.mark.parametrize(
    ("scores", "count", "rows"),
    [
        pytest.param([0.1, 0.9, 0.5], 2, [1, 2], id="the highest, in row order"),
        pytest.param([0.5, 0.9, 0.5, 0.5], 2, [0, 1], id="of equal scores the lower row"),
        pytest.param([0.5, 0.5], 5, [0, 1], id="more asked for than there are"),
        pytest.param([], 3, [], id="nothing to choose from"),
    ],
)
def test_best_rows(scores: list[float], count: int, rows: list[int]) -> None:
    assert best_rows(np.array(scores, dtype=np.float32), count) == rows


@given(st.lists(st.integers(0, 5), max_size=60), st.integers(0, 20))
def test_it_is_what_a_stable_sort_gives(scores: list[int], count: int) -> None:
    expected = sorted(sorted(range(len(scores)), key=lambda row: (-scores[row], row))[:count])
    assert best_rows(np.array(scores, dtype=np.float32), count) == expected
