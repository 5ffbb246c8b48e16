"""Deficits left by a stroke of the past become sequelae (I.C.9.d); hemiplegia takes its side (I.C.6.a)."""

import re
from collections.abc import Iterator
from functools import cache

from codesets.types import dotted
from coding.rules.tables import by_prefix, codes_in, matching, rows
from coding.rules.types import Act, Change, Findings, Rule

_STROKE = (
    r"(?P<bleed>ich|intracerebral (?:hemorrhage|bleed\w*)|h(?:a)?emorrhagic (?:stroke|cva)|basal ganglia bleed)"
    r"|(?P<arachnoid>sah|subarachnoid h(?:a)?emorrhage)"
    r"|(?P<infarct>strokes?|cvas?|cerebrovascular accidents?|(?:cerebral |brain |ischemic )?infarct(?:ion|s)?)"
)
_PAST = (
    r"(?:after|following|residual (?:of|from)|left (?:over )?(?:by|from)|s/p|status[- ]post|sequelae? of"
    r"|late effects? of)"
    r"|(?:due to|from|secondary to|2/2|related to|with)(?: (?:an?|the|his|her|their))? "
    r"(?:old|prior|previous|remote|past|history of|h/o|hx of|\d{4})"
)
_AFTER = re.compile(rf"\b(?:{_PAST})\W+(?:(?!acute|new)[\w-]+\W+){{0,4}}?(?:{_STROKE})\b")
_KINDS = {"arachnoid": "0", "bleed": "1", "infarct": "3"}
_SIDES = ("left", "right")


def _side(findings: Findings) -> Iterator[Change]:
    for value in findings.starting("G8190", "G8100", "G8110"):
        phrases = " ".join(findings.phrases(value))
        sides = [side for side in _SIDES if re.search(rf"\b{side}\b(?![- ](?:hand|dominant))", phrases)]
        if len(sides) == 1:
            is_dominant = sides[0] == ("left" if _is_left_handed(findings.note.text) else "right")
            ending = {("right", True): "1", ("left", True): "2", ("right", False): "3", ("left", False): "4"}
            code = value[:4] + ending[sides[0], is_dominant]
            yield Change(code, f"{sides[0]} hemiplegia: {dotted(code)}", (value,), (value,))


@cache
def _left_handed() -> re.Pattern[str]:
    return re.compile(r"\bleft[- ]hand(?:ed)?(?:[- ]dominant)?\b|\bLH[MF]\b|\bleft[- ]dominant\b", re.IGNORECASE)


def _is_left_handed(text: str) -> bool:
    return _left_handed().search(text) is not None


def _sequelae(findings: Findings) -> Iterator[Change]:
    for value, (ending, kept) in matching(_table(), findings.codes):
        kind = next((k for k in map(_kind, findings.phrases(value)) if k is not None), None)
        if kind is not None:
            code = f"I69{kind}{ending}"
            detail = f"{dotted(value)} is left by a stroke of the past: {dotted(code)}"
            told = [v for v in findings.starting("I60", "I61", "I63") if all(map(_kind, findings.phrases(v)))]
            yield Change(code, detail, (value,), (*told, *(() if kept else (value,))))


def _kind(phrase: str) -> str | None:
    match = _AFTER.search(phrase)
    return None if match is None else _KINDS[next(k for k in _KINDS if match[k])]


@cache
def _table() -> dict[str, list[tuple[int, tuple[str, bool]]]]:
    return by_prefix(
        (codes_in(found), (ending, kept == "kept")) for found, ending, kept, _ in rows("sequelae.tsv", 4)
    )


HEMIPLEGIA = Rule(
    "hemiplegia.side",
    "I.C.6.a",
    "Hemiplegia takes its side; right is dominant unless the note says left-handed.",
    _side,
    acts=(Act.REPLACE,),
)
SEQUELAE = Rule(
    "stroke.sequelae",
    "I.C.9.d",
    "A deficit that the note ties to a stroke of the past becomes a sequela of it.",
    _sequelae,
    acts=(Act.REPLACE,),
)
