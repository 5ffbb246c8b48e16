"""How a finding runs: for life (chronic.txt) or to an end (resolvable.txt), by the words of its mention."""

from collections.abc import Iterable
from enum import Enum
from functools import cache, lru_cache

from codesets.index.words import token_spans
from nlp.assertion.rules import read_terms


class Course(Enum):
    """What is known of a finding's course."""

    CHRONIC = "chronic"
    RESOLVABLE = "resolvable"
    UNKNOWN = "unknown"


_Phrases = dict[str, list[tuple[str, ...]]]


def _singular(word: str) -> str:
    """Return a word without the s of its plural; names would confuse `alcoholism` with `alcohol`."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" else word


def _table(terms: Iterable[str]) -> _Phrases:
    table: _Phrases = {}
    for term in terms:
        names = tuple(_singular(term[s:e]) for s, e in token_spans(term))
        table.setdefault(names[0], []).append(names)
    return table


@cache
def _tables() -> tuple[_Phrases, _Phrases, _Phrases]:
    resolvable = read_terms("resolvable.txt")
    episodes = [term[1:] for term in resolvable if term.startswith("!")]
    ending = [term for term in resolvable if not term.startswith("!")]
    return _table(read_terms("chronic.txt")), _table(ending), _table(episodes)


def _holds(table: _Phrases, names: tuple[str, ...]) -> bool:
    for at, first in enumerate(names):
        for phrase in table.get(first, ()):
            if names[at : at + len(phrase)] == phrase:
                return True
    return False


@lru_cache(maxsize=65536)
def course_of(words: tuple[str, ...]) -> Course:
    """Return the course of the finding that these folded words name; an episode overrules a lasting disease."""
    names = tuple(_singular(w) for w in words if w != "\n")
    chronic, ending, episodes = _tables()
    if "chronic" in names and "acute" not in names:
        return Course.CHRONIC
    if _holds(episodes, names):
        if "chronic" in names:
            return Course.CHRONIC
        return Course.RESOLVABLE
    if _holds(chronic, names):
        return Course.CHRONIC
    return Course.RESOLVABLE if _holds(ending, names) else Course.UNKNOWN
