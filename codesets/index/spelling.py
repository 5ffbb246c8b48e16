"""Spelling: the known word that a misspelled one most likely is.

Candidates come from an inverted index over character bigrams of the words, padded at both ends; rapidfuzz
rescores the best of them by optimal string alignment distance.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein

from codesets.index.top import best_rows
from codesets.packed import PackedTexts, open_array, open_view, write_array, write_texts

_MIN_CHARS = 4
_CANDIDATES = 40
_ENDINGS = (
    *("plasty", "scope", "scopic", "scopy", "pexy", "tomy", "stomy", "graphy", "gram", "desis", "rrhaphy"),
    *("mycin", "cillin", "pril", "sartan", "statin", "zole", "mab", "olol", "idine", "azine", "vir", "bid"),
)
_SOUND_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        "ae",
        "ei",
        "iy",
        "ou",
        "au",
        "ao",
        "ai",
        "iu",
        "eo",
        "ck",
        "cs",
        "sz",
        "ct",
        "st",
        "fv",
        "mn",
        "td",
        "gj",
        "bp",
        "fp",
    )
)


def grams(word: str) -> list[str]:
    """Return the distinct character bigrams of a word, its ends marked."""
    padded = f"^{word}$"
    return sorted({padded[i : i + 2] for i in range(len(padded) - 1)})


def max_distance(word: str) -> int:
    """Return how many edits a word of this length may be away: 1 up to seven letters, 2 up to eleven, then 3."""
    return 1 if len(word) <= 7 else 2 if len(word) <= 11 else 3


def write_spelling(folder: Path, stems_of: dict[str, str]) -> None:
    """Write the words (with the stem of each) and their bigram postings to `folder`."""
    words = sorted(w for w in stems_of if len(w) >= _MIN_CHARS and w.isascii())
    postings: dict[str, list[int]] = {}
    for row, word in enumerate(words):
        for gram in grams(word):
            postings.setdefault(gram, []).append(row)
    keys = sorted(postings)
    write_texts(folder, "spelling-words", words)
    write_texts(folder, "spelling-stems", [stems_of[w] for w in words])
    write_texts(folder, "spelling-grams", keys)
    write_array(folder, "spelling-lengths", np.array([len(grams(w)) for w in words], dtype=np.uint8))
    offsets = np.zeros(len(keys) + 1, dtype=np.uint32)
    np.cumsum([len(postings[k]) for k in keys], out=offsets[1:])
    write_array(folder, "spelling-offsets", offsets)
    write_array(folder, "spelling-values", np.array([r for k in keys for r in postings[k]], dtype=np.int32))


class Spelling:
    """Finds the known words nearest to an unknown one."""

    def __init__(self, folder: Path) -> None:
        self.words = list(PackedTexts(folder, "spelling-words"))
        self.stems = PackedTexts(folder, "spelling-stems")
        self._grams = {g: i for i, g in enumerate(PackedTexts(folder, "spelling-grams"))}
        self._lengths: NDArray[np.uint8] = open_array(folder, "spelling-lengths", np.uint8)
        self._offsets = open_view(folder, "spelling-offsets")
        self._values: NDArray[np.int32] = open_array(folder, "spelling-values", np.int32)
        self.nearest = lru_cache(maxsize=16384)(self._nearest)

    def candidates(self, word: str) -> list[int]:
        """Return the rows of the words that share the most bigrams with `word`, by Dice coefficient."""
        rows = [self._grams[g] for g in grams(word) if g in self._grams]
        if not rows:
            return []
        parts = [self._values[self._offsets[r] : self._offsets[r + 1]] for r in rows]
        shared = np.bincount(np.concatenate(parts), minlength=len(self.words))
        score = 2.0 * shared / (self._lengths + np.float32(len(grams(word))))
        return [row for row in best_rows(score, _CANDIDATES) if score[row] > 0]

    def _nearest(self, word: str, extra: int = 0) -> tuple[tuple[str, str, int], ...]:
        """Return (word, stem, distance) of the known words within reach, nearest first.

        `extra` widens the reach beyond `max_distance`. A first letter that differs costs one edit more.
        """
        reach = max_distance(word) + extra
        found = []
        for row in self.candidates(word):
            known = self.words[row]
            distance = OSA.distance(word, known, score_cutoff=reach)
            distance += known[0] != word[0]
            if distance <= reach:
                found.append((distance, -_common_prefix(word, known), known, row))
        found.sort()
        return tuple((known, self.stems[row], distance) for distance, _, known, row in found[:8])


def is_slip(written: str, meant: str) -> bool:
    """Tell whether `written` can be a slip of the pen for `meant`, and is no other word that looks alike.

    Letters may be dropped, doubled, swapped or mistaken for one of the same sound; the first letter stays, and so
    does the ending that makes a medical word (`arthroplasty` is no slip for `arthropathy`).
    """
    if written.endswith(_ENDINGS) and not meant.endswith(_ENDINGS):
        return False
    edits = list(Levenshtein.editops(written, meant))
    for edit in edits:
        if edit.src_pos == 0:
            return False
        alike = frozenset((written[edit.src_pos : edit.src_pos + 1], meant[edit.dest_pos : edit.dest_pos + 1]))
        replaces = edit.tag == "replace" and alike not in _SOUND_ALIKE
        if replaces and not _is_swap(written, meant, edit.src_pos):
            return False
    return len(edits) <= 2 or len(written) >= 9


def _is_swap(written: str, meant: str, at: int) -> bool:
    """Tell whether a letter and a neighbour changed places."""
    if len(written) != len(meant):
        return False
    return any(written[i : i + 2] == meant[i : i + 2][::-1] for i in (at - 1, at))


def _common_prefix(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
