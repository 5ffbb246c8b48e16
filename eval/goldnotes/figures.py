"""A figure: a ratio of counts summed over notes, with its bootstrap interval."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

ROUNDS = 1000
SEED = 20261122
BINS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure, the number of things it was taken over, and its 95 % bootstrap interval over notes."""

    value: float
    n: int
    low: float
    high: float

    def as_json(self) -> dict[str, float | int]:
        """Return the figure rounded to four decimals."""
        return {
            "value": round(self.value, 4),
            "n": self.n,
            "low": round(self.low, 4),
            "high": round(self.high, 4),
        }


Counts = tuple[float, ...]
"""What one note adds to a figure: summed over notes, a `Ratio` turns it into the value."""
Ratio = Callable[[np.ndarray], np.ndarray]


def overlap(gold: frozenset[str], found: frozenset[str]) -> Counts:
    """Return how many codes are in both, how many were found, and how many are gold."""
    return float(len(gold & found)), float(len(found)), float(len(gold))


def share(sums: np.ndarray) -> np.ndarray:
    """Return the first column over the second."""
    ratio: np.ndarray = sums[:, 0] / np.maximum(sums[:, 1], 1e-9)
    return ratio


def precision(sums: np.ndarray) -> np.ndarray:
    """Return the precision of overlaps."""
    return share(sums[:, :2])


def recall(sums: np.ndarray) -> np.ndarray:
    """Return the recall of overlaps."""
    return share(sums[:, ::2])


def f1(sums: np.ndarray) -> np.ndarray:
    """Return the F1 of overlaps."""
    mean: np.ndarray = 2 * sums[:, 0] / np.maximum(sums[:, 1] + sums[:, 2], 1e-9)
    return mean


def prf(name: str, counts: Sequence[Counts]) -> dict[str, Figure]:
    """Return precision, recall and F1 of overlaps summed over notes."""
    return {
        f"{name} precision": figure_of(counts, precision, 1),
        f"{name} recall": figure_of(counts, recall, 2),
        f"{name} F1": figure_of(counts, f1, 2),
    }


def macro(name: str, counts: Sequence[Counts]) -> dict[str, Figure]:
    """Return the means over notes; a note without gold codes counts where something was suggested for it."""
    table = np.array([row for row in counts if row[1] or row[2]]).reshape(-1, 3)
    rows = {"precision": precision(table), "recall": recall(table), "F1": f1(table)}
    return {f"{name} {k}": figure_of([(float(v), 1.0) for v in values], share, 1) for k, values in rows.items()}


def calibration_error(sums: np.ndarray) -> np.ndarray:
    """Return the expected calibration error: the mean of |share kept − mean score| over bins, by their size."""
    table = sums.reshape(-1, 3, BINS)
    gaps: np.ndarray = np.abs(table[:, 1] - table[:, 2]).sum(axis=1)
    error: np.ndarray = gaps / np.maximum(table[:, 0].sum(axis=1), 1.0)
    return error


def figure_of(counts: Sequence[Counts], ratio: Ratio, over: int) -> Figure:
    """Return the ratio of the summed counts; `over` is the column that says how many things were counted."""
    table = np.array(counts, dtype=np.float64)
    if not len(table):
        return Figure(0.0, 0, 0.0, 0.0)
    n = int(table[:, :BINS].sum() if ratio is calibration_error else table[:, over].sum())
    draws = np.random.default_rng(SEED).multinomial(len(table), np.full(len(table), 1 / len(table)), ROUNDS)
    low, high = np.percentile(ratio(draws @ table), (2.5, 97.5))
    return Figure(float(ratio(table.sum(axis=0, keepdims=True))[0]), n, float(low), float(high))
