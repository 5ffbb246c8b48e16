"""How much the words around a finding sound as if it were not to be coded, beyond what any cue says.

A linear model over the words on both sides, their order, and the section; trained on findings that coders kept and
on those that they must not code.
"""

import math
import re
from functools import lru_cache
from itertools import pairwise

import numpy as np

from coding.types import Evidence
from models.phrases import stem_hash
from models.runtime import Artifact, open_artifact

BUCKETS = 2**15
_WORD = re.compile(r"\w+|[^\w\s]")
_BEFORE_CHARS, _AFTER_CHARS = 90, 70
_BEFORE, _AFTER = 8, 6
_NEAR = 3


def marks(text: str, evidence: Evidence) -> list[str]:
    """Return what stands around the evidence: words with their side, the nearest with their place, and pairs."""
    before = text[max(0, evidence.start - _BEFORE_CHARS) : evidence.start].lower()
    after = text[evidence.end : evidence.end + _AFTER_CHARS].lower()
    left = _WORD.findall(before)[-_BEFORE:][::-1]
    right = _WORD.findall(after)[:_AFTER]
    found = [f"section {evidence.section}"]
    for side, words in (("before", left), ("after", right)):
        found += [f"{side} {word}" for word in words]
        found += [f"{side} {place} {word}" for place, word in enumerate(words[:_NEAR])]
        found += [f"{side} {one} {other}" for one, other in pairwise(words)]
    return found


@lru_cache(maxsize=65536)
def bucket(mark: str) -> int:
    """Return the row of a mark's weight."""
    return stem_hash(mark) % BUCKETS


class Doubt:
    """The trained weights."""

    def __init__(self, artifact: Artifact) -> None:
        self._weights: list[float] = np.asarray(artifact.array("weights"), dtype=np.float64).tolist()
        self._bias = float(artifact.manifest.settings["bias"])

    def score(self, text: str, evidence: Evidence) -> float:
        """Return the probability that a finding with these surroundings is not to be coded."""
        weights = self._weights
        rows = sorted({bucket(mark) for mark in marks(text, evidence)})
        return 1.0 / (1.0 + math.exp(-self._bias - sum([weights[row] for row in rows])))


@lru_cache(maxsize=1)
def open_doubt() -> Doubt:
    """Return the shipped model; raises ModelMissing where it is absent or damaged."""
    return Doubt(open_artifact("doubt"))
