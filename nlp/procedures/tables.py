"""The tables of this folder: cues, details and the parts of a note."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from nlp.facts.phrases import PhraseTable
from nlp.procedures.types import CueKind, Part


class CueMeaning(NamedTuple):
    """What a cue says, and on which side of it within how many tokens a procedure must stand."""

    kind: CueKind
    after: bool
    before: bool
    reach: int


@cache
def cue_table() -> PhraseTable[tuple[CueMeaning, ...]]:
    """Return the cues; a phrase may be a cue on each side of it with another meaning."""
    found: dict[str, list[CueMeaning]] = {}
    for kind, side, reach, phrases in _rows("cues.tsv"):
        meaning = CueMeaning(CueKind(kind), side in ("before", "any"), side in ("after", "any"), int(reach))
        for phrase in phrases.split("|"):
            found.setdefault(phrase, []).append(meaning)
    return PhraseTable((phrase, tuple(meanings)) for phrase, meanings in found.items())


@cache
def detail_table() -> PhraseTable[tuple[tuple[str, str], ...]]:
    """Return phrase → the (key, value) pairs that it states."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, value, phrases in _rows("details.tsv"):
        for phrase in phrases.split("|"):
            found.setdefault(phrase, []).append((key, value))
    return PhraseTable((phrase, tuple(facts)) for phrase, facts in found.items())


@cache
def detail_values() -> frozenset[tuple[str, str]]:
    """Return the (key, value) pairs that have words of their own."""
    return frozenset((key, value) for key, value, _ in _rows("details.tsv"))


@cache
def part_headings() -> dict[str, Part]:
    """Return heading words → part; the first row of the table wins."""
    found: dict[str, Part] = {}
    for part, headings in _rows("parts.tsv"):
        for heading in headings.split("|"):
            found.setdefault(heading, Part(part))
    return found


@cache
def list_openings() -> dict[str, tuple[str, ...]]:
    """Return what the items of a list are (`done`, `undone`) → the words that open it."""
    return {kind: tuple(phrases.split("|")) for kind, phrases in _rows("lists.tsv")}


def _rows(name: str) -> list[list[str]]:
    text = files("nlp.procedures").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
