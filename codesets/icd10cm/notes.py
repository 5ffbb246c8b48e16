"""Codes named in the words of notes: `(A37.0-)`, `(I60-I69)`, `(T36-T50 with fifth or sixth …)`."""

import re
from collections.abc import Container
from dataclasses import replace

from codesets.types import CodeRange

_CODE = r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?(?:\.?-(?![0-9A-Z]))?"
_ITEM = re.compile(rf"({_CODE})(?:\s*-\s*({_CODE}))?")
_CONDITION = re.compile(
    r"with (?:the )?(fifth or six(?:th)?|5th or 6th|5th|6th|7th|fifth|sixth|seventh)[ -]characters? "
    r"\.?([0-9A-Z])\b(?:-([0-9A-Z])\b)?(?: or ([0-9A-Z])\b)?"
)
_ENDING = re.compile(
    r"with (?:final|fifth to sixth) characters? [.-]?([0-9A-Z]{1,2})\b(?: or [.-]?([0-9A-Z]{1,2})\b)?"
)
_LIST_GAP = re.compile(r"[\s,]*(?:and|or)?\s*\Z")
_POSITIONS = {
    "fifth or sixth": (4, 5),
    "fifth or six": (4, 5),
    "5th or 6th": (4, 5),
    "5th": (4,),
    "fifth": (4,),
    "6th": (5,),
    "sixth": (5,),
    "7th": (6,),
    "seventh": (6,),
}


def find_ranges(text: str, categories: Container[str]) -> tuple[CodeRange, ...]:
    """Return the codes and ranges that a note's words name, in their order.

    `categories` are the known three-character categories: they tell `(HPV)` from a code. A trailing dash
    means 'this code and all below it', which a prefix says already. A condition on a character ('T36-T50 with
    fifth or sixth character 5') stays with its range; one on the last characters ('E08, E09 with final
    characters .00 or .01') with the whole list before it.
    """
    ranges: list[CodeRange] = []
    list_start, end = 0, 0
    for match in _ITEM.finditer(text):
        first = _canonical(match.group(1))
        last = _canonical(match.group(2)) if match.group(2) else first
        if first[:3] not in categories or last[:3] not in categories or last[: len(first)] < first[: len(last)]:
            continue
        if not _LIST_GAP.match(text, end, match.start()):
            list_start = len(ranges)
        end = match.end()
        ranges.extend(_conditioned(text, end, CodeRange(first, last)))
        ending = _ENDING.match(text, _skip(text, end))
        if ending is not None:
            endings = tuple(e for e in ending.groups() if e)
            ranges[list_start:] = [replace(r, endings=endings) for r in ranges[list_start:]]
    return tuple(ranges)


def _conditioned(text: str, end: int, span: CodeRange) -> list[CodeRange]:
    condition = _CONDITION.match(text, _skip(text, end))
    if condition is None:
        return [span]
    words, low, high, other = condition.groups()
    found = [replace(span, positions=_POSITIONS[words], low=low, high=high or low)]
    return [*found, replace(found[0], low=other, high=other)] if other else found


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in " ,.)":
        position += 1
    return position


def _canonical(code: str) -> str:
    return code.rstrip("-").replace(".", "")
