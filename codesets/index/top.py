"""The best rows of a score array, the same on every machine."""

import numpy as np
from numpy.typing import NDArray


def best_rows(scores: NDArray[np.floating], count: int) -> list[int]:
    """Return the rows of the `count` highest scores in row order; of equal scores the lower rows.

    `argpartition` alone breaks ties by the processor's instruction set.
    """
    count = min(count, len(scores))
    if count == 0:
        return []
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    above = np.flatnonzero(scores > least)
    ties = np.flatnonzero(scores == least)[: count - len(above)]
    return sorted([*above.tolist(), *ties.tolist()])
