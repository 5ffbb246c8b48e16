"""The learned ranker: the probability that a coder keeps a code, calibrated, with the reasons in words."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coding.ranking.linker import Forest
from coding.types import Candidate, Step
from models.runtime import open_artifact

_REASONS = 3
_NOTABLE = 0.15
_WORDS = {
    "place": ("where it stands in the note", ("section:", "place:", "item", "line_share", "first", "last")),
    "match": (
        "how well the words fit the code",
        ("quality", "words", "fit", "official_words", "misspelled", "plain", "plain_rank"),
    ),
    "learned": ("what such words meant in coded documents", ("linked",)),
    "doubt": ("the words around it, and what is said of it elsewhere", ("doubt", "past_elsewhere")),
    "repeated": ("how often it is said", ("mentions", "places")),
    "kind": (
        "the kind of code",
        (
            "symptom",
            "external_cause",
            "status",
            "unspecified",
            "generic",
            "chapter",
            "category",
            "code_chars",
            "fact:",
        ),
    ),
    "company": ("the other findings of the note", ("note_candidates", "note_concluded", "siblings", "negated_")),
    "note": ("the kind of note", ("note_chars", "note_concludes", "note_lists", "inpatient", "ed")),
}


class LearnedRanker:
    """Scores candidates with the trees of models/ranker and calibrates them; see its card for how they were made."""

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self.version = forest.version
        self.threshold = forest.threshold
        settings = forest.settings
        self._usual = np.array([settings["usual"][name] for name in forest.features], dtype=np.float32)
        self._raw = np.array(settings["calibration"]["raw"], dtype=np.float64)
        self._kept = np.array(settings["calibration"]["kept"], dtype=np.float64)
        self._groups = [(words, _columns(forest.features, names)) for words, names in _WORDS.values()]

    def score(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return one probability per candidate, in order."""
        return self.calibrate(self._forest.probabilities(feature_rows(self._forest.features, candidates)))

    def calibrate(self, raw: Sequence[float]) -> list[float]:
        """Return the probabilities that raw scores turned out to mean on held-out notes."""
        scores: list[float] = np.interp(raw, self._raw, self._kept).tolist()
        return scores

    def explain(self, candidates: Sequence[Candidate]) -> list[Step | None]:
        """Return per candidate what moved its score most, compared with the same candidate made usual in that."""
        table = np.asarray(feature_rows(self._forest.features, candidates), dtype=np.float32)
        if not len(table):
            return []
        usual = np.repeat(table[None], len(self._groups) + 1, axis=0)
        for at, (_, columns) in enumerate(self._groups, 1):
            usual[at][:, columns] = self._usual[columns]
        flat = usual.reshape(-1, table.shape[1])
        odds = _log_odds(np.array(self._forest.probabilities(flat))).reshape(len(self._groups) + 1, -1)
        return [self._step(odds[0, row] - odds[1:, row]) for row in range(len(candidates))]

    def _step(self, moved: NDArray[np.float64]) -> Step | None:
        order = sorted(range(len(moved)), key=lambda at: (-abs(moved[at]), at))[:_REASONS]
        named = [(self._groups[at][0], moved[at]) for at in order if abs(moved[at]) >= _NOTABLE]
        sides = [
            f"{side}: {', '.join(words for words, by in named if (by > 0) == raises)}"
            for side, raises in (("for it", True), ("against it", False))
            if any((by > 0) == raises for _, by in named)
        ]
        return Step("ranker", "; ".join(sides)) if sides else None


def feature_rows(names: Sequence[str], candidates: Sequence[Candidate]) -> list[list[float]]:
    """Return the named features of each candidate; one that a candidate lacks is 0."""
    return [[c.features.get(name, 0.0) for name in names] for c in candidates]


def _columns(features: Sequence[str], names: Sequence[str]) -> NDArray[np.intp]:
    return np.array(
        [at for at, f in enumerate(features) if f in names or f.startswith(tuple(n for n in names if n[-1] in ":_"))],
        dtype=np.intp,
    )


def _log_odds(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    odds: NDArray[np.float64] = np.log(clipped / (1 - clipped))
    return odds


@lru_cache(maxsize=1)
def open_ranker() -> LearnedRanker:
    """Return the shipped ranker; raises ModelMissing where it is absent or damaged."""
    return LearnedRanker(Forest(open_artifact("ranker")))
