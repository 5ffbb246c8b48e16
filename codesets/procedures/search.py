"""Search over procedure codes: words in any order, misspelled, in shorthand or half typed, or a code's beginning.

Each wording and synonym of a code is a term. A term scores by how well it and the query cover each other, its code by
its best term, by what all its terms together cover, and by how alike query and term are in writing.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from codesets.cache import built_once, content_key
from codesets.index.expansion import fold_all
from codesets.index.search import Hit
from codesets.index.spelling import Spelling, write_spelling
from codesets.index.top import best_rows
from codesets.index.words import stem, stop_words
from codesets.packed import PackedTexts, open_array, open_view, write_array, write_texts
from codesets.procedures.types import Procedure, ProcedureSet

FORMAT = b"procedure-search-3"
_CODE = re.compile(r"(?:[0-9]{2,4}|[0-9]{4}[0-9A-Z]|[A-CE-V][0-9]{1,4})\Z", re.IGNORECASE)
_SHORT_WITHOUT = re.compile(r"\bw/?o\b", re.IGNORECASE)
_SHORT_WITH = re.compile(r"\bw(?:/|\b)", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:with[ ,/&]+(?:and )?without|without[ ,/&]+(?:and )?(?:then )?with)\b", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with\b|w/(?!o\b))", re.IGNORECASE)
_ABSENT = frozenset({"without", "no", "not"})
_SIDES = frozenset({"left", "right", "bilateral", "bilaterally", "lt", "rt"})
_LEAST_ABSENT, _MOST_SIDE = 3.0, 0.5
_MAX_CHARS = 200
_MAX_PREFIX = 40
_RESCORED = 40
_LEAST = 0.1
_UNKNOWN_WEIGHT = 6.0
_TERM, _WHOLE, _LIKE = 0.6, 0.3, 0.1
_CONTRARY = np.float32(0.85)


_SIDE_STEMS = frozenset(map(stem, _SIDES))


class ProcedureSearch:
    """The search engine of one procedure set."""

    def __init__(self, procedures: ProcedureSet) -> None:
        self._set = procedures
        self._values = sorted(procedures.procedures)
        texts = [terms_of(procedures, value) for value in self._values]
        self._texts = [text for terms in texts for text in terms]
        self._lowered = [text.lower() for text in self._texts]
        self._first = [0, *accumulate(len(terms) for terms in texts)]
        self._starts = np.array(self._first[:-1], dtype=np.intp)
        folder = built_once(_name(texts), lambda f: _write(f, texts))
        self._stems = list(PackedTexts(folder, "stems"))
        self._ids = {s: i for i, s in enumerate(self._stems)}
        self._postings = np.array(open_array(folder, "postings", np.uint32))
        self._offsets = open_view(folder, "offsets")
        self._weights = np.array(open_array(folder, "weights", np.float32))
        self._term_weights = np.array(open_array(folder, "term-weights", np.float32))
        self._spelling = Spelling(folder)
        absent = [self._terms_of(self._ids[stem(word)]) for word in sorted(_ABSENT) if stem(word) in self._ids]
        self._denying = np.unique(np.concatenate([np.empty(0, np.uint32), *absent]))
        self._meanings = lru_cache(maxsize=8192)(self._mean)

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """Return the codes that `text` most likely means, best first, ties by code.

        Text beyond 200 characters is ignored. A text shaped like a code lists the codes that begin with it.
        """
        text = text[:_MAX_CHARS].strip()
        if _CODE.match(text):
            listed = self._by_code(text.upper(), limit)
            if listed:
                return listed
        words = query_words(text)
        if not words:
            return []
        covered, whole, total = self._coverage(words)
        of_query = np.minimum(covered / total, 1.0)
        of_term = np.minimum(covered / self._term_weights, 1.0)
        terms = of_query * (np.float32(0.4) + np.float32(0.6) * of_term)
        if _WITH.search(text) and not _ABSENT & set(words):
            terms[self._denying] *= _CONTRARY
        base = _TERM * np.maximum.reduceat(terms, self._starts) + _WHOLE * np.minimum(whole / total, 1.0)
        rows = [row for row in best_rows(base, _RESCORED) if base[row] > _LEAST]
        return sorted(self._hits(rows, base, terms, " ".join(words)), key=lambda h: (-h.score, h.code))[:limit]

    def _by_code(self, start: str, limit: int) -> list[Hit]:
        at = bisect_left(self._values, start)
        listed = [v for v in self._values[at : at + limit] if v.startswith(start)]
        return [Hit(v, 1.0, self._set.procedures[v].wording) for v in listed]

    def _hits(self, rows: list[int], base: NDArray[np.float32], terms: NDArray[np.float32], said: str) -> list[Hit]:
        """Return the codes of these rows, scored by likeness too, each with its best term."""
        spans = [(self._first[row], self._first[row + 1]) for row in rows]
        lowered = [self._lowered[at] for first, last in spans for at in range(first, last)]
        alike = cdist([said], lowered, scorer=fuzz.token_sort_ratio)[0] / 100
        hits, at = [], 0
        for row, (first, last) in zip(rows, spans, strict=True):
            likeness = float(alike[at : at + last - first].max())
            at += last - first
            best = first + int(terms[first:last].argmax())
            score = min(1.0, float(base[row]) + _LIKE * likeness)
            hits.append(Hit(self._values[row], round(score, 4), self._texts[best]))
        return hits

    def _coverage(self, words: list[str]) -> tuple[NDArray[np.float32], NDArray[np.float32], np.float32]:
        """Return the weight of the query's words per term and per code, and that of all its words."""
        covered = np.zeros(len(self._texts), dtype=np.float32)
        whole = np.zeros(len(self._values), dtype=np.float32)
        total = 0.0
        for at, word in enumerate(words):
            meanings = self._meanings(word, at == len(words) - 1)
            if not meanings:
                total += _UNKNOWN_WEIGHT
                continue
            held = np.zeros_like(covered)
            for row, similarity in meanings:
                terms = self._terms_of(row)
                held[terms] = np.maximum(held[terms], similarity * self._weights[row])
            covered += held
            whole += np.maximum.reduceat(held, self._starts)
            total += max(similarity * float(self._weights[row]) for row, similarity in meanings)
        return covered, whole, np.float32(total)

    def _terms_of(self, row: int) -> NDArray[np.uint32]:
        """Return the terms that hold a stem."""
        return self._postings[self._offsets[row] : self._offsets[row + 1]]

    def _mean(self, word: str, is_last: bool) -> tuple[tuple[int, float], ...]:
        """Return the stems that a word may mean with their similarity: itself, completions, corrections."""
        found: dict[int, float] = {}
        exact = self._ids.get(_stemmed(word))
        if exact is not None:
            found[exact] = 1.0
        if len(word) >= 3 and word.isalpha() and (exact is None or is_last):
            first = bisect_left(self._stems, word)
            last = bisect_left(self._stems, word + "\uffff")
            for row in range(first, min(last, first + _MAX_PREFIX)):
                found[row] = max(found.get(row, 0.0), 0.9 if exact is None else 0.55)
        if exact is None and len(word) >= 4:
            for _, known, distance in self._spelling.nearest(word, 1):
                row = self._ids[known]
                found[row] = max(found.get(row, 0.0), 1.0 - 0.12 * distance - 0.3 * (distance / len(word)))
        return tuple(sorted(found.items()))


@lru_cache(maxsize=8)
def open_search(procedures: ProcedureSet) -> ProcedureSearch:
    """Return the search engine of a procedure set, its index built on first use."""
    return ProcedureSearch(procedures)


def terms_of(procedures: ProcedureSet, value: str) -> list[str]:
    """Return what a code is called: its wording, its synonyms, further wordings, each once."""
    procedure: Procedure = procedures.procedures[value]
    called = (procedure.wording, *procedure.synonyms, *procedures.also_called.get(value, ()))
    return list(dict.fromkeys(called))


def query_words(text: str) -> list[str]:
    """Return the words of a query or term that count, shorthand spelled out, each once."""
    spelled = (part for word in fold_all(_plain(text)) for part in _shorthand().get(word, (word,)))
    return list(dict.fromkeys(w for w in spelled if w[0].isalnum() and (w in _ABSENT or w not in stop_words())))


def _plain(text: str) -> str:
    """Return a text with its signs for with and without in words, and both of them together as one word."""
    spelled = _SHORT_WITH.sub("with ", _SHORT_WITHOUT.sub("without", text))
    return _BOTH.sub("withandwithout", " ".join(spelled.split()))


@cache
def _shorthand() -> dict[str, tuple[str, ...]]:
    lines = files("codesets.data").joinpath("procedure_shorthand.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {short: tuple(words.split()) for short, words in rows}


def _stemmed(word: str) -> str:
    return stem(word) if word.isalpha() else word


def _weight(stemmed: str, rarity: float) -> float:
    """Return the weight of a stem: rare ones weigh more, what must be absent much, a side little."""
    weight = float(np.log1p(rarity))
    if stemmed in _SIDE_STEMS:
        return min(weight, _MOST_SIDE)
    return max(weight, _LEAST_ABSENT) if stemmed in _ABSENT else weight


def _name(texts: list[list[str]]) -> str:
    shorthand = files("codesets.data").joinpath("procedure_shorthand.tsv").read_bytes()
    key = content_key([FORMAT, shorthand, *("\t".join(terms).encode() for terms in texts)])
    return f"procedure-search-{key}"


def _write(folder: Path, texts: list[list[str]]) -> None:
    """Write stems, postings (stem → terms), weights (rare words weigh more) and the spelling index."""
    stem_of: dict[str, str] = {}
    holders: dict[str, set[int]] = defaultdict(set)
    terms: list[set[str]] = []
    for row, called in enumerate(texts):
        for text in called:
            words = query_words(text)
            stem_of |= {w: _stemmed(w) for w in words}
            terms.append({stem_of[w] for w in words})
            for stemmed in terms[-1]:
                holders[stemmed].add(row)
    stems = sorted(holders)
    weights = {s: _weight(s, len(texts) / len(holders[s])) for s in stems}
    postings: dict[str, list[int]] = {s: [] for s in stems}
    for at, held in enumerate(terms):
        for stemmed in held:
            postings[stemmed].append(at)
    write_texts(folder, "stems", stems)
    write_array(folder, "weights", np.array([weights[s] for s in stems], dtype=np.float32))
    write_array(folder, "postings", np.array([t for s in stems for t in postings[s]], dtype=np.uint32))
    offsets = np.zeros(len(stems) + 1, dtype=np.uint32)
    np.cumsum([len(postings[s]) for s in stems], out=offsets[1:])
    write_array(folder, "offsets", offsets)
    of_terms = [max(sum(weights[s] for s in sorted(held)), 1e-6) for held in terms]
    write_array(folder, "term-weights", np.array(of_terms, dtype=np.float32))
    write_spelling(folder, stem_of)
