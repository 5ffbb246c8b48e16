"""The phrases that name procedures: sets of stems, each filed under its rarest, for notes and for search."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from codesets.cache import built_once, content_key
from codesets.index.plainwords import plain_words
from codesets.packed import open_array, open_view, write_array
from codesets.procedures.types import Procedure
from codesets.procedures.words import FACT_WORDS, vocabulary_source, weak_keys, whole_key, word_key, words_of_name
from codesets.types import CodeSystem

MAX_WORDS = 7
FORMAT = b"procedure-phrases-8"
_MAX_ACRONYM = 5
_SHORT = 2
_UNKNOWN_WEIGHT = 1.0
_FIRST_SURGERY = "10000"
_OF_QUERY = 0.4
_FINDINGS = ("fracture", "dislocation", "foreign body")
_ACTIONS = (
    "treat", "care", "reduc", "repair", "fix", "open", "pin", "cast", "splint", "manip", "remov", "excis", "extract",
    "setting", "retriev", "orif", "elevat",
    "crpp", "ecto", "otom", "plast", "desis", "scop", "nail", "plate", "kwire", "k-wire",
)  # fmt: skip


class Anchored(NamedTuple):
    """A phrase filed under its rarest word: its row, the keys of its other words, and whether it needs capitals.

    `level_two` is true where it names codes of HCPCS Level II alone.
    """

    phrase: int
    others: frozenset[int]
    capitals: bool
    level_two: bool


class Filed(NamedTuple):
    """A word's key, and the phrases filed under it."""

    key: int
    phrases: tuple[Anchored, ...]


class PhraseIndex:
    """Word key → the phrases filed under it; phrase → the rows of the procedures that it names."""

    def __init__(self, folder: Path) -> None:
        self._keys = open_array(folder, "keys", np.uint64)
        self._anchors = open_view(folder, "anchors")
        self._others = open_view(folder, "others")
        self._starts = open_view(folder, "starts")
        self._capitals = open_view(folder, "capitals")
        self._level_two = open_view(folder, "level-two")
        self._offsets = open_view(folder, "offsets")
        self._rows = open_view(folder, "rows")
        self._word_keys = open_array(folder, "word-keys", np.uint64)
        self._word_starts = open_view(folder, "word-starts")
        self._word_phrases = open_array(folder, "word-phrases", np.uint32)
        self._word_weights = open_view(folder, "word-weights")
        self._weights = open_array(folder, "weights", np.float32)
        self.filed = lru_cache(maxsize=65536)(self._filed)

    def _filed(self, word: str) -> Filed | None:
        """Return a folded word's key and the phrases filed under it, None for a word of no phrase."""
        key = word_key(word)
        phrases, alone = self._anchored(key), self._anchored(whole_key(word))
        return None if phrases is None and alone is None else Filed(key, (*(phrases or ()), *(alone or ())))

    def _anchored(self, key: int) -> tuple[Anchored, ...] | None:
        row = int(np.searchsorted(self._keys, np.uint64(key)))
        if row == len(self._keys) or int(self._keys[row]) != key:
            return None
        return tuple(
            Anchored(
                phrase,
                frozenset(self._others[self._starts[phrase] : self._starts[phrase + 1]]),
                bool(self._capitals[phrase]),
                bool(self._level_two[phrase]),
            )
            for phrase in range(self._anchors[row], self._anchors[row + 1])
        )

    def nearest(self, words: Iterable[str]) -> tuple[int, float] | None:
        """Return the phrase that shares most with folded words, and how far they agree (1: they are the same).

        Words weigh by how few phrases hold them; names of HCPCS Level II alone are left out.
        """
        shared = np.zeros(len(self._weights), dtype=np.float32)
        total = 0.0
        for key in sorted({word_key(word) for word in words}):
            row = int(np.searchsorted(self._word_keys, np.uint64(key)))
            if row == len(self._word_keys) or int(self._word_keys[row]) != key:
                total += _UNKNOWN_WEIGHT
                continue
            weight = self._word_weights[row]
            total += weight
            shared[self._word_phrases[self._word_starts[row] : self._word_starts[row + 1]]] += weight
        if not shared.any():
            return None
        agreement = shared / self._weights * (1 - _OF_QUERY + _OF_QUERY * shared / total)
        best = int(agreement.argmax())
        return best, float(agreement[best])

    def rows_of(self, name: str) -> tuple[int, ...]:
        """Return the rows of the procedures that exactly the words of a name name, () where none has it."""
        words = [word for word, _, _ in words_of_name(name)]
        keys = frozenset(map(word_key, words))
        for word in words:
            filed = self.filed(word)
            for phrase in filed.phrases if filed else ():
                if phrase.others | {word_key(word)} == keys:
                    return self.procedures(phrase.phrase)
        return ()

    def procedures(self, phrase: int) -> tuple[int, ...]:
        """Return the rows of the procedures that a phrase names."""
        return tuple(self._rows[self._offsets[phrase] : self._offsets[phrase + 1]])


def open_phrases(procedures: Sequence[Procedure]) -> PhraseIndex:
    """Return the phrases of the procedures, by their row in the sequence, built on first use."""
    lines = ("\t".join((p.code.value, *p.synonyms)).encode() for p in procedures)
    key = content_key([FORMAT, *vocabulary_source(), *lines])
    return PhraseIndex(built_once(f"procedures-{key}", lambda f: _write(f, procedures)))


def _write(folder: Path, procedures: Sequence[Procedure]) -> None:
    named = _named(procedures)
    counts = Counter(key for phrase in named for key in phrase)
    filed: dict[int, list[frozenset[int]]] = {key: [] for key in sorted(counts)}
    for phrase in sorted(named, key=sorted):
        filed[min(phrase, key=lambda key: (counts[key], key))].append(phrase)
    phrases = [(key, phrase) for key, found in filed.items() for phrase in found]
    others = [sorted(phrase - {key}) for key, phrase in phrases]
    rows = [sorted(named[phrase][0]) for _, phrase in phrases]
    write_array(folder, "keys", np.array(list(filed), dtype=np.uint64))
    write_array(folder, "anchors", _offsets([len(found) for found in filed.values()]))
    write_array(folder, "others", np.array([k for keys in others for k in keys], dtype=np.uint64))
    write_array(folder, "starts", _offsets([len(keys) for keys in others]))
    write_array(folder, "capitals", np.array([named[phrase][1] for _, phrase in phrases], dtype=np.uint8))
    level_two = [all(procedures[r].code.system is CodeSystem.HCPCS for r in found) for found in rows]
    write_array(folder, "level-two", np.array(level_two, dtype=np.uint8))
    _write_words(folder, [phrase for _, phrase in phrases], level_two)
    write_array(folder, "offsets", _offsets([len(r) for r in rows]))
    write_array(folder, "rows", np.array([r for found in rows for r in found], dtype=np.uint32))


def _write_words(folder: Path, phrases: Sequence[frozenset[int]], level_two: Sequence[bool]) -> None:
    """Write which phrases hold a word, and what each word and phrase weighs."""
    holding: dict[int, list[int]] = defaultdict(list)
    for row, phrase in enumerate(phrases):
        if len(phrase) > 1 and not level_two[row]:
            for key in phrase:
                holding[key].append(row)
    keys = sorted(holding)
    weight = {key: math.log(1 + len(phrases) / (1 + len(holding[key]))) for key in keys}
    write_array(folder, "word-keys", np.array(keys, dtype=np.uint64))
    write_array(folder, "word-starts", _offsets([len(holding[key]) for key in keys]))
    write_array(folder, "word-phrases", np.array([r for key in keys for r in holding[key]], dtype=np.uint32))
    write_array(folder, "word-weights", np.array([weight[key] for key in keys], dtype=np.float64))
    sums = [sum(weight.get(key, 0.0) for key in sorted(phrase)) or 1.0 for phrase in phrases]
    write_array(folder, "weights", np.array(sums, dtype=np.float32))


def _named(procedures: Sequence[Procedure]) -> dict[frozenset[int], tuple[set[int], bool]]:
    """Return phrase → the rows that it names and whether it must stand in capitals."""
    english = plain_words()
    rows: dict[frozenset[int], set[int]] = defaultdict(set)
    capitals: dict[frozenset[int], bool] = {}
    for row, procedure in enumerate(procedures):
        if _is_anesthesia(procedure):
            continue
        for synonym in (procedure.code.value, *procedure.synonyms):
            words = {word for word, _, _ in words_of_name(synonym)}
            phrase = frozenset(map(word_key, words))
            if not 0 < len(phrase) <= MAX_WORDS or _names_a_finding(synonym) or max(map(len, words)) == 1:
                continue
            if len(phrase) == 1:
                if phrase <= weak_keys() or not FACT_WORDS.isdisjoint(synonym.lower().split()):
                    continue
                phrase = frozenset(map(whole_key, words))
            rows[phrase].add(row)
            needed = len(phrase) == 1 and needs_capitals(synonym, english)
            capitals[phrase] = capitals.get(phrase, True) and needed
    return {phrase: (found, capitals[phrase]) for phrase, found in rows.items()}


def _is_anesthesia(procedure: Procedure) -> bool:
    """Tell whether a code is anesthesia for what its names name: they would hide the operation itself."""
    value = procedure.code.value
    return procedure.code.system is CodeSystem.CPT and value.isdigit() and value < _FIRST_SURGERY


def needs_capitals(synonym: str, english: frozenset[str]) -> bool:
    """Tell whether a name of one word is an acronym that other words look like in lower case."""
    letters = "".join(c for c in synonym if c.isalpha())
    if not letters or letters != letters.upper() or len(letters) > _MAX_ACRONYM:
        return False
    return len(letters) <= _SHORT or letters.lower() in english


def _names_a_finding(synonym: str) -> bool:
    """Tell whether a name tells what was wrong but not what was done ('Bennett fracture')."""
    lowered = synonym.lower()
    return any(f in lowered for f in _FINDINGS) and not any(a in lowered for a in _ACTIONS)


def _offsets(lengths: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    offsets = np.zeros(len(lengths) + 1, dtype=np.uint32)
    np.cumsum(lengths, out=offsets[1:])
    return offsets
