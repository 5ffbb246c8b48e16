"""The plug points of coding."""

from collections.abc import Sequence
from typing import Protocol

from coding.types import Candidate, Step


class Ranker(Protocol):
    """Scores candidates: the probability that a coder keeps each."""

    @property
    def version(self) -> str:
        """The version that `versions.ranker` reports."""

    @property
    def threshold(self) -> float:
        """The score below which a candidate is not listed."""

    def score(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return one probability per candidate, in order."""

    def explain(self, candidates: Sequence[Candidate]) -> list[Step | None]:
        """Return per candidate what moved its score most, in a coder's words."""
