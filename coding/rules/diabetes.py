"""Diabetes with its complications (I.A.15, I.C.4.a): presumed linked for what the Index lists under 'with'."""

import re
from collections.abc import Iterator
from functools import cache

from codesets.types import dotted
from coding.rules.tables import by_prefix, codes_in, matching, rows
from coding.rules.types import Act, Change, Findings, Rule

_TYPES = ("E08", "E09", "E10", "E11", "E13")
_DISPLACED = {
    "21": ("22",),
    "40": ("41", "42", "43", "44", "49"),
    "51": ("52",),
    "8": ("0", "1", "2", "3", "4", "5", "6"),
    "9": ("0", "1", "2", "3", "4", "5", "6", "8"),
}


_TYPE_2 = re.compile(
    r"\b(?:type\W?(?:2|ii|two)|t2\w*|dm\W?(?:2|ii)|niddm|non\W?insulin|adult\W?onset|2)\b", re.IGNORECASE
)


def _settle(findings: Findings) -> Iterator[Change]:
    """Yield the stated type for diabetes whose type the note leaves open, which is type 2 only by default."""
    stated = findings.starting("E10", "E08", "E09", "E13")
    if not stated or len({v[:3] for v in stated}) > 1:
        return
    for value in findings.starting("E11"):
        if not any(_TYPE_2.search(phrase) for phrase in findings.phrases(value)):
            code = stated[0][:3] + value[3:]
            yield Change(code, f"the diabetes is of the type of {dotted(stated[0])}", (value,), (value,))


def _combine(findings: Findings) -> Iterator[Change]:
    kind = _type(findings)
    if kind is None:
        return
    lead = tuple(findings.starting(kind)[:1])
    for value, (ending, kept) in matching(_complications(), findings.codes):
        if not _has_other_cause(findings, value, kind):
            code = kind + ending
            detail = f"diabetes with {dotted(value)} is presumed linked: {dotted(code)}"
            yield Change(code, detail, (*lead, value), () if kept else (value,))


def _displace(findings: Findings) -> Iterator[Change]:
    for kind in sorted({v[:3] for v in findings.codes} & set(_TYPES)):
        for less, more in _DISPLACED.items():
            better = [v for v in findings.starting(*(kind + m for m in more)) if v != kind + less]
            if kind + less in findings.codes and better:
                yield Change(
                    better[0], f"{dotted(better[0])} says what {dotted(kind + less)} leaves open", (), (kind + less,)
                )


def _type(findings: Findings) -> str | None:
    """Return the type of the diabetes that stands, the one that the note states most firmly and most often."""
    places: dict[str, tuple[int, int]] = {}
    for value in findings.starting(*_TYPES):
        level, count = places.get(value[:3], (0, 0))
        places[value[:3]] = max(level, findings.level(value)), count + len(findings.codes[value].evidence)
    return max(sorted(places), key=lambda k: places[k], default=None)


def _has_other_cause(findings: Findings, value: str, kind: str) -> bool:
    diabetes = findings.starting(kind)
    causes = [c for c in findings.causes_of(value) if c not in findings.starting(value[:3], "I1", "I70", "I73", "L")]
    return any(findings.is_denied_cause(value, d) for d in diabetes) or (
        bool(causes) and not any(c.startswith(_TYPES) for c in causes)
    )


@cache
def _complications() -> dict[str, list[tuple[int, tuple[str, bool]]]]:
    return by_prefix(
        (codes_in(found), (ending, kept == "kept")) for found, ending, kept, _ in rows("diabetes.tsv", 4)
    )


DIABETES = Rule(
    "diabetes.with",
    "I.C.4.a",
    "Diabetes with a complication that the Index lists under 'with' becomes the combination code.",
    _combine,
    acts=(
        Act.ADD,
        Act.REPLACE,
    ),
)
DIABETES_TYPE = Rule(
    "diabetes.type",
    "I.C.4.a.2",
    "Diabetes whose type is not stated where it stands takes the other type that the note states.",
    _settle,
    acts=(Act.REPLACE,),
)
DIABETES_SPECIFIC = Rule(
    "diabetes.specific",
    "I.C.4.a",
    "Diabetes without complications gives way to diabetes with a complication, the general one to the particular.",
    _displace,
    acts=(Act.SUPPRESS,),
)
