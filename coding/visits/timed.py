"""Families that go by their own minutes or facts: discharge day, critical care, counselling, prolonged visits."""

import re
from collections.abc import Iterable

from coding.types import Evidence, Prompt
from coding.visits.lines import Line
from coding.visits.minutes import Minutes, Spent
from coding.visits.scan import Scan

_DISCHARGE_MINUTES = 30
_FIRST_HOUR = 74
_HALF_HOUR = 30
_PROLONGED_STEP = 15
_TOP = {"99205": 60, "99215": 40, "99345": 75, "99350": 60, "99223": 75, "99233": 50, "99306": 50, "99310": 45}
_PROLONGED = {"99205": "99417", "99215": "99417", "99345": "99417", "99350": "99417"}
_CESSATION = (4, 11)
_PLANNING = (16, 46)
_TODDLER, _CHILD = 2, 6
_GRAMS = re.compile(r"(?P<n>\d{3,4})\s*(?:g|gm|gms|grams?)\b", re.IGNORECASE)


def discharge_day(scan: Scan, minutes: Iterable[Minutes], *, in_facility: bool) -> Line:
    """Return the discharge day by its minutes; without them the lower code, and a prompt."""
    short, long = ("99315", "99316") if in_facility else ("99238", "99239")
    spent = [m for m in minutes if m.spent in (Spent.DISCHARGE, Spent.TOTAL, Spent.BARE)]
    if not spent:
        message = f"no minutes of discharge work are documented: {short}; more than 30 minutes would be {long}"
        prompt = Prompt("visit.discharge_minutes", message, None)
        words = tuple(scan.evidence(h) for h in scan.of("document", "discharge")[:1])
        return Line(short, words, "discharge day without minutes", 0.5, alternatives=(long,), prompts=(prompt,))
    stated = max(spent, key=lambda m: (m.spent is Spent.DISCHARGE, m.start))
    code = long if stated.minutes > _DISCHARGE_MINUTES else short
    evidence = (scan.evidence_of(stated.start, stated.end),)
    return Line(code, evidence, f"{stated.minutes} minutes of discharge work", 0.95)


def critical_care(scan: Scan, minutes: Iterable[Minutes], *, is_inpatient: bool, is_initial: bool) -> list[Line]:
    """Return critical care by its minutes, or by the day for small children in hospital."""
    stated = [m for m in minutes if m.spent is Spent.CRITICAL]
    total = max(m.minutes for m in stated)
    evidence = tuple(scan.evidence_of(m.start, m.end) for m in stated[:2])
    age = scan.reading.note.patient.age
    if is_inpatient and age is not None and age < _CHILD:
        codes = ("99471", "99472") if age < _TODDLER else ("99475", "99476")
        return [Line(codes[not is_initial], evidence, "a day of critical care of a small child", 0.7)]
    lines = [Line("99291", evidence, f"{total} minutes of critical care", 0.9)]
    if total > _FIRST_HOUR:
        units = -(-(total - _FIRST_HOUR) // _HALF_HOUR)
        message = "Medicare counts 99292 from 104 minutes on; CPT from 75"
        prompt = Prompt("visit.critical_care_units", message, None)
        lines.append(Line("99292", evidence, f"{total} minutes of critical care", 0.8, units, prompts=(prompt,)))
    return lines


def neonatal_day(scan: Scan, evidence: tuple[Evidence, ...], *, is_initial: bool) -> Line:
    """Return the day of an intensive-care nursery: critical by the support given, else by today's weight."""
    critical = [h for h in scan.of("support") if scan.is_said(h)]
    if critical:
        found = scan.evidence(critical[0])
        return Line("99468" if is_initial else "99469", (*evidence, found), "critically ill newborn", 0.7)
    if is_initial:
        return Line("99477", evidence, "newborn who needs intensive care", 0.6)
    weights = [m for m in _GRAMS.finditer(scan.text) if 400 <= int(m["n"]) <= 6000]
    if not weights:
        prompt = Prompt("visit.weight", "today's weight decides between 99478, 99479 and 99480", None)
        return Line(
            "99480", evidence, "intensive care, no weight found", 0.4, alternatives=("99479",), prompts=(prompt,)
        )
    grams = int(weights[-1]["n"])
    code = "99478" if grams < 1500 else "99479" if grams <= 2500 else "99480"
    found = scan.evidence_of(weights[-1].start(), weights[-1].end())
    return Line(code, (*evidence, found), f"intensive care at {grams} g", 0.6)


def counselling(scan: Scan, minutes: Iterable[Minutes]) -> list[Line]:
    """Return stop-smoking counselling and advance care planning where their minutes are documented."""
    stated = list(minutes)
    lines = []
    tobacco = [m for m in stated if m.spent is Spent.TOBACCO and m.minutes >= _CESSATION[0]]
    if tobacco:
        code = "99407" if tobacco[0].minutes >= _CESSATION[1] else "99406"
        lines.append(_by_minutes(scan, code, tobacco[0], "stop-smoking counselling"))
    planning = [m for m in stated if m.spent is Spent.ACP and m.minutes >= _PLANNING[0]]
    if planning:
        lines.append(_by_minutes(scan, "99497", planning[0], "advance care planning"))
        more = planning[0].minutes - _PLANNING[1]
        if more >= 0:
            lines.append(_by_minutes(scan, "99498", planning[0], "advance care planning", 1 + more // _HALF_HOUR))
    return lines


def prolonged(scan: Scan, code: str, total: Minutes | None) -> Line | None:
    """Return the quarter hours beyond the highest level, where the level goes by time."""
    if total is None or code not in _TOP:
        return None
    units = (total.minutes - _TOP[code]) // _PROLONGED_STEP
    if units < 1:
        return None
    message = "Medicare pays prolonged visits under G2212, G0316, G0317 or G0318, from later minutes on"
    prompt = Prompt("visit.prolonged", message, None)
    added = _PROLONGED.get(code, "99418")
    evidence = (scan.evidence_of(total.start, total.end),)
    return Line(added, evidence, f"{total.minutes} minutes in all", 0.6, units, prompts=(prompt,))


def _by_minutes(scan: Scan, code: str, stated: Minutes, what: str, units: int = 1) -> Line:
    evidence = (scan.evidence_of(stated.start, stated.end),)
    return Line(code, evidence, f"{stated.minutes} minutes of {what}", 0.85, units)
