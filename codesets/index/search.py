"""Search over codes: words in any order, misspelled, abbreviated or half typed.

Candidates come from the inverted index over stems (exact, by prefix, or through the bigram index for unknown
words); the best of them are rescored with rapidfuzz against the term's own words and by the fit of the leaf.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from codesets.index.aliases import Context
from codesets.index.attributes import split_words
from codesets.index.expansion import fold_all
from codesets.index.leaves import choose_leaves, highest_fit
from codesets.index.lexicon import Lexicon, Term
from codesets.index.top import best_rows
from codesets.index.words import STRONG_WORDS, stem, stop_words, token_spans

_CODE_PREFIX = re.compile(r"[A-Z]\d[0-9A-Z]?(?:\.?[0-9A-Z]{0,4})?\Z|QA0\.?[0-9]{0,4}\Z", re.IGNORECASE)
_BESIDE = re.compile(r" ?\([^)]*\)| ?\[[^\]]*\]|,? ?\b(?:unspecified|NOS)\b", re.IGNORECASE)
_MAX_CHARS = 200
_MAX_PREFIX = 40
_CORES = 48
_LEAVES = 4
_LEAST = 0.05
_RARER = 0.02


@dataclass(frozen=True, slots=True)
class Hit:
    """A code found, its score between 0 and 1, and the term that matched."""

    code: str
    score: float
    term: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query as the index sees it: per word the stems it may mean (with similarity), and the attributes.

    `typed` are its words, spelling mended; `words` are those after expansion. `handicap` is what the scores of a
    rarer meaning of an ambiguous word lose.
    """

    typed: tuple[str, ...]
    words: tuple[str, ...]
    stems: tuple[tuple[tuple[int, float], ...], ...]
    attributes: int
    handicap: float = 0.0


class _Found(NamedTuple):
    """A code found: its score, the place of its core among the candidates (ties: the first), its term."""

    score: float
    place: int
    term: int


class _Core(NamedTuple):
    """A candidate core: the most a leaf can score, its place, how well it covers the query, its terms.

    `likeness` says per code how alike the query and the likest of the code's terms are in writing.
    """

    most: float
    place: int
    base: float
    terms: list[Term]
    likeness: dict[int, float]


class CodeSearch:
    """The search engine of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._sorted_stems = sorted(lexicon.stem_ids)
        self.meanings = lru_cache(maxsize=16384)(self._meanings)

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """Return the billable codes that `text` most likely means, best first, ties by code.

        Text beyond 200 characters is ignored. A text shaped like a code lists the codes that begin with it.
        """
        text = text[:_MAX_CHARS].strip()
        if _CODE_PREFIX.match(text):
            listed = self._by_code(text, limit)
            if listed:
                return listed
        found: dict[int, _Found] = {}
        for turn, query in enumerate(dict.fromkeys(self.readings(text))):
            self._add_hits(query, limit, turn * _CORES, found)
        ranked = sorted(found.items(), key=lambda item: (-item[1].score, item[0]))[:limit]
        values, texts = self.lexicon.release.values, self.lexicon.term_texts
        return [Hit(values[code], f.score, texts[f.term]) for code, f in ranked]

    def _by_code(self, text: str, limit: int) -> list[Hit]:
        release = self.lexicon.release
        value = text.upper().replace(".", "")
        first, last = bisect_left(release.values, value), bisect_left(release.values, value + "\uffff")
        codes = [v for v in release.values[first:last] if release.is_billable(v)]
        return [Hit(v, 1.0, release.title(v)) for v in codes[:limit]]

    def readings(self, text: str) -> list[Query]:
        """Return the query as typed, with its spelling mended, and once for each meaning of an ambiguous word."""
        written = [text[s:e] for s, e in token_spans(text)]
        folded = _without_negated(fold_all(text))
        present = set(folded)

        def nearby(context: Context, _position: int) -> bool:
            return bool(context.near & present)

        phrases = [folded]
        mended = [self.lexicon.correct(w) or w for w in folded]
        if mended != folded:
            phrases.append(mended)
        readings = [
            (p, [word for word, _, _ in self.lexicon.expander.expand(p, written, nearby, any_case=True)])
            for p in phrases
        ]
        queries = [self._query(typed, words) for typed, words in readings]
        meanings = [self._query(folded, words) for words in self.lexicon.expander.meanings(folded)]
        meanings.sort(key=self._frequency, reverse=True)
        return queries + [replace(q, handicap=_RARER * rank) for rank, q in enumerate(meanings)]

    def _frequency(self, query: Query) -> int:
        """Return how many cores hold all words of a reading: what the code set speaks of more is meant more often."""
        exact = [row for word in query.stems for row, similarity in word if similarity == 1.0]
        if not exact:
            return 0
        cores = [set(self.lexicon.postings.array(row).tolist()) for row in exact]
        return len(set.intersection(*cores))

    def _query(self, typed: list[str], words: list[str]) -> Query:
        kept, attributes = split_words(words)
        said = [w for w in kept if w[0].isalnum() or w[0] == "^"]
        content = [w for w in said if w not in stop_words()]
        if len(content) <= 2:
            content = [w for w in said if w in content or w in STRONG_WORDS]
        last = len(content) - 1
        stems = tuple(self.meanings(w, i == last) for i, w in enumerate(content))
        return Query(tuple(typed), tuple(words), stems, attributes)

    def _meanings(self, word: str, is_last: bool) -> tuple[tuple[int, float], ...]:
        """Return the stems a word may mean with their similarity: itself, completions, corrections."""
        ids = self.lexicon.stem_ids
        found: dict[int, float] = {}
        exact = ids.get(word if word in STRONG_WORDS or word[0] == "^" else stem(word))
        if exact is not None:
            found[exact] = 1.0
        if word in self.lexicon.short_forms:
            exact = self.lexicon.short_forms[word][0]
            found[exact] = 1.0
        if len(word) >= 3 and (exact is None or is_last):
            for known in self._completions(word):
                row = ids[known]
                found[row] = max(found.get(row, 0.0), 0.9 if exact is None else 0.55)
        if exact is None and len(word) >= 4:
            for _, known, distance in self.lexicon.spelling.nearest(word, 1):
                row = ids.get(known, -1)
                if row >= 0:
                    found[row] = max(found.get(row, 0.0), 1.0 - 0.12 * distance - 0.3 * (distance / len(word)))
        return tuple(sorted(found.items()))

    def _completions(self, prefix: str) -> list[str]:
        first = bisect_left(self._sorted_stems, prefix)
        last = bisect_left(self._sorted_stems, prefix + "\uffff")
        return self._sorted_stems[first : min(last, first + _MAX_PREFIX)]

    def _add_hits(self, query: Query, limit: int, place: int, found: dict[int, _Found]) -> None:
        """Add the leaves of a reading's best cores; a core that cannot reach the best `limit` is left alone."""
        if not query.stems:
            return
        words = frozenset(s for alternatives in query.stems for s, similarity in alternatives if similarity > 0.7)
        for core in sorted(self._promising(query, words), key=lambda c: -c.most):
            if core.most - query.handicap < _lowest(found, limit):
                break
            at = place + core.place
            for leaf in choose_leaves(self.lexicon, core.terms, query.attributes, words, _LEAVES):
                score = score_of(core.base, core.likeness[self.lexicon.term(leaf.term).code], leaf.fit)
                score = round(score - query.handicap, 4)
                known = found.get(leaf.code)
                if known is None or (score, known.place) > (known.score, at):
                    found[leaf.code] = _Found(score, at, leaf.term)

    def _promising(self, query: Query, words: frozenset[int]) -> list[_Core]:
        """Return the cores that agree best with a reading, and the most that a leaf of each can score."""
        lexicon = self.lexicon
        covered, total = self.coverage(query)
        scores = self.core_scores(covered, total)
        said = (" ".join(query.words), " ".join(query.typed))
        cores = []
        for at, core in enumerate(best_rows(scores, _CORES)):
            base = float(scores[core])
            if base > _LEAST:
                terms = [lexicon.term(t) for t in lexicon.core_terms.row(core)]
                likeness = _likeness_by_code(said, terms, [lexicon.term_texts[t.row] for t in terms])
                fit = highest_fit(lexicon, terms, query.attributes, words)
                most = score_of(base, max(likeness.values()), fit)
                cores.append(_Core(most, at, base, terms, likeness))
        return cores

    def coverage(self, query: Query) -> tuple[NDArray[np.float32], float]:
        """Return per core the weight of the query words it holds, and the weight of all query words."""
        lexicon = self.lexicon
        weights = lexicon.stem_weights
        covered = np.zeros(len(lexicon.core_stems), dtype=np.float32)
        total = 0.0
        for alternatives in query.stems:
            if not alternatives:
                total += 6.0
                continue
            word = np.zeros_like(covered)
            for row, similarity in alternatives:
                rows = lexicon.postings.array(row)
                word[rows] = np.maximum(word[rows], similarity * weights[row])
            covered += word
            total += max(similarity * weights[row] for row, similarity in alternatives)
        return covered, total

    def core_scores(self, covered: NDArray[np.float32], total: float) -> NDArray[np.float32]:
        """Return per core how well query and core cover each other, between 0 and 1."""
        of_query = np.minimum(covered / np.float32(total), 1.0)
        of_core = np.minimum(covered / np.maximum(self.lexicon.core_weights, 1e-6), 1.0)
        scores: NDArray[np.float32] = of_query * (0.4 + 0.6 * of_core)
        return scores


def _lowest(found: dict[int, _Found], limit: int) -> float:
    """Return the score of the last of the best `limit` codes; -1 where there are fewer."""
    return sorted(f.score for f in found.values())[-limit] if 0 < limit <= len(found) else -1.0


def score_of(base: float, likeness: float, fit: float) -> float:
    """Return the score of a leaf: how well its core and the query cover each other, likeness of words, fit.

    It grows with each of the three, so that it also bounds them.
    """
    fit = max(-1.0, min(1.0, fit / 3))
    return round(max(0.0, min(1.0, 0.74 * base + 0.1 * likeness + 0.08 + 0.08 * fit)), 4)


def _likeness_by_code(said: tuple[str, str], terms: list[Term], texts: list[str]) -> dict[int, float]:
    likeness: dict[int, float] = {}
    for term, text in zip(terms, texts, strict=True):
        best = max(likeness_of(words, text) for words in dict.fromkeys(said))
        likeness[term.code] = max(likeness.get(term.code, 0.0), best)
    return likeness


def likeness_of(said: str, text: str) -> float:
    """Return how alike the words of a query and of a term are in writing, in any order, between 0 and 1.

    What stands in parentheses or leaves something open ('NOS', 'unspecified') does not count.
    """
    return fuzz.token_sort_ratio(said, _BESIDE.sub("", text).lower()) / 100


def _without_negated(words: list[str]) -> list[str]:
    """Return the words of a query without those after 'no' or 'without': what is absent finds no code."""
    for at, word in enumerate(words):
        if word in ("no", "without") and at > 0:
            return words[:at]
    return words
