"""Builds the lexicon of a release: every term's core words, grouped, with postings and n-grams."""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from codesets.icd10cm.release import IcdRelease
from codesets.index.aliases import Alias
from codesets.index.expansion import Expander, fold_all
from codesets.index.plainwords import plain_words, write_plain_words
from codesets.index.sources import SourceTerm, TermSource, source_terms
from codesets.index.spelling import write_spelling
from codesets.index.words import stem
from codesets.packed import write_array, write_texts


def build_lexicon(
    folder: Path, release: IcdRelease, aliases: tuple[Alias, ...], index_terms: Path | None = None
) -> None:
    """Write the lexicon of `release` with `aliases` to `folder`.

    One row per term: its code's row, its source, attributes, flags, alias row, and the row of its core, which
    terms with the same core words share.
    """
    plain = plain_words()
    terms = list(source_terms(release, aliases, Expander(aliases, plain.__contains__), index_terms))
    cores: dict[tuple[str, ...], int] = {}
    core_of_term = [cores.setdefault(t.words.core, len(cores)) for t in terms]
    write_array(folder, "term-code", np.array([t.code for t in terms], dtype=np.int32))
    write_array(folder, "term-core", np.array(core_of_term, dtype=np.int32))
    write_array(folder, "term-source", np.array([t.source for t in terms], dtype=np.uint8))
    write_array(folder, "term-attributes", np.array([t.words.attributes for t in terms], dtype=np.uint64))
    write_array(folder, "term-flags", np.array([t.words.flags for t in terms], dtype=np.uint8))
    write_array(folder, "term-alias", np.array([t.alias for t in terms], dtype=np.int32))
    write_texts(folder, "term-texts", [t.text for t in terms])
    _write_concepts(folder, release, terms)
    _write_words(folder, list(cores), terms, core_of_term)
    spelled_out = (*(t.text for t in terms if t.alias < 0), *(a.term for a in aliases if not a.is_short_form))
    write_spelling(folder, {w: stem(w) for text in spelled_out for w in fold_all(text) if w.isalpha()})
    write_plain_words(folder, plain)


def _write_concepts(folder: Path, release: IcdRelease, terms: list[SourceTerm]) -> None:
    """Write per code the row of its title's term (-1 for 7th-character extensions) and whether it is a concept leaf.

    A concept leaf is billable or lacks only its 7th character.
    """
    titles = np.full(len(release), -1, dtype=np.int32)
    for row, term in enumerate(terms):
        if term.source is TermSource.TITLE:
            titles[term.code] = row
    leaves = np.zeros(len(release), dtype=np.uint8)
    with_children = {release.parent(v) for row, v in enumerate(release.values) if titles[row] >= 0}
    for row, value in enumerate(release.values):
        leaves[row] = titles[row] >= 0 and value not in with_children
    write_array(folder, "code-title", titles)
    write_array(folder, "code-is-leaf", leaves)


def _write_words(
    folder: Path, cores: list[tuple[str, ...]], terms: list[SourceTerm], core_of_term: list[int]
) -> None:
    """Write the stems, their weights, and the cores by stem; a stem's weight does not count wordings of titles."""
    beside = {s for t in terms for s in (*t.words.optional, *t.words.absent)}
    vocabulary = sorted({s for c in cores for s in c} | beside)
    ids = {s: i for i, s in enumerate(vocabulary)}
    postings: list[list[int]] = [[] for _ in vocabulary]
    for row, core in enumerate(cores):
        for s in core:
            postings[ids[s]].append(row)
    worded = {core for t, core in zip(terms, core_of_term, strict=True) if not t.is_wording}
    uses = [sum(1 for row in p if row in worded) for p in postings]
    weights = np.array([math.log1p(len(worded) / (1 + n)) for n in uses], dtype=np.float32)
    anchors: list[list[int]] = [[] for _ in vocabulary]
    for row, core in enumerate(cores):
        if core:
            anchors[max((ids[s] for s in core), key=lambda i: (weights[i], -i))].append(row)
    core_terms: list[list[int]] = [[] for _ in cores]
    for term, core_row in enumerate(core_of_term):
        core_terms[core_row].append(term)
    totals = [sum(float(weights[ids[s]]) for s in c) for c in cores]
    write_texts(folder, "stems", vocabulary)
    write_array(folder, "stem-weights", weights)
    write_array(folder, "core-weights", np.array(totals, dtype=np.float32))
    write_rows(folder, "core-stems", [[ids[s] for s in c] for c in cores])
    write_rows(folder, "core-terms", core_terms)
    write_rows(folder, "optional-stems", [[ids[s] for s in t.words.optional] for t in terms])
    write_rows(folder, "absent-stems", [[ids[s] for s in t.words.absent] for t in terms])
    write_rows(folder, "postings", postings)
    write_rows(folder, "anchors", anchors)


def write_rows(folder: Path, name: str, rows: list[list[int]]) -> None:
    """Write ragged integer rows as values and offsets."""
    offsets = np.zeros(len(rows) + 1, dtype=np.uint32)
    np.cumsum([len(r) for r in rows], out=offsets[1:])
    values: NDArray[np.int32] = np.fromiter((v for r in rows for v in r), dtype=np.int32, count=int(offsets[-1]))
    write_array(folder, f"{name}-offsets", offsets)
    write_array(folder, f"{name}-values", values)
