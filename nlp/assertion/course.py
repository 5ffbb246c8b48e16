"""How a finding runs: for life (chronic.txt) or to an end (resolvable.txt), by the words of its mention."""

from collections.abc import Iterable
from enum import Enum
from functools import cache, lru_cache

from codesets.index.words import token_spans
from nlp.assertion.rules import read_terms


class Course(Enum):
    """What is known of a finding's course."""

    CHRONIC = "chronic"
    REMITTING = "remitting"
    RESOLVABLE = "resolvable"
    UNKNOWN = "unknown"


_Phrases = dict[str, list[tuple[str, ...]]]


def _singular(word: str) -> str:
    """Return a word without the s of its plural; names would confuse `alcoholism` with `alcohol`."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" else word


def _table(terms: Iterable[str]) -> _Phrases:
    table: _Phrases = {}
    for term in terms:
        names = (term,) if term[0] == "*" else tuple(_singular(term[s:e]) for s, e in token_spans(term))
        table.setdefault(names[0], []).append(names)
    return table


@cache
def _tables() -> tuple[_Phrases, _Phrases, _Phrases, _Phrases]:
    """Return the phrases of episodes, of diseases that last, of those that may end, and of findings that end."""
    chronic, ending = read_terms("chronic.txt"), read_terms("resolvable.txt")
    return (
        _table(term[1:] for term in ending if term[0] == "!"),
        _table(term for term in chronic if term[0] != "~"),
        _table(term[1:] for term in chronic if term[0] == "~"),
        _table(term for term in ending if term[0] != "!"),
    )


def _holds(table: _Phrases, names: tuple[str, ...]) -> bool:
    for at, first in enumerate(names):
        if first.endswith("itis") and "*itis" in table:
            return True
        for phrase in table.get(first, ()):
            if names[at : at + len(phrase)] == phrase:
                return True
    return False


@lru_cache(maxsize=65536)
def course_of(words: tuple[str, ...]) -> Course:
    """Return the course of the finding that these folded words name; an episode overrules a lasting disease."""
    names = tuple(_singular(w) for w in words if w != "\n")
    episodes, chronic, remitting, ending = _tables()
    if "chronic" in names:
        return Course.CHRONIC
    if _holds(episodes, names):
        return Course.RESOLVABLE
    if _holds(chronic, names):
        return Course.CHRONIC
    if _holds(remitting, names):
        return Course.REMITTING
    return Course.RESOLVABLE if _holds(ending, names) else Course.UNKNOWN
