"""The ranges of numbers in the facts of a procedure: `N`, `LO-HI`, `LO-`, `-HI`, all inclusive."""

import math
from functools import lru_cache
from typing import NamedTuple


class Bounds(NamedTuple):
    """From `low` to `high`, both included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Tell whether a value lies within."""
        return self.low <= value <= self.high


@lru_cache(maxsize=4096)
def read_bounds(written: str) -> Bounds | None:
    """Return the range that a fact states, or None for a word such as `additional`."""
    low, dash, high = written.partition("-")
    try:
        first = float(low) if low else -math.inf
        last = (float(high) if high else math.inf) if dash else first
    except ValueError:
        return None
    return Bounds(first, last)
