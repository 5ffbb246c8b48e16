"""The linker: how likely a note mentions a code at all, before assertion and rules."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.runtime import Artifact, open_artifact


class Forest:
    """A sealed tree model in ONNX: rows of features → probabilities."""

    def __init__(self, artifact: Artifact) -> None:
        self.version = artifact.version
        self.settings = artifact.manifest.settings
        self.features: tuple[str, ...] = tuple(self.settings["features"])
        self.threshold = float(self.settings["threshold"])
        self._session = artifact.session()
        self._input = self._session.get_inputs()[0].name

    def probabilities(self, rows: Sequence[Sequence[float]] | NDArray[np.float32]) -> list[float]:
        """Return one probability per row."""
        table = np.asarray(rows, dtype=np.float32)
        if not len(table):
            return []
        scores: list[float] = self._session.run(["probabilities"], {self._input: table})[0][:, 1].tolist()
        return scores


@lru_cache(maxsize=1)
def open_linker() -> Forest:
    """Return the shipped linker; raises ModelMissing where it is absent or damaged."""
    return Forest(open_artifact("linker"))
