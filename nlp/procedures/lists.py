"""Finds lists whose opening words say that their items were done here, or were not: 'Not done:', 'Dispensed:'."""

import re
from collections.abc import Iterator
from functools import cache

from nlp.procedures.tables import list_openings
from nlp.types import Span

_BOX = re.compile(r"\[[ \t]{0,3}\]|☐")
_BOX_END = re.compile(r"\[|☐|☒|☑|\n")
_BLANKS = re.compile(r"_{3,}")
_LONGEST_FORM = 160
_BULLET = re.compile(r"[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t]*\S")


def listed_spans(text: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the spans of what lists say was not done, with boxes left unchecked, and of what they say was."""
    undone, done = list[Span](), list[Span]()
    for match in _openings().finditer(text):
        span = Span(match.end(), _end(text, match.end()))
        (done if match["kind"].lower() in _done() else undone).append(span)
    return (*undone, *_unchecked(text), *_unfilled(text)), tuple(done)


@cache
def _done() -> frozenset[str]:
    return frozenset(list_openings()["done"])


@cache
def _openings() -> re.Pattern[str]:
    phrases = sorted((p for found in list_openings().values() for p in found), key=lambda p: -len(p))
    either = "|".join(map(re.escape, phrases))
    return re.compile(
        rf"(?:^|(?<=[.;]\s))[ \t>*#-]*(?P<kind>{either})(?: (?:at|on|during|in) (?:this|the)"
        r" (?:visit|date|day|encounter|shift)"
        r"| (?:this|that) (?:visit|date|day|cycle|encounter)| today| now)?[ \t]*(?:\([^)\n]{0,40}\))?[ \t]*:",
        re.IGNORECASE | re.MULTILINE,
    )


def _end(text: str, start: int) -> int:
    """Return where the list ends: with its line, or with the last bullet below it."""
    line = text.find("\n", start)
    end = len(text) if line < 0 else line
    alone = not text[start:end].strip()
    while end < len(text):
        following = text[end + 1 : _line_end(text, end + 1)]
        if not following.strip() or not (_BULLET.match(following) or (alone and following[0] in " \t")):
            break
        end = _line_end(text, end + 1)
    return end


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found


def _unchecked(text: str) -> Iterator[Span]:
    for box in _BOX.finditer(text):
        end = _BOX_END.search(text, box.end())
        yield Span(box.end(), end.start() if end else len(text))


def _unfilled(text: str) -> Iterator[Span]:
    """Yield the short lines in which blanks of a template were left; in prose they are words not understood."""
    for blank in _BLANKS.finditer(text):
        span = Span(text.rfind("\n", 0, blank.start()) + 1, _line_end(text, blank.end()))
        if span.end - span.start <= _LONGEST_FORM:
            yield span
