"""Learned phrases: hashed word stems → the codes that they were seen to mean, with how often.

A phrase is a set of stems; its key is the sum of their hashes, so a note's phrases are looked up as differences of
a running sum and word order does not matter. No text is kept.
"""

import hashlib
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.runtime import Artifact, open_artifact

MAX_WORDS = 5


@lru_cache(maxsize=65536)
def stem_hash(stem: str) -> int:
    """Return the 64-bit hash of a stem."""
    return int.from_bytes(hashlib.blake2b(stem.encode(), digest_size=8).digest(), "little")


class Source(IntEnum):
    """What ties a phrase to a code: a terminology, coded sentences, or only that both come in the same documents."""

    TERM = 0
    SENTENCE = 1
    DOCUMENT = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code (canonical) that a phrase means, or goes with.

    `share` is how often it did in the `seen` sentences or documents of training; a term of a terminology was seen
    in none, and its share is split among the codes that it leads to.
    """

    code: str
    share: float
    seen: int
    source: Source
    probability: float = field(init=False)
    """The share, less where little was seen."""

    def __post_init__(self) -> None:
        probability = self.share * self.seen / (self.seen + 1) if self.seen else self.share
        object.__setattr__(self, "probability", probability)


class PhraseTable:
    """The learned phrases; `find` answers for a whole note at once."""

    def __init__(self, artifact: Artifact) -> None:
        self.version = artifact.version
        self._keys: NDArray[np.uint64] = np.asarray(artifact.array("keys"))
        self._offsets = memoryview(np.asarray(artifact.array("offsets")))  # type: ignore[arg-type]
        self._rows = np.asarray(artifact.array("codes"))
        self._shares = np.asarray(artifact.array("shares"))
        self._seen = np.asarray(artifact.array("seen"))
        self._sources = np.asarray(artifact.array("sources"))
        self._codes = (artifact.folder / "codes.txt").read_text(encoding="ascii").split()
        self.frequency = dict(zip(self._codes, artifact.array("frequency").tolist(), strict=True))
        self.meanings = lru_cache(maxsize=16384)(self._meanings)

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, hashes: NDArray[np.uint64], segments: NDArray[np.int32]) -> list[tuple[int, int, int]]:
        """Return (first, last excluded, row) of every known phrase in a note's content words.

        `hashes` are those of the words' stems, `segments` the clause of each; a phrase lies inside one clause and
        has at most `MAX_WORDS` words. In order of length, then place.
        """
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(hashes, dtype=np.uint64)])
        found = []
        for words in range(1, min(MAX_WORDS, len(hashes)) + 1):
            keys = sums[words:] - sums[:-words]
            rows = np.searchsorted(self._keys, keys)
            rows[rows == len(self._keys)] = 0
            known = (self._keys[rows] == keys) & (segments[: len(keys)] == segments[words - 1 :])
            found += [(int(at), int(at) + words, int(rows[at])) for at in np.flatnonzero(known)]
        return found

    def _meanings(self, row: int) -> tuple[Meaning, ...]:
        part = slice(self._offsets[row], self._offsets[row + 1])
        columns = (a[part].tolist() for a in (self._rows, self._shares, self._seen, self._sources))
        rows = zip(*columns, strict=True)
        return tuple(Meaning(self._codes[code], share, seen, Source(source)) for code, share, seen, source in rows)


@lru_cache(maxsize=1)
def open_phrases() -> PhraseTable:
    """Return the shipped phrases; raises ModelMissing where they are absent or damaged."""
    return PhraseTable(open_artifact("phrases"))
