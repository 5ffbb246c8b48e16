"""Ulcers of the skin by site, side and stage or depth (I.C.12.a, I.C.4.a): what the words of the ulcer's line say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from codesets.types import dotted
from coding.rules.tables import rows
from coding.rules.types import Act, Change, Findings, Rule

_PRESSURE, _SKIN = "L89", "L97"
_FOOT_ULCERS = ("E08621", "E09621", "E10621", "E11621", "E13621")
_OTHER_FOOT = "L975"
_REACH_CHARS = 120
_SIDES = (("1", re.compile(r"\b(?:right|rt|r)\b")), ("2", re.compile(r"\b(?:left|lt|l)\b")))
_OPEN_SIDE, _OPEN_DEPTH = "0", "9"


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the table: the words for a site, a stage or a depth, and the characters that they stand for."""

    category: str
    kind: str
    code: str
    words: re.Pattern[str]


def _complete(findings: Findings) -> Iterator[Change]:
    for value in findings.starting(_PRESSURE):
        code = _pressure(findings, value)
        if code != value:
            yield Change(code, f"{dotted(value)} at the site and stage stated: {dotted(code)}", (value,), (value,))
    for value in findings.starting(_SKIN):
        code = _skin(value, _lines(findings, value))
        if code != value:
            yield Change(code, f"{dotted(value)} at the site and depth stated: {dotted(code)}", (value,), (value,))
    if not findings.starting("L974", "L975"):
        for value in findings.starting(*_FOOT_ULCERS)[:1]:
            lines = [line for line in _lines(findings, value) if "ulcer" in line]
            code = _skin(_OTHER_FOOT + _OPEN_SIDE + _OPEN_DEPTH, lines)
            yield Change(code, f"{dotted(value)} asks for the ulcer: {dotted(code)}", (value,))


def _pressure(findings: Findings, value: str) -> str:
    lines = _lines(findings, value)
    site, stage = _split(value)
    if site == "L899":
        site = _said(_PRESSURE, "site", lines) or site
    if len(site) == 5 and site.endswith(_OPEN_SIDE) and site[:4] != "L898":
        site = site[:4] + (_side(lines) or _OPEN_SIDE)
    if site == "L8910" and any("low" in line for line in lines):
        site = {"1": "L8913", "2": "L8914"}.get(_side(lines) or "", site)
    if stage is None:
        stage = _said(_PRESSURE, "stage", lines)
    return _join(site, stage)


def _split(value: str) -> tuple[str, str | None]:
    """Return the characters of the site, and of the stage where it is stated."""
    if value[:4] in ("L894", "L899"):
        stage = {"5": "0", "0": None}.get(value[4], value[4])
        return value[:4], stage
    return value[:5], None if value[5] == _OPEN_DEPTH else value[5]


def _join(site: str, stage: str | None) -> str:
    if len(site) == 4:
        return site + {"0": "5", None: "0"}.get(stage, str(stage))
    return site + (stage or _OPEN_DEPTH)


def _skin(value: str, lines: list[str]) -> str:
    site, side, depth = value[:4], value[4], value[5]
    if site in ("L979", _OTHER_FOOT):
        site = _said(_SKIN, "site", lines) or site
    if side == _OPEN_SIDE:
        side = _side(lines) or side
    if depth == _OPEN_DEPTH:
        depth = _said(_SKIN, "depth", lines) or depth
    return site + side + depth


def _lines(findings: Findings, value: str) -> list[str]:
    """Return what stands around each evidence in its line, in lower case, the nearest lines first."""
    text = findings.note.text
    found = []
    for e in findings.codes[value].evidence:
        before = text[max(0, e.start - _REACH_CHARS) : e.start].rpartition("\n")[2]
        after = text[e.end : e.end + _REACH_CHARS].partition("\n")[0]
        found.append((before + text[e.start : e.end] + after).lower())
    return found


def _said(category: str, kind: str, lines: list[str]) -> str | None:
    """Return the characters that the lines state, None where they state several."""
    found = {p.code for p in _parts() if (p.category, p.kind) == (category, kind) if any(map(p.words.search, lines))}
    return found.pop() if len(found) == 1 else None


def _side(lines: list[str]) -> str | None:
    found = {code for code, words in _SIDES if any(map(words.search, lines))}
    return found.pop() if len(found) == 1 else None


@cache
def _parts() -> tuple[Part, ...]:
    return tuple(
        Part(category, kind, code.replace(".", ""), re.compile(rf"\b(?:{words})\b"))
        for category, kind, code, words in rows("ulcers.tsv", 4)
    )


ULCERS = Rule(
    "ulcer.site",
    "I.C.12.a",
    "An ulcer of the skin takes the site, side and stage or depth that its line states.",
    _complete,
    acts=(Act.REPLACE,),
)
