"""Plain words of English, so that a correct word is never 'corrected' into a disease.

Source: the word list of the package pyspellchecker (MIT), kept as sorted 64-bit digests in a memory-mapped array.
"""

import gzip
import json
from bisect import bisect_left
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

import numpy as np

from codesets.packed import open_view, write_array

_SOURCE = "resources/en.json.gz"


def word_digest(word: str) -> int:
    """Return the 64-bit digest under which a word is kept."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


def source_bytes() -> bytes:
    """Return the compressed word list of the installed package."""
    return files("spellchecker").joinpath(_SOURCE).read_bytes()


def plain_words() -> frozenset[str]:
    """Return the words of the list."""
    return frozenset(json.loads(gzip.decompress(source_bytes())))


def write_plain_words(folder: Path, words: frozenset[str]) -> None:
    """Write the digests of `words` to `folder`."""
    write_array(folder, "plain-words", np.array(sorted(map(word_digest, words)), dtype=np.uint64))


class PlainWords:
    """Tells whether a folded word is plain English, from the memory-mapped digests."""

    def __init__(self, folder: Path) -> None:
        self._digests = open_view(folder, "plain-words")
        self.holds = lru_cache(maxsize=32768)(self._search)

    def _search(self, word: str) -> bool:
        digest = word_digest(word)
        row = bisect_left(self._digests, digest)
        return row < len(self._digests) and self._digests[row] == digest
