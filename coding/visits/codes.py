"""The codes of the families of visits: by level, by minutes, by age (facts of the starter set)."""

from datetime import date
from functools import cache

from codesets.procedures.starter import starter_set
from codesets.procedures.types import Procedure
from codesets.types import CodeSystem
from coding.visits.types import Complexity, Family
from nlp.types import PatientStatus

OFFICE_SINCE = date(2021, 1, 1)
OTHERS_SINCE = date(2023, 1, 1)
_MINIMUMS_SINCE = date(2024, 1, 1)
_MINUTES_BEFORE = {"99306": 45, "99308": 15}
_OLDEST = 200
_STAFF_ONLY = frozenset({"99211", "99281"})
_Level = tuple[Procedure, tuple[Complexity, ...], int | None]
"""A code, the levels that it stands for, and its least minutes."""
CONSULTS = {Family.OFFICE: "consult-outpatient", Family.HOSPITAL_INITIAL: "consult-inpatient"}
"""The families that payers who take consultation codes want instead."""


def procedure(value: str) -> Procedure | None:
    """Return a CPT code of the starter set."""
    return starter_set(CodeSystem.CPT).get(value)


def is_supported(family: Family, day: date) -> bool:
    """Tell whether the levels of a family went by today's elements on a date of service."""
    return day >= (OFFICE_SINCE if family is Family.OFFICE else OTHERS_SINCE)


def code_of(family: str, level: Complexity, status: PatientStatus | None = None) -> Procedure | None:
    """Return the code of a family for a level of decision making: the lowest where there is none so low."""
    rows = _levelled(family, status)
    fitting = [p for p, levels, _ in rows if level in levels]
    if fitting:
        return fitting[0]
    lower = [p for p, levels, _ in rows if min(levels) <= level] or [p for p, _, _ in rows[:1]]
    return lower[-1] if lower else None


def level_by_minutes(family: str, minutes: int, status: PatientStatus | None, day: date) -> Complexity | None:
    """Return the highest level whose minutes are reached on a date of service; None where none is."""
    reached = [
        max(levels)
        for p, levels, least in _levelled(family, status)
        if least is not None and minutes >= _least(p, least, day)
    ]
    return max(reached, default=None)


def least_minutes(code: str, day: date) -> int | None:
    """Return the minutes that a code asks for on a date of service."""
    found = procedure(code)
    least = _low(found) if found else None
    return None if found is None or least is None else _least(found, least, day)


def code_for_age(family: str, age: int) -> Procedure | None:
    """Return the code of a family whose ages hold one in years."""
    for found in starter_set(CodeSystem.CPT).families.get(family, ()):
        low, dash, high = (found.facts or {}).get("age", "").partition("-")
        last = int(high) if high else _OLDEST if dash else int(low or -1)
        if int(low or 0) <= age <= last:
            return found
    return None


@cache
def _levelled(family: str, status: PatientStatus | None) -> tuple[_Level, ...]:
    """Return the codes of a family that go by decision making, lowest first."""
    rows = []
    for found in starter_set(CodeSystem.CPT).families.get(family, ()):
        facts = found.facts or {}
        if found.code.value in _STAFF_ONLY or "mdm" not in facts:
            continue
        if status is not None and facts.get("status", status.value) != status.value:
            continue
        levels = tuple(Complexity[word.upper()] for word in facts["mdm"].split(","))
        rows.append((found, levels, _low(found)))
    return tuple(rows)


def _low(found: Procedure) -> int | None:
    low = (found.facts or {}).get("minutes", "").partition("-")[0]
    return int(low) if low else None


def _least(found: Procedure, least: int, day: date) -> int:
    return _MINUTES_BEFORE.get(found.code.value, least) if day < _MINIMUMS_SINCE else least
