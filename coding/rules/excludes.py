"""Excludes1 notes (I.A.12.a), read from the code set: two codes that do not stand together."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from codesets.icd10cm.release import IcdRelease
from codesets.types import NoteKind, dotted
from coding.rules.tabular import named_by
from coding.rules.types import Act, Change, Check, Findings, Listed, Rule
from coding.types import Problem, Reason, Severity

_GUIDELINE = "I.A.12.a"


def _symptoms(findings: Findings) -> Iterator[Change]:
    for one, other, at in _pairs(findings.release, findings.codes):
        for symptom, diagnosis in ((one, other), (other, one)):
            if symptom[0] != "R" or diagnosis[0] in "RZVWXY" or findings.is_doubted(diagnosis):
                continue
            if findings.level(diagnosis) >= min(2, findings.level(symptom)):
                detail = f"an Excludes1 note at {_place(at)} keeps {dotted(symptom)} from standing beside it"
                yield Change(diagnosis, detail, (), (symptom,), Reason.EXCLUDED)
                break


def _both(listed: Listed) -> Iterator[Problem]:
    for one, other, at in _pairs(listed.release, listed.codes):
        message = (
            f"An Excludes1 note at {_place(at)} keeps {dotted(one)} and {dotted(other)} from standing together, "
            "unless they are unrelated: keep one, or document that they are."
        )
        codes = (dotted(one), dotted(other))
        yield Problem("excludes1", Severity.WARNING, codes, message, _GUIDELINE)


def _pairs(release: IcdRelease, codes: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (code, code, where the note is printed) of each pair once, in code order.

    A note printed above a code does not speak of that code itself.
    """
    values = sorted(codes)
    seen = set()
    for value in values:
        for span, at in named_by(release, value, NoteKind.EXCLUDES1):
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
    acts=(Act.SUPPRESS,),
)
EXCLUDES1 = Check(
    "excludes1",
    _GUIDELINE,
    "Two codes that an Excludes1 note keeps apart stand together.",
    _both,
    acts=(Act.PROBLEM,),
)
