"""The plug points of coding."""

from collections.abc import Sequence
from typing import Protocol

from coding.types import Candidate


class Ranker(Protocol):
    """Scores candidates: the probability that a coder keeps each."""

    @property
    def version(self) -> str:
        """The version that `versions.ranker` reports."""

    def score(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return one probability per candidate, in order."""
