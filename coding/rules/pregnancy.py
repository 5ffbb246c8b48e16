"""Pregnancy: chapter 15 comes before the other chapters (I.C.15.a), with its trimester and its weeks."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from codesets.icd10cm.release import IcdRelease
from codesets.types import dotted
from coding.rules.gestation import find_weeks, is_pregnancy_told, part_of
from coding.rules.tables import by_prefix, codes_in, matching, rows
from coding.rules.types import Act, Change, Findings, Rule
from coding.types import Evidence
from nlp.types import Sex

_PREGNANT = ("O", "Z34", "Z3A", "Z331", "Z36")
_ENDED = ("O00", "O01", "O02", "O03", "O04", "O07", "O08", "O94")
_OLDEST_MOTHER = 55
_POST_TERM = (41, 42)
_DAYS_OVER = re.compile(r"\b40\W*(?:w\w*|and)?\W*[1-6]\s?(?:d|/7)", re.IGNORECASE)
_DIABETES_IN = ("O2441", "O2442")
_NOT_NOW = ("family", "pmh", "ros", "psh", "consent", "instructions")


def _add_weeks(findings: Findings) -> Iterator[Change]:
    weeks = _weeks(findings)
    if weeks is not None and not findings.starting("Z3A") and not findings.starting("O85", "O86", "Z39", "Z331"):
        code = f"Z3A{weeks[0]:02}"
        yield Change(code, f"{weeks[0]} completed weeks of gestation", (), (), evidence=(weeks[1],))
    if weeks is not None and (weeks[0] in _POST_TERM or _DAYS_OVER.match(weeks[1].text)) and _is_carried(findings):
        yield Change("O480", "more than 40 completed weeks of gestation", (), (), evidence=(weeks[1],))


def _take_precedence(findings: Findings) -> Iterator[Change]:
    leads = _pregnancy(findings)
    if not leads or findings.starting("Z331") == leads:
        return
    part = _part(findings)
    for value, (category, kept) in matching(_conditions(), findings.codes):
        if all(e.section in _NOT_NOW for e in findings.codes[value].evidence):
            continue
        standing = findings.starting(category)
        code = standing[0] if standing else _code_for(findings.release, category, part)
        if code is not None:
            detail = f"{dotted(value)} in pregnancy: {dotted(code)}"
            yield Change(code, detail, (value,), () if kept else (value,))


def _name_trimester(findings: Findings) -> Iterator[Change]:
    part = _part(findings) if _pregnancy(findings) else None
    if part is None:
        return
    for value in findings.starting("O", "Z34"):
        code = _sibling(findings.release, value, part)
        if part == "childbirth" and value.startswith(_DIABETES_IN[0]):
            code = _DIABETES_IN[1] + value[len(_DIABETES_IN[1]) :]
        if code is not None:
            yield Change(code, f"the {part}, as the note states", (value,), (value,))


def _pregnancy(findings: Findings) -> list[str]:
    patient = findings.note.patient
    found = [v for v in findings.starting(*_PREGNANT) if not v.startswith(_ENDED)]
    if patient.age is not None and patient.age > _OLDEST_MOTHER:
        return []
    if patient.sex is Sex.MALE or findings.starting("Z38") or len(findings.starting("P")) > len(found):
        return []
    return [v for v in found if any(e.section not in _NOT_NOW for e in findings.codes[v].evidence)]


def _weeks(findings: Findings) -> tuple[int, Evidence] | None:
    leads = _pregnancy(findings)
    if not leads and not _is_told(findings):
        return None
    return find_weeks(findings.note, [e for v in leads or findings.codes for e in findings.codes[v].evidence])


def _is_told(findings: Findings) -> bool:
    """Tell whether the note speaks of the patient's pregnancy where no code does."""
    patient = findings.note.patient
    is_mother = patient.sex is not Sex.MALE and (patient.age is None or 9 < patient.age <= _OLDEST_MOTHER)
    return is_mother and not findings.starting("Z38", "P", "O") and is_pregnancy_told(findings.note)


def _is_carried(findings: Findings) -> bool:
    return not findings.starting("O48", *_ENDED, "O85", "O86", "Z39")


def _part(findings: Findings) -> str | None:
    stated = findings.starting("Z3A")
    weeks = int(stated[0][3:]) if stated and stated[0][3:].isdigit() and stated[0] != "Z3A00" else None
    obstetric = findings.starting("O")
    return part_of(
        findings.note, weeks, sorted(findings.codes), [findings.codes[v].display.lower() for v in obstetric]
    )


@lru_cache(maxsize=1024)
def _code_for(release: IcdRelease, category: str, part: str | None) -> str | None:
    """Return the billable code of a category for a part of pregnancy, the general one where there is a choice."""
    if category not in release:
        return None
    wanted = part or "unspecified trimester"
    codes = [v for v in release.below(category) if release.is_billable(v)]
    fitting = [v for v in codes if wanted in release.title(v).lower()]
    general = [v for v in fitting if "unspecified" in release.title(v).lower().replace(wanted, "")]
    return next(iter(general or fitting), None)


@lru_cache(maxsize=1024)
def _sibling(release: IcdRelease, value: str, part: str) -> str | None:
    """Return the code that differs from `value` in naming the part of pregnancy that its title leaves open."""
    title = release.title(value).lower()
    parent = release.parent(value)
    is_open = "unspecified trimester" in title or (
        title.endswith("complicating pregnancy") and "trimester" not in part
    )
    if not is_open or parent is None:
        return None
    found = [v for v in release.below(parent) if part in release.title(v).lower() and release.is_billable(v)]
    return next(iter(found), None)


@cache
def _conditions() -> dict[str, list[tuple[int, tuple[str, bool]]]]:
    return by_prefix(
        (codes_in(found), (codes_in(category)[0], kept == "kept"))
        for found, category, kept, _ in rows("pregnancy.tsv", 4)
    )


WEEKS = Rule(
    "pregnancy.weeks",
    "I.C.21.c.11",
    "A pregnancy with stated weeks takes its code of Z3A.",
    _add_weeks,
    acts=(Act.ADD,),
)
PREGNANCY = Rule(
    "pregnancy.precedence",
    "I.C.15.a.1",
    "In pregnancy a condition takes its chapter 15 code; its own code follows where it says more.",
    _take_precedence,
    acts=(Act.REPLACE,),
)
TRIMESTER = Rule(
    "pregnancy.trimester",
    "I.C.15.a.3",
    "A code of pregnancy whose trimester is open takes the one that the note states.",
    _name_trimester,
    acts=(Act.REPLACE,),
)
