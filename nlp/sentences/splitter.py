"""Cuts a note's tokens into sentences and list items.

A full stop ends a sentence unless an abbreviation, an initial or a list number owns it; an abbreviation that does not
stand before a name ('Dr.', 'e.g.') owns none before a capital. A line end ends one where the next line starts a list
item or a capital, or where the line before was too short to have been wrapped.
"""

import re
from functools import cache
from importlib.resources import files

from nlp.tokens import Tokens
from nlp.types import Section, Sentence

_WRAPPED_CHARS = 50
_BULLET = frozenset({"-", "*", "•", "–", "+", ">", "#", "·", "o"})
_OPEN_ENDS = frozenset({"and", "or", "with", "of", "the", "a", "in", "to", "for", "by", "no", "is", "was", "at", "/"})
_NUMBER = re.compile(r"\d{1,2}\Z")
_MAX_TOKENS = 120
_LIST_HEADS = frozenset(
    {"denies", "denied", "deny", "negative", "neg", "negatives", "pertinent", "excluded", "no", "not"}
)
_HEAD_TOKENS = 4
_BEFORE_ANSWER = frozenset(":?.|=-–—☐☑☒□✓✔])")
_ASKING = frozenset(("for", "of", "has", "had", "with", "vs", "or", "and", "possible"))
_BEFORE_DOUBT = _ASKING | {",", ":", ";", ".", "(", "-", "–", "/", "*", "•", "+", "#", "\n"}


@cache
def _abbreviations() -> frozenset[str]:
    return _word_list("abbreviations.txt")


@cache
def _leading() -> frozenset[str]:
    return _word_list("leading.txt")


def _word_list(name: str) -> frozenset[str]:
    text = files("nlp.sentences").joinpath(name).read_text(encoding="utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.lower().split())


def split_sentences(tokens: Tokens, sections: tuple[Section, ...]) -> list[Sentence]:
    """Return the sentences in order; headings and line ends at their edges belong to none."""
    sentences: list[Sentence] = []
    position = 0
    for row, section in enumerate(sections):
        body = section.heading.end if section.heading else section.start
        while position < len(tokens) and tokens.starts[position] < body:
            position += 1
        first = position
        while position < len(tokens) and tokens.starts[position] < section.end:
            position += 1
        _split(tokens, first, position, row, sentences)
    return sentences


def _split(tokens: Tokens, first: int, last: int, section: int, out: list[Sentence]) -> None:
    start = first
    line_start = first
    written = tokens.written
    for at in range(first, last):
        word = written[at]
        if word == "\n":
            if _ends_line(tokens, line_start, at, last):
                _add(tokens, start, at, section, out)
                start = at + 1
            line_start = at + 1
        elif _ends_here(tokens, at, start, last):
            _add(tokens, start, at + 1, section, out)
            start = at + 1
        elif word.isdigit() and at > start and _is_next_item(tokens, at, start, last):
            _add(tokens, start, at, section, out)
            start = at
    _add(tokens, start, last, section, out)


def _ends_here(tokens: Tokens, at: int, start: int, last: int) -> bool:
    word = tokens.written[at]
    if word in ".?!;":
        if word == ";" and _lists(tokens, start):
            return False
        return _ends_sentence(tokens, at, start, last)
    return at - start >= (_MAX_TOKENS if word in ",:" else 2 * _MAX_TOKENS)


def _add(tokens: Tokens, first: int, last: int, section: int, out: list[Sentence]) -> None:
    while first < last and tokens.written[first] == "\n":
        first += 1
    while last > first and tokens.written[last - 1] == "\n":
        last -= 1
    if any(tokens.written[at][0].isalnum() for at in range(first, last)):
        out.append(Sentence(first, last, section))


def _ends_line(tokens: Tokens, line_start: int, at: int, last: int) -> bool:
    following = at + 1
    if following >= last or tokens.written[following] == "\n" or at == line_start:
        return True
    word = tokens.written[following]
    before = tokens.folded[at - 1]
    if before in _OPEN_ENDS and not (before == "no" and _answers(tokens, at - 1, line_start)):
        return False
    if word in _BULLET or _is_list_number(tokens, following, last) or _counts_on(tokens.written[line_start], word):
        return True
    if word[0].islower() or not word[0].isalnum():
        return tokens.ends[at - 1] - tokens.starts[line_start] < _WRAPPED_CHARS
    return before in ".:;" or tokens.ends[at - 1] - tokens.starts[line_start] < _WRAPPED_CHARS


def _lists(tokens: Tokens, start: int) -> bool:
    """Tell whether a sentence is a list that a denial heads (`Denies: fever; chills`): semicolons part its items."""
    words = tokens.folded[start : start + _HEAD_TOKENS]
    return ":" in words and words[0] in _LIST_HEADS


def _answers(tokens: Tokens, at: int, line_start: int) -> bool:
    """Tell whether a word is the answer of a form (`Stroke: No`), not the beginning of a denial."""
    return at > line_start and tokens.folded[at - 1] in _BEFORE_ANSWER


def _counts_on(one: str, other: str) -> bool:
    """Tell whether two lines begin with one number and the next ('1 HTN …', '2 COPD …')."""
    return len(one) < 3 and one.isdecimal() and other.isdecimal() and int(other) == int(one) + 1


def _is_next_item(tokens: Tokens, at: int, start: int, last: int) -> bool:
    """Tell whether a number inside a line begins the next item of a list."""
    return _is_list_number(tokens, at, last) and _continues_list(tokens, start, at)


def _is_list_number(tokens: Tokens, at: int, last: int) -> bool:
    """Tell whether a token is the number of a list item ('2.' or '2)' before a word)."""
    if at + 2 >= last or not _NUMBER.match(tokens.written[at]):
        return False
    mark, following = tokens.written[at + 1], tokens.written[at + 2]
    if mark not in ".)" or tokens.starts[at + 1] != tokens.ends[at]:
        return False
    spaced = tokens.starts[at + 2] > tokens.ends[at + 1]
    return spaced and following[0].isalpha()


def _continues_list(tokens: Tokens, start: int, at: int) -> bool:
    """Tell whether a number inside a line is the next of a list: after a mark, or one more than the item before."""
    if tokens.written[at - 1] in ".,;:":
        return True
    first = tokens.written[start]
    return first.isdigit() and int(tokens.written[at]) == int(first) + 1


def _ends_sentence(tokens: Tokens, at: int, start: int, last: int) -> bool:
    if tokens.written[at] != ".":
        return tokens.written[at] != "?" or not _doubts_next(tokens, at, start, last)
    if at + 1 >= last or tokens.written[at + 1] == "\n":
        return True
    if at == start:
        return False
    following = tokens.written[at + 1]
    if tokens.starts[at + 1] == tokens.ends[at]:
        return following == ","
    before = tokens.folded[at - 1]
    if _NUMBER.match(before) and at - 1 == start:
        return False
    dotted = _dotted(tokens, at, start)
    if dotted in _leading() and not (tokens.written[at - 1].isupper() and not following.isupper()):
        return False
    if dotted in _abbreviations():
        return following[0].isupper()
    if len(before) == 1 and before.isalpha() and tokens.written[at - 1].isupper():
        return following[0].isupper() and at - 2 >= start and tokens.written[at - 2] != "."
    return following[0].isupper() or following[0].isdigit() or not following[0].isalnum() or len(before) > 2


def _doubts_next(tokens: Tokens, at: int, start: int, last: int) -> bool:
    """Tell whether a question mark puts in doubt what follows: `?PNA`, or `? PNA` with no word before the mark."""
    if at + 1 >= last or tokens.written[at + 1] == "\n":
        return False
    if tokens.starts[at + 1] == tokens.ends[at]:
        return True
    opens = at == start or tokens.folded[at - 1] in _BEFORE_DOUBT
    following = tokens.written[at + 1]
    if following[0].islower() and tokens.starts[at] > tokens.ends[at - 1]:
        return True
    return opens and following[0].isalnum()


def _dotted(tokens: Tokens, at: int, start: int) -> str:
    """Return the word before a full stop, with the letters and full stops that touch it ('b.i.d', 'mg')."""
    first = at - 1
    while first - 2 >= start and tokens.written[first - 1] == "." and len(tokens.written[first - 2]) == 1:
        if tokens.ends[first - 1] != tokens.starts[first] or tokens.ends[first - 2] != tokens.starts[first - 1]:
            break
        first -= 2
    return "".join(tokens.folded[first:at])
