"""Where the lexicon's terms come from: titles, inclusion terms, the alias table, an installed Alphabetic Index."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

from codesets.icd10cm.release import IcdRelease
from codesets.index.aliases import Alias, Context
from codesets.index.expansion import Expander, fold_all, is_sign, short_form_key
from codesets.index.terms import TermFlag, TermWords, read_term
from codesets.index.wordings import reworded
from codesets.index.words import alone_stems, blocked_terms, token_spans, weak_stems
from codesets.types import NoteKind

_MAX_CORE = 14


class TermSource(IntEnum):
    """Where a term comes from."""

    TITLE = 0
    INCLUSION = 1
    ALIAS = 2
    INDEX = 3


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """A way to say a code: the code's row, the text, its source, its parts, and the alias row (-1 for none)."""

    code: int
    text: str
    source: TermSource
    words: TermWords
    alias: int = -1

    @property
    def is_wording(self) -> bool:
        """True for a title in the words of notes, which counts as an alias."""
        return self.source is TermSource.ALIAS and self.alias < 0


def source_terms(
    release: IcdRelease, aliases: tuple[Alias, ...], expander: Expander, index_terms: Path | None
) -> Iterator[SourceTerm]:
    """Yield the terms of a release; 7th-character extensions are none, their words choose the leaf."""
    for term in _all_terms(release, aliases, expander, index_terms):
        if term.source is not TermSource.TITLE and not 0 < len(term.words.core) <= _MAX_CORE:
            continue
        flags = term.words.flags
        if _is_weak(term, release.values[term.code]):
            flags |= TermFlag.WEAK
        if not release.is_billable(release.values[term.code]):
            flags |= TermFlag.HEADER
        yield replace(term, words=replace(term.words, flags=flags))


def _is_weak(term: SourceTerm, value: str) -> bool:
    """Tell whether a term's words, met in a note, need more than themselves to mean its code.

    Reasons for encounters (Z00–Z15, Z30–Z53), activities (Y93) and coma scores (R40.2) are not read from prose by
    their titles; aliases name the phrases that do mean them.
    """
    core = term.words.core
    if len(core) == 1 and core[0] in alone_stems():
        return True
    if term.source is TermSource.ALIAS:
        return False
    is_encounter = "Z00" <= value[:3] <= "Z15" or "Z30" <= value[:3] <= "Z53" or value.startswith(("Y93", "R402"))
    return is_encounter or term.text in blocked_terms() or weak_stems().issuperset(core)


def _all_terms(
    release: IcdRelease, aliases: tuple[Alias, ...], expander: Expander, index_terms: Path | None
) -> Iterator[SourceTerm]:
    for row, value in enumerate(release.values):
        parent = release.parent(value)
        if len(value) == 7 and parent is not None and value[6] in release.seventh_characters(parent):
            continue
        title = release.titles[row]
        yield SourceTerm(row, title, TermSource.TITLE, read_term(title, expander))
        for half in _halves(title):
            yield SourceTerm(row, half, TermSource.INCLUSION, read_term(half, expander))
        if _is_concept(release, value):
            for text in reworded(value, title):
                words = read_term(text, expander)
                if not words.flags & TermFlag.OTHER:
                    yield SourceTerm(row, text, TermSource.ALIAS, words)
        for note in release.own_notes(value):
            if note.kind is NoteKind.INCLUSION_TERM or (note.kind is NoteKind.INCLUDES and not note.ranges):
                yield SourceTerm(row, note.text, TermSource.INCLUSION, read_term(note.text, expander))
    for number, alias in enumerate(aliases):
        if alias.code is not None and alias.code in release:
            row = release.row(alias.code)
            for words in _readings(alias, expander):
                yield SourceTerm(row, alias.term, TermSource.ALIAS, words, number)
    if index_terms is not None:
        for line in index_terms.read_text(encoding="utf-8").splitlines():
            text, _, value = line.rpartition("\t")
            if value in release:
                yield SourceTerm(release.row(value), text, TermSource.INDEX, read_term(text, expander))


def _is_concept(release: IcdRelease, value: str) -> bool:
    """Tell whether a code is billable or lacks only its 7th character."""
    return release.is_billable(value) or any(f"{value:X<6}{c}" in release for c in release.seventh_characters(value))


_DISEASE = (
    r"\w+(?:itis|osis|asis|[ae]mia|uria|oma|opathy|ism|algia|megaly|plegia|paresis|penia|trophy|arthria|phasia|myelia"
    r"|kinesia|ectasis|occlusion|effusion|infarction|abscess|ulcer|cyst|polyp|fistula|hemorrhage|thrombosis)"
)
_TWO = re.compile(rf"({_DISEASE}) and ({_DISEASE})( of .*)?\Z", re.IGNORECASE)


def _halves(title: str) -> tuple[str, ...]:
    """Return both findings of a title that names two of them ('Occlusion and stenosis of left carotid artery')."""
    match = _TWO.match(title)
    if match is None:
        return ()
    return tuple(f"{word}{match.group(3) or ''}" for word in (match.group(1), match.group(2)))


def _readings(alias: Alias, expander: Expander) -> list[TermWords]:
    """Return the parts of an alias: as it stands, and with its ambiguous words expanded by its own words.

    A note expands 'prior MI' beside an infarct; the alias 'prior MI' must meet it there.
    """
    if is_sign(alias.term) or is_token(alias):
        return [TermWords((short_form_key(alias.term),), (), (), 0, TermFlag.NONE)]
    own = set(fold_all(alias.term))

    def in_own_words(context: Context, _position: int) -> bool:
        return bool(context.near & own)

    plain = read_term(alias.term, expander)
    expanded = read_term(alias.term, expander, in_own_words)
    return [plain] if expanded == plain else [plain, expanded]


def is_token(alias: Alias) -> bool:
    """Tell whether a short form is one token, as notes are cut (`COPD`, not `A/V`)."""
    return alias.is_short_form and len(token_spans(alias.term)) == 1 and not is_sign(alias.term)
