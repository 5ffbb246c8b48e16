"""Sentences marked in place, `Denies [chest pain](negated).`, and what the asserter makes of them."""

import re
from pathlib import Path

from nlp.assertion import Asserter
from nlp.sentences.splitter import split_sentences
from nlp.tokens import Tokens, tokenize
from nlp.types import Assertion, Section, Sentence, Span

_MARK = re.compile(r"\[([^\[\]]+)\]\((\w+)\)")
ASSERTER = Asserter()


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    text, found, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        found.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        at = match.end()
    return text + marked[at:], found


def rows_at(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    inside = [n for n in range(len(tokens)) if tokens.starts[n] < end and tokens.ends[n] > start]
    return inside[0], inside[-1] + 1


def assert_all(marked: str, section: str = "unknown", year: int | None = None) -> list[tuple[str, str, Assertion]]:
    """Return (words, label, assertion) of each mark; every sentence of the text stands in `section`."""
    text, found = unmark(marked)
    tokens = tokenize(text)
    whole = Section(section, Span(0, 0) if section != "unknown" else None, 0, len(text))
    made = []
    for sentence in split_sentences(tokens, (whole,)):
        inside = [f for f in found if tokens.starts[sentence.first] <= f[0] < tokens.ends[sentence.last - 1]]
        places = [rows_at(tokens, start, end) for start, end, _ in inside]
        asserted = ASSERTER.assert_mentions(tokens, sentence, whole, places, year)
        made += [(text[s:e], label, a) for (s, e, label), a in zip(inside, asserted, strict=True)]
    assert len(made) == len(found)
    return made


def assert_one(text: str, *words: str, section: Section | None = None) -> list[Assertion]:
    """Return the assertions of `words` in a text that is one sentence."""
    tokens = tokenize(text)
    places = [rows_at(tokens, text.index(w), text.index(w) + len(w)) for w in words]
    whole = section or Section("unknown", None, 0, len(text))
    return ASSERTER.assert_mentions(tokens, Sentence(0, len(tokens), 0), whole, places)


def read_rows(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
