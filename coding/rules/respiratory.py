"""Respiratory failure by its course and its gas: acute, chronic or both, with hypoxia, hypercapnia or both (J96)."""

import re
from collections.abc import Iterator, Sequence

from codesets.types import dotted
from coding.rules.types import Act, Change, Findings, Rule

_BOTH = re.compile(
    r"\bacute(?: \w+){0,2}[- ](?:on|and|over|superimposed on|upon)[- ](?:top of )?(?:his |her )?chronic\b"
)
_COURSES = (("0", re.compile(r"\bacute\b")), ("1", re.compile(r"\bchronic\b")))
_GASES = (("1", re.compile(r"hypox|type (?:1|i)\b")), ("2", re.compile(r"hyper-?carb|hyper-?cap|type (?:2|ii)\b")))
_BOTH_COURSES, _OPEN_COURSE, _OPEN_GAS = "2", "9", "0"


def _name(findings: Findings) -> Iterator[Change]:
    for value in findings.starting("J96"):
        said = {code for phrase in findings.phrases(value) for code in _codes(value, phrase)}
        detail = f"{dotted(value)} as the note words it"
        yield from _instead(sorted(said - {value}), detail, (value,), () if value in said else (value,))
    acute, chronic = findings.starting("J960"), findings.starting("J961")
    if acute and chronic:
        gases = sorted({v[4] for v in (*acute, *chronic)} - {_OPEN_GAS}) or [_OPEN_GAS]
        detail = f"{dotted(acute[0])} and {dotted(chronic[0])} are one"
        codes = [f"J96{_BOTH_COURSES}{gas}" for gas in gases]
        yield from _instead(codes, detail, (acute[0], chronic[0]), (*acute, *chronic))


def _instead(codes: Sequence[str], detail: str, sources: tuple[str, ...], drops: tuple[str, ...]) -> Iterator[Change]:
    """Yield the codes in place of others, which leave with the last of them."""
    for code in codes:
        yield Change(code, f"{detail}: {dotted(code)}", sources, drops if code == codes[-1] else ())


def _codes(value: str, phrase: str) -> list[str]:
    """Return the codes that a phrase means; what it leaves open stays as the code has it."""
    courses = [course for course, words in _COURSES if words.search(phrase)]
    course = value[3]
    if _BOTH.search(phrase):
        course = _BOTH_COURSES
    elif course == _OPEN_COURSE and len(courses) == 1:
        course = courses[0]
    gases = [gas for gas, words in _GASES if words.search(phrase)] or [value[4]]
    return [f"J96{course}{gas}" for gas in gases]


RESPIRATORY = Rule(
    "respiratory.failure",
    "I.C.10.b",
    "Respiratory failure takes the course and the gases that its phrase states; acute and chronic are one code.",
    _name,
    acts=(Act.REPLACE,),
)
