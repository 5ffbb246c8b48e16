"""Hypertension with heart failure, heart disease and chronic kidney disease (I.C.9.a): presumed linked."""

from collections.abc import Iterator

from codesets.types import dotted
from coding.rules.types import Act, Change, Findings, Rule

_HYPERTENSION = ("I10", "I11", "I12", "I13")
_HEART_DISEASE = ("I514", "I515", "I517", "I5189", "I519")
_OWN_CAUSES = (*_HYPERTENSION, "I16", "N18", "I50", "I51", "E08", "E09", "E10", "E11", "E13")
_END_STAGE = ("N185", "N186")


def _combine(findings: Findings) -> Iterator[Change]:
    found = findings.starting(*_HYPERTENSION)
    if not found or findings.starting("O1"):
        return
    failure = _linked(findings, found, "I50")
    heart = failure or [v for v in _linked(findings, found, *_HEART_DISEASE) if findings.level(v) == 3]
    kidney = _linked(findings, found, "N18")
    fails = bool(failure or findings.starting("I110", "I130", "I132"))
    in_heart = bool(heart or findings.starting("I11", "I13"))
    if not in_heart and not kidney:
        return
    code = _code(fails, in_heart, kidney)
    if found == [code] or (code[:3] < max(found)[:3] and max(found)[:3] == "I13"):
        return
    detail = (
        f"hypertension with {' and '.join(dotted(v) for v in (*heart, *kidney))} is presumed linked: {dotted(code)}"
    )
    yield Change(code, detail, (*found, *heart, *kidney), tuple(v for v in found if v != code))


def _linked(findings: Findings, hypertension: list[str], *prefixes: str) -> list[str]:
    """Return the heart or kidney codes to which the note gives no other cause and whose link it does not deny."""
    return [
        v
        for v in findings.starting(*prefixes)
        if not any(findings.is_denied_cause(v, h) for h in hypertension)
        and all(c.startswith(_OWN_CAUSES) for c in findings.causes_of(v))
    ]


def _code(failure: bool, heart: bool, kidney: list[str]) -> str:
    end_stage = any(v in _END_STAGE for v in kidney)
    if not kidney:
        return "I110" if failure else "I119"
    if not heart:
        return "I120" if end_stage else "I129"
    if failure:
        return "I132" if end_stage else "I130"
    return "I1311" if end_stage else "I1310"


HYPERTENSION = Rule(
    "hypertension.with",
    "I.C.9.a",
    "Hypertension with heart failure, heart disease or chronic kidney disease becomes I11, I12 or I13.",
    _combine,
    acts=(Act.REPLACE,),
)
