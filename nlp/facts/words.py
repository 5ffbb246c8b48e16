"""The word classes of drugs, measures, tobacco and operations."""

from functools import cache
from importlib.resources import files

from nlp.facts.phrases import PhraseTable


@cache
def word_sets(name: str) -> dict[str, frozenset[str]]:
    """Return class → its single words, from one of the tables of this folder."""
    return {kind: frozenset(words.split()) for kind, words in _rows(name)}


@cache
def classes_of(name: str) -> dict[str, PhraseTable[str]]:
    """Return class → its phrases, from one of the tables of this folder."""
    return {kind: PhraseTable((p, kind) for p in phrases.split("|")) for kind, phrases in _rows(name)}


@cache
def phrases_of(name: str) -> PhraseTable[str]:
    """Return one table of all phrases of a table of this folder; each means its class."""
    return PhraseTable((p, kind) for kind, phrases in _rows(name) for p in phrases.split("|"))


def _rows(name: str) -> list[tuple[str, str]]:
    text = files("nlp.facts").joinpath(name).read_text(encoding="utf-8")
    parts = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [(kind, words) for kind, words in parts]
