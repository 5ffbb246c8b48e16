"""Excludes1 notes (I.A.12.a), read from the code set: two codes that do not stand together."""

from bisect import bisect_left
from collections.abc import Iterator

from codesets.types import NoteKind, dotted
from coding.rules.tabular import named_by
from coding.rules.types import Change, Check, Findings, Rule
from coding.types import Problem, Reason, Severity

_GUIDELINE = "I.A.12.a"


def _symptoms(findings: Findings) -> Iterator[Change]:
    for one, other, at in _pairs(findings):
        for symptom, diagnosis in ((one, other), (other, one)):
            if symptom[0] != "R" or diagnosis[0] in "RZVWXY" or findings.is_doubted(diagnosis):
                continue
            if findings.level(diagnosis) >= min(2, findings.level(symptom)):
                detail = f"an Excludes1 note at {_place(at)} keeps {dotted(symptom)} from standing beside it"
                yield Change(diagnosis, detail, (), (symptom,), Reason.EXCLUDED)
                break


def _both(findings: Findings) -> Iterator[Problem]:
    for one, other, at in _pairs(findings):
        message = (
            f"An Excludes1 note at {_place(at)} keeps {dotted(one)} and {dotted(other)} from standing together, "
            "unless they are unrelated: keep one, or document that they are."
        )
        codes = (dotted(one), dotted(other))
        yield Problem("excludes1", Severity.WARNING, codes, message, _GUIDELINE)


def _pairs(findings: Findings) -> Iterator[tuple[str, str, str]]:
    """Yield (code, code, where the note is printed) of each pair once, in code order.

    A note printed above a code does not speak of that code itself.
    """
    values = sorted(findings.codes)
    seen = set()
    for value in values:
        for span, at in named_by(findings.release, value, NoteKind.EXCLUDES1):
            first = bisect_left(values, span.first)
            last = bisect_left(values, span.last + "\uffff")
            for other in values[first:last]:
                pair = (min(value, other), max(value, other))
                if other != value and pair not in seen and span.holds(other) and not span.holds(value):
                    seen.add(pair)
                    yield *pair, at


def _place(at: str) -> str:
    """Return where a note is printed as a coder reads it: a code with its dot, a chapter or block as it stands."""
    return dotted(at) if at.isalnum() else at


EXCLUDED_SYMPTOM = Rule(
    "excludes1.symptom",
    _GUIDELINE,
    "A symptom that an Excludes1 note sets against a confirmed diagnosis is not coded beside it.",
    _symptoms,
)
EXCLUDES1 = Check("excludes1", _GUIDELINE, "Two codes that an Excludes1 note keeps apart stand together.", _both)
