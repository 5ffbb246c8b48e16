"""Builds the lexicon of a release: every term's core words, grouped, with postings and n-grams."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from enum import IntEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from codesets.icd10cm.release import IcdRelease
from codesets.index.aliases import Alias
from codesets.index.expansion import Expander, fold_all
from codesets.index.plainwords import plain_words, write_plain_words
from codesets.index.spelling import write_spelling
from codesets.index.terms import TermFlag, TermWords, read_term, short_form_key
from codesets.index.words import stem, token_spans, weak_stems
from codesets.packed import write_array, write_texts
from codesets.types import NoteKind

_MAX_CORE = 14


class TermSource(IntEnum):
    """Where a term comes from."""

    TITLE = 0
    INCLUSION = 1
    ALIAS = 2


def build_lexicon(folder: Path, release: IcdRelease, aliases: tuple[Alias, ...]) -> None:
    """Write the lexicon of `release` with `aliases` to `folder`.

    One row per term: its code's row, its source, attributes, flags, alias row, and the row of its core, which
    terms with the same core words share. 7th-character extensions are no terms: their words choose the leaf.
    """
    plain = plain_words()
    expander = Expander(aliases, plain.__contains__)
    surface: dict[str, str] = {}
    cores: dict[tuple[str, ...], int] = {}
    columns: dict[str, list[int]] = defaultdict(list)
    texts: list[str] = []
    extra: list[tuple[str, ...]] = []
    absent: list[tuple[str, ...]] = []
    for row, text, source, number in _terms(release, aliases):
        alias = aliases[number] if number >= 0 else None
        words = short_form(text) if alias and is_token(alias) else read_term(text, expander)
        if source is not TermSource.TITLE and not _is_usable(words):
            continue
        surface.update((w, stem(w)) for w in fold_all(text) if w.isalpha())
        core = cores.setdefault(words.core, len(cores))
        if source is not TermSource.ALIAS and weak_stems().issuperset(words.core):
            words = replace(words, flags=words.flags | TermFlag.WEAK)
        header = TermFlag.NONE if release.is_billable(release.values[row]) else TermFlag.HEADER
        for name, value in (
            ("code", row),
            ("core", core),
            ("source", int(source)),
            ("attributes", words.attributes),
            ("flags", int(words.flags | header)),
            ("alias", number),
        ):
            columns[name].append(value)
        texts.append(text)
        extra.append(words.optional)
        absent.append(words.absent)
    for alias in aliases:
        surface.update((w, stem(w)) for w in fold_all(alias.term) if w.isalpha())
    dtypes = {"code": np.int32, "core": np.int32, "source": np.uint8, "attributes": np.uint64}
    dtypes |= {"flags": np.uint8, "alias": np.int32}
    _write_concepts(folder, release, columns)
    for name, dtype in dtypes.items():
        write_array(folder, f"term-{name}", np.array(columns[name], dtype=dtype))
    write_texts(folder, "term-texts", texts)
    _write_words(folder, list(cores), extra, absent, columns["core"])
    write_spelling(folder, surface)
    write_plain_words(folder, plain)


def _write_concepts(folder: Path, release: IcdRelease, columns: dict[str, list[int]]) -> None:
    """Write per code the row of its title's term (-1 for 7th-character extensions) and whether it is a concept leaf.

    A concept leaf is billable or lacks only its 7th character.
    """
    titles = np.full(len(release), -1, dtype=np.int32)
    for row, (code, source) in enumerate(zip(columns["code"], columns["source"], strict=True)):
        if source == TermSource.TITLE:
            titles[code] = row
    leaves = np.zeros(len(release), dtype=np.uint8)
    with_children = {release.parent(v) for row, v in enumerate(release.values) if titles[row] >= 0}
    for row, value in enumerate(release.values):
        leaves[row] = titles[row] >= 0 and value not in with_children
    write_array(folder, "code-title", titles)
    write_array(folder, "code-is-leaf", leaves)


def is_token(alias: Alias) -> bool:
    """Tell whether a short form is one token, as notes are cut (`COPD`, not `A/V`)."""
    return alias.is_short_form and len(token_spans(alias.term)) == 1


def short_form(term: str) -> TermWords:
    """Return a one-token short form as a term of its own stem."""
    return TermWords((short_form_key(term),), (), (), 0, TermFlag.NONE)


def _terms(release: IcdRelease, aliases: tuple[Alias, ...]) -> Iterator[tuple[int, str, TermSource, int]]:
    for row, value in enumerate(release.values):
        parent = release.parent(value)
        if len(value) == 7 and parent is not None and value[6] in release.seventh_characters(parent):
            continue
        yield row, release.titles[row], TermSource.TITLE, -1
        for note in release.own_notes(value):
            if note.kind is NoteKind.INCLUSION_TERM or (note.kind is NoteKind.INCLUDES and not note.ranges):
                yield row, note.text, TermSource.INCLUSION, -1
    for number, alias in enumerate(aliases):
        if alias.code is not None and alias.code in release:
            yield release.row(alias.code), alias.term, TermSource.ALIAS, number


def _is_usable(words: TermWords) -> bool:
    return 0 < len(words.core) <= _MAX_CORE


def _write_words(
    folder: Path,
    cores: list[tuple[str, ...]],
    optional: list[tuple[str, ...]],
    absent: list[tuple[str, ...]],
    core_of_term: list[int],
) -> None:
    vocabulary = sorted({s for c in cores for s in c} | {s for g in (*optional, *absent) for s in g})
    ids = {s: i for i, s in enumerate(vocabulary)}
    counts = np.zeros(len(vocabulary), dtype=np.int64)
    postings: list[list[int]] = [[] for _ in vocabulary]
    for row, core in enumerate(cores):
        for s in core:
            counts[ids[s]] += 1
            postings[ids[s]].append(row)
    weights = np.array([math.log1p(len(cores) / (1 + n)) for n in counts], dtype=np.float32)
    anchors: list[list[int]] = [[] for _ in vocabulary]
    for row, core in enumerate(cores):
        if core:
            anchors[max((ids[s] for s in core), key=lambda i: (weights[i], -i))].append(row)
    write_texts(folder, "stems", vocabulary)
    write_array(folder, "stem-weights", weights)
    write_rows(folder, "core-stems", [[ids[s] for s in c] for c in cores])
    write_rows(folder, "optional-stems", [[ids[s] for s in g] for g in optional])
    write_rows(folder, "absent-stems", [[ids[s] for s in g] for g in absent])
    write_rows(folder, "postings", postings)
    write_rows(folder, "anchors", anchors)
    terms: list[list[int]] = [[] for _ in cores]
    for term, core_row in enumerate(core_of_term):
        terms[core_row].append(term)
    write_rows(folder, "core-terms", terms)
    totals = np.array([sum(float(weights[ids[s]]) for s in c) for c in cores], dtype=np.float32)
    write_array(folder, "core-weights", totals)


def write_rows(folder: Path, name: str, rows: list[list[int]]) -> None:
    """Write ragged integer rows as values and offsets."""
    offsets = np.zeros(len(rows) + 1, dtype=np.uint32)
    np.cumsum([len(r) for r in rows], out=offsets[1:])
    values: NDArray[np.int32] = np.fromiter((v for r in rows for v in r), dtype=np.int32, count=int(offsets[-1]))
    write_array(folder, f"{name}-offsets", offsets)
    write_array(folder, f"{name}-values", values)
