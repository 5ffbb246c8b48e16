"""Infections with their organism (I.C.1.b) and severe sepsis (I.C.1.d)."""

import re
from collections.abc import Iterator
from functools import cache

from codesets.icd10cm.release import IcdRelease
from codesets.types import NoteKind, dotted
from coding.rules.tables import codes_in, rows
from coding.rules.tabular import named_by
from coding.rules.types import Act, Change, Findings, Rule

_DENIALS = ("negative", "neg", "no", "not", "without", "rule", "screen", "swab", "pending")
_SEPSIS = ("A40", "A41", "A021", "A227", "A327", "A427", "A207", "B377", "O85", "T8144", "P36")
_WITH = re.compile(r"[^.;\n]{0,40}\b(?:with|w/|complicated by|c/b)\W+(?:[\w-]+\W+){0,3}")
_ORGAN_DYSFUNCTION = ("N17", "J960", "J962", "G934", "K720", "D65", "D695", "E872", "J80", "I5A", "R4182", "D688")


def _name_organism(findings: Findings) -> Iterator[Change]:
    for value in [v for v in sorted(findings.codes) if _is_open(findings.release, v)]:
        for texts, sepsis, pneumonia, organism, words in _organisms():
            if not any(findings.is_said_near(value, text, _DENIALS) for text in texts):
                continue
            named = {"A41": sepsis, "J18": pneumonia}.get(value[:3], organism)
            if named:
                detail = f"{dotted(value)} is due to {words}: {dotted(named)}"
                yield Change(named, detail, (value,), (value,) if named != organism else ())


def _is_open(release: IcdRelease, value: str) -> bool:
    """Tell whether an infection's code leaves its organism open: unspecified, or asking for a code of B95–B97."""
    if value[0] in "AB" or value[:2] == "J1":
        return value in ("A419", "J189", "J181")
    return any(r.holds("B9620") for r, _ in named_by(release, value, NoteKind.USE_ADDITIONAL))


def _severe_sepsis(findings: Findings) -> Iterator[Change]:
    if findings.starting("R652"):
        return
    for sepsis in findings.starting(*_SEPSIS):
        for dysfunction in findings.starting(*_ORGAN_DYSFUNCTION):
            if sepsis in findings.causes_of(dysfunction) or findings.is_joined(sepsis, _WITH, dysfunction):
                detail = f"{dotted(dysfunction)} is an organ dysfunction that the note joins with {dotted(sepsis)}"
                yield Change("R6520", detail, (sepsis, dysfunction))


@cache
def _organisms() -> tuple[tuple[tuple[tuple[str, ...], ...], str | None, str | None, str, str], ...]:
    found = []
    for texts, sepsis, pneumonia, organism, words in rows("organisms.tsv", 5):
        split = tuple(tuple(text.split()) for text in texts.split("|"))
        codes = [None if cell == "-" else codes_in(cell)[0] for cell in (sepsis, pneumonia)]
        found.append((split, codes[0], codes[1], codes_in(organism)[0], words))
    return tuple(found)


ORGANISM = Rule(
    "infection.organism",
    "I.C.1.b",
    "An infection whose organism the note names takes the organism's own code, or an additional code for it.",
    _name_organism,
    acts=(
        Act.ADD,
        Act.REPLACE,
    ),
)
SEVERE_SEPSIS = Rule(
    "sepsis.severe",
    "I.C.1.d.1",
    "Sepsis with an acute organ dysfunction that the note joins with it is severe sepsis.",
    _severe_sepsis,
    acts=(
        Act.ADD,
        Act.REPLACE,
    ),
)
