"""What past operations leave behind: absence, presence, transplant and status codes (I.C.21.c.3)."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from coding.facts.types import Case, FactCode
from coding.linking import Link
from nlp.types import AssertionKind, Fact, FactKind, Note

_PAST = frozenset({"psh", "pmh", "problem_list"})
_PLANNED = frozenset({"consent", "instructions", "family", "procedure", "preop_diagnosis", "postop_diagnosis"})
_DATED = re.compile(r"[\s,(]*(?:in\s+)?(?:\d{1,2}/)?(?:19|20)\d\d\b")
_LEFT_BEHIND = ("Z89", "Z90", "Z93", "Z95", "Z96", "Z97", "Z98")
_REACH_CHARS = 40
_PUT_IN = re.compile(
    r"\b(?:insertion|placement|implantation|creation|exchange|replacement|revision|removal) of (?:an? |the |new )?"
    r"(?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:prior|previous(?:ly)?|history|hx|h/o|s/p|status post|old|existing|known|had)\b", re.IGNORECASE
)
_DEVICES = (
    ("Z950", r"pacemaker|pacer|ppm"),
    ("Z95810", r"defibrillator|icd|aicd|crt-d"),
    ("Z955", r"stents?"),
    ("Z930", r"tracheostomy|trach"),
    ("Z931", r"gastrostomy|peg"),
    ("Z952", r"valve"),
    ("Z953", r"valve"),
    ("Z951", r"bypass|cabg"),
)
_HEADED = (
    r"(?<!past )(?<!prior )(?<!previous )\b(?:procedures?|operations?)(?: planned| and| performed| done)*\s*[:,]"
    r"[^\n]{0,240}?"
)
_PUTTING_IN = r"insert\w*|implant\w*|placement|deploy\w*|creat\w*|replac\w*|exchange|upgrade|permanent"
_DONE = (
    rf"{_HEADED}\b(?:(?:{_PUTTING_IN})\b[^\n.;:]{{0,80}}\b(?:%s)|"
    rf"(?:%s)\b[^\n.;:]{{0,30}}\b(?:{_PUTTING_IN}|grafting))\b"
)
_SIDES = ("", "right", "left", "both")


def code_operations(case: Case) -> list[FactCode]:
    """Return the codes of the operations that are stated as past, here or by the section."""
    return [
        FactCode(value, fact, "operation", f"{fact.name} was done before")
        for fact in case.facts(FactKind.OPERATION)
        if _is_past(case, fact)
        for value in _codes(fact)
    ]


def is_done_now(note: Note, value: str, link: Link) -> bool:
    """Tell whether a status stands for what this encounter does ('insertion of a pacemaker')."""
    mention = link.mention
    if not value.startswith(_LEFT_BEHIND) or mention.assertion.kind is AssertionKind.HISTORICAL:
        return False
    before = note.text[max(0, mention.start - _REACH_CHARS) : mention.start]
    if _PUT_IN.search(before):
        return True
    if _BEFORE.search(before + note.text[mention.start : mention.end]):
        return False
    return mention.section == "procedure" or value in _put_in_by(note.text)


@lru_cache(maxsize=64)
def _put_in_by(text: str) -> frozenset[str]:
    """Return the status codes of what the headed operations of a note put in: a pacemaker, a stent, a valve."""
    return frozenset(value for value, words in _DEVICES if re.search(_DONE % (words, words), text, re.IGNORECASE))


def _is_past(case: Case, fact: Fact) -> bool:
    if fact.assertion.kind is AssertionKind.HISTORICAL:
        return fact.section not in _PLANNED
    if fact.assertion.kind is not AssertionKind.PRESENT or fact.section in _PLANNED:
        return False
    return fact.section in _PAST or _DATED.match(case.reading.note.text, fact.end) is not None


def _codes(fact: Fact) -> list[str]:
    codes = _table()[fact.name]
    return codes[_SIDES.index(fact.value)] if len(codes) > 1 else codes[0]


@cache
def _table() -> dict[str, list[list[str]]]:
    text = files("coding.facts").joinpath("operations.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {name: [cell.replace(".", "").split("+") for cell in codes.split("|")] for name, codes in rows}
