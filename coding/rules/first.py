"""What may stand first: no manifestation, no external cause, no code that adds to another (I.A.13, I.C.20, II)."""

import re
from collections.abc import Iterator
from functools import cache

from codesets.types import dotted
from coding.rules.symptoms import diagnoses_of
from coding.rules.tables import by_prefix, codes_in, matching, rows
from coding.rules.types import Act, Check, Listed
from coding.types import Problem, Severity
from nlp.types import Setting

_ADVERSE = re.compile(r"T(?:3[6-9]|4\d|50)..[56]")
_EXTERNAL = ("V", "W", "X", "Y")
_SYMPTOM = "R"


def is_manifestation(title: str) -> bool:
    """Tell whether the title of a code says that it is a manifestation, never first (I.A.13)."""
    return "classified elsewhere" in title


def is_adverse_effect(value: str) -> bool:
    """Tell whether a code is an adverse effect or an underdosing, which follows its manifestation (I.C.19.e.5)."""
    return _ADVERSE.match(value) is not None


def _manifestation(listed: Listed) -> Iterator[Problem]:
    """Yield the manifestations beside which no listed code can stand first."""
    for value in listed.codes if listed.first is None else ():
        if is_manifestation(listed.release.title(value)):
            message = (
                f"{dotted(value)} is a manifestation: the disease that it belongs to comes first and is missing."
            )
            yield Problem("first.manifestation", Severity.ERROR, (dotted(value),), message, "I.A.13")


def _external_cause(listed: Listed) -> Iterator[Problem]:
    found = listed.starting(*_EXTERNAL)
    if found and listed.first is None:
        message = f"{dotted(found[0])} tells how an injury came about: the injury itself comes first and is missing."
        yield Problem("first.external_cause", Severity.ERROR, tuple(map(dotted, found)), message, "I.C.20.a.6")


def _unacceptable(listed: Listed) -> Iterator[Problem]:
    if listed.setting is not Setting.INPATIENT or listed.first is None:
        return
    for value, (but, why) in matching(_principal(), [listed.first]):
        if not value.startswith(but):
            message = f"{dotted(value)} is not acceptable as principal diagnosis: {why}."
            yield Problem("first.unacceptable", Severity.WARNING, (dotted(value),), message, "II")
            return


def _symptom(listed: Listed) -> Iterator[Problem]:
    first = listed.first
    if first is None or not first.startswith(_SYMPTOM):
        return
    definitive = [v for v in listed.starting(*diagnoses_of(first)) if v != first]
    if definitive:
        codes = (dotted(first), dotted(definitive[0]))
        message = f"{codes[0]} is a symptom and stands before {codes[1]}: list the diagnosis first if it explains it."
        yield Problem("first.symptom", Severity.INFO, codes, message, "II.A")


@cache
def _principal() -> dict[str, list[tuple[int, tuple[tuple[str, ...], str]]]]:
    return by_prefix(
        (codes_in(codes), (() if but == "-" else codes_in(but), why)) for codes, but, why in rows("principal.tsv", 3)
    )


MANIFESTATION = Check(
    "first.manifestation",
    "I.A.13",
    "A manifestation is listed without a code that can stand before it.",
    _manifestation,
    acts=(Act.PROBLEM,),
)
EXTERNAL_CAUSE = Check(
    "first.external_cause",
    "I.C.20.a.6",
    "An external cause is listed without the injury that comes before it.",
    _external_cause,
    acts=(Act.PROBLEM,),
)
UNACCEPTABLE = Check(
    "first.unacceptable",
    "II",
    "A code that is no reason for a stay stands as principal diagnosis.",
    _unacceptable,
    acts=(Act.PROBLEM,),
    settings=frozenset({Setting.INPATIENT}),
)
SYMPTOM = Check(
    "first.symptom",
    "II.A",
    "A symptom stands first although a diagnosis that can explain it is listed.",
    _symptom,
    acts=(Act.PROBLEM,),
)
