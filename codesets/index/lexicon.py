"""The lexicon of a release, read from memory-mapped files: terms, cores, postings, spelling."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from codesets.cache import built_once, content_key
from codesets.icd10cm.release import IcdRelease
from codesets.index.aliases import Alias, Context
from codesets.index.build import build_lexicon
from codesets.index.expansion import Expander, aliases, fold_all, needs_capitals, short_form_key
from codesets.index.plainwords import PlainWords, source_bytes
from codesets.index.sources import TermSource, is_token
from codesets.index.spelling import Spelling, is_slip
from codesets.index.terms import TermFlag
from codesets.index.words import fold, stem, weak_stems
from codesets.packed import PackedTexts, open_array, open_view

FORMAT = b"lexicon-14"
_DATA = (
    "aliases.tsv",
    "attributes.tsv",
    "stopwords.txt",
    "weak_words.txt",
    "alone_words.txt",
    "blocked_terms.txt",
    "wordings.tsv",
)
_MIN_MISSPELLED = 5


@dataclass(frozen=True, slots=True)
class Term:
    """One way to say a code: its row in the release, its source, its attributes and its `TermFlag` bits."""

    row: int
    code: int
    source: TermSource
    attributes: int
    flags: int
    context: Context | None


class Rows:
    """Ragged integer rows of `write_rows`; a row is read as a tuple."""

    def __init__(self, folder: Path, name: str) -> None:
        self._offsets = open_view(folder, f"{name}-offsets")
        self._values: NDArray[np.int32] = np.asarray(open_array(folder, f"{name}-values", np.int32))
        self._numbers = memoryview(self._values)  # type: ignore[arg-type]  # numpy arrays are buffers
        self.row = lru_cache(maxsize=65536)(self._row)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def array(self, row: int) -> NDArray[np.int32]:
        """Return the row as an array, not copied."""
        return self._values[self._offsets[row] : self._offsets[row + 1]]

    def _row(self, row: int) -> tuple[int, ...]:
        return tuple(self._numbers[self._offsets[row] : self._offsets[row + 1]])


class Lexicon:
    """Every way to say a code of one release.

    A *core* is the set of stems that a phrase must hold; terms that differ in attributes alone share one. Each
    core is filed under its rarest stem, its anchor. Nothing is decoded until asked for. `attributes` and `flags`
    are those of every term, by row, for loops over many terms.
    """

    def __init__(self, folder: Path, release: IcdRelease, own_words: tuple[Alias, ...] = ()) -> None:
        self.release = release
        self._alias_table = (*aliases(), *own_words)
        self.folder = folder
        stems = PackedTexts(folder, "stems")
        self.stem_ids = {s: i for i, s in enumerate(stems)}
        self.part_stems = frozenset(self.stem_ids[s] for s in weak_stems() if s in self.stem_ids)
        self.stem_weights: list[float] = open_array(folder, "stem-weights", np.float32).tolist()
        self.core_weights: NDArray[np.float32] = open_array(folder, "core-weights", np.float32)
        self.core_stems = Rows(folder, "core-stems")
        self.core_terms = Rows(folder, "core-terms")
        self.anchors = Rows(folder, "anchors")
        self.postings = Rows(folder, "postings")
        self.optional_stems = Rows(folder, "optional-stems")
        self.absent_stems = Rows(folder, "absent-stems")
        self.term_texts = PackedTexts(folder, "term-texts")
        self._codes = open_view(folder, "term-code")
        self._cores = open_view(folder, "term-core")
        self._sources = open_view(folder, "term-source")
        self.attributes = open_view(folder, "term-attributes")
        self.flags = open_view(folder, "term-flags")
        self._aliases = open_view(folder, "term-alias")
        self._code_titles = open_view(folder, "code-title")
        self._is_leaf = open_view(folder, "code-is-leaf")
        self.spelling = Spelling(folder)
        self.plain_words = PlainWords(folder)
        self._surface = frozenset(self.spelling.words)
        self.correct = lru_cache(maxsize=32768)(self._correct)
        self.short_forms = self._read_short_forms()
        self.expander = Expander(self._alias_table, self.plain_words.holds)
        self.term = lru_cache(maxsize=65536)(self._term)
        self.spelled = lru_cache(maxsize=16384)(self._spelled)
        self.optional_words = lru_cache(maxsize=65536)(self._optional_words)
        self._leaf_rows: list[int] = np.flatnonzero(np.asarray(self._is_leaf)).tolist()
        self.concepts_below = lru_cache(maxsize=16384)(self._concepts_below)
        self.extensions = lru_cache(maxsize=65536)(self._extensions)

    def _read_short_forms(self) -> dict[str, tuple[int, frozenset[str]]]:
        """Return folded short form → its stem id, and the spellings it needs (empty: any case)."""
        found: dict[str, tuple[int, frozenset[str]]] = {}
        for alias in self._alias_table:
            row = self.stem_ids.get(short_form_key(alias.term)) if alias.code and is_token(alias) else None
            if row is not None:
                folded = fold(alias.term)
                spellings = found.get(folded, (row, frozenset()))[1]
                if needs_capitals(alias.term, self.plain_words.holds):
                    spellings |= {alias.term}
                found[folded] = row, spellings
        return found

    def short_form(self, written: str, folded: str) -> int:
        """Return the stem id of a short form as written in a note, or -1."""
        known = self.short_forms.get(folded)
        return known[0] if known and (not known[1] or written in known[1]) else -1

    def _correct(self, word: str) -> str | None:
        """Return the known word that an unknown folded word most likely is, or None.

        Known are plain English, the words of terms and aliases, and short forms. Two corrections that are equally
        near and differ in their stem are none.
        """
        if len(word) < _MIN_MISSPELLED or not word.isalpha() or not word.isascii():
            return None
        if word in self._surface or word in self.short_forms or stem(word) in self.stem_ids:
            return None
        if self.plain_words.holds(word):
            return None
        nearest = self.spelling.nearest(word)
        if not nearest or (len(nearest) > 1 and nearest[1][2] == nearest[0][2] and nearest[1][1] != nearest[0][1]):
            return None
        return nearest[0][0] if is_slip(word, nearest[0][0]) else None

    def _term(self, row: int) -> Term:
        alias = self._aliases[row]
        return Term(
            row,
            self._codes[row],
            TermSource(self._sources[row]),
            self.attributes[row],
            self.flags[row],
            self._alias_table[alias].context if alias >= 0 else None,
        )

    def title_row(self, code: int) -> int:
        """Return the row of the title's term of a code's row; -1 for 7th-character extensions, which have none."""
        row: int = self._code_titles[code]
        return row

    def title_term(self, code: int) -> Term | None:
        """Return the title of a code's row as a term; None for 7th-character extensions, which have none."""
        row = self._code_titles[code]
        return self.term(row) if row >= 0 else None

    def is_concept_leaf(self, code: int) -> bool:
        """Tell whether a code is billable or lacks only its 7th character."""
        return bool(self._is_leaf[code])

    def _concepts_below(self, code: int) -> tuple[int, ...]:
        """Return the rows below a code that are billable or lack only their 7th character."""
        values, rows = self.release.values, self._leaf_rows
        last = bisect_left(values, values[code] + "\uffff", code)
        return tuple(rows[bisect_left(rows, code + 1) : bisect_left(rows, last)])

    def _extensions(self, code: int) -> tuple[tuple[str, int], ...] | None:
        """Return (words, row) of the billable 7th-character extensions of a code; None for a billable code."""
        release = self.release
        value = release.values[code]
        if release.is_billable(value):
            return None
        base = value.ljust(6, "X")
        table = release.seventh_characters(value)
        return tuple((t, release.row(base + c)) for c, t in table.items() if release.is_billable(base + c))

    def same_title_core(self, title: Term) -> list[int]:
        """Return the codes whose titles differ from `title` in attributes alone, in whatever category."""
        if title.flags & TermFlag.WEAK:
            return []
        terms = self.core_terms.row(self.core_of(title.row))
        titled = (self._codes[t] for t in terms if self._sources[t] == TermSource.TITLE)
        return [code for code in titled if self._is_leaf[code]]

    def _spelled(self, core: int) -> frozenset[str]:
        """Return the words by which the terms of a one-word core say it, with their inflections.

        A stem alone conflates too much there: 'alcohol' is no 'alcoholism', 'teeth' no 'teething'.
        """
        found: set[str] = set()
        for row in self.core_terms.row(core):
            words = self.expander.expand(fold_all(self.term_texts[row]), fold_all(self.term_texts[row]))
            found.update(word for word, _, _ in words)
        singular = {w[:-1] for w in found if len(w) > 4 and w[-1] == "s" and not w.endswith(("ss", "is", "us"))}
        return frozenset(w + ending for w in found | singular for ending in ("", "s", "es", "ing"))

    def _optional_words(self, core: int) -> frozenset[int]:
        """Return the stems that terms of a core may bring along (in parentheses or implied, as an ear by otitis)."""
        terms = self.core_terms.row(core)
        return frozenset(s for t in terms for s in self.optional_stems.row(t))

    def core_of(self, term: int) -> int:
        """Return the core row of a term."""
        return self._cores[term]


def open_lexicon(release: IcdRelease, index_terms: Path | None = None, own_words: tuple[Alias, ...] = ()) -> Lexicon:
    """Return the lexicon of a release, building it on first use.

    It holds the project's aliases, an installed Index and the `own_words` of a site.
    """
    data = files("codesets.data")
    parts = [FORMAT, release.identity.encode(), source_bytes(), *(data.joinpath(n).read_bytes() for n in _DATA)]
    if index_terms is not None:
        parts.append(index_terms.read_bytes())
    parts += [f"{a.term}\t{a.code}".encode() for a in own_words]
    folder = built_once(
        f"lexicon-{release.code_set.release}-{content_key(parts)}",
        lambda draft: build_lexicon(draft, release, (*aliases(), *own_words), index_terms),
    )
    return Lexicon(folder, release, own_words)
