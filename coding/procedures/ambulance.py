"""The lines of an ambulance run: the level of the crew's care and whether it was an emergency, miles, supplies."""

import re
from functools import cache
from typing import NamedTuple

from coding.procedures.sets import ServiceSets
from coding.procedures.tables import ambulance_rows
from coding.procedures.types import Service
from coding.types import Step
from nlp.procedures.lists import listed_spans
from nlp.procedures.types import Named, ServiceReading

_RUN = re.compile(
    r"\b(?:ambulance|ems|prehospital|pre-hospital|medic|paramedic|patient care)[ -]"
    r"(?:run|patient care|care|trip|transport)?"
    r" ?(?:report|run|record|pcr|sheet|narrative)\b",
    re.IGNORECASE,
)
_OPENING = 200
_EMERGENCY = re.compile(
    r"\b(?:911|emergent|emergency|priority 1|lights and sirens?|code 3)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\bnon-?\s?emergen\w*|\bscheduled (?:transfer|transport|trip)|\binterfacility\b", re.IGNORECASE
)
_LEVELS = {
    "als": re.compile(r"\bals1?\b|\badvanced life support|\bparamedic (?:assessment|intervention)", re.IGNORECASE),
    "bls": re.compile(r"\bbls\b|\bbasic life support", re.IGNORECASE),
}
_MILES = (
    re.compile(
        r"(?:loaded|mileage|miles|transport(?:ed)?)\D{0,25}?(\d{1,4}(?:\.\d)?)"
        r"(?: (?:statute|loaded|ground))? ?(?:miles|mi\b)",
        re.IGNORECASE,
    ),
    re.compile(r"(\d{1,4}(?:\.\d)?) (?:loaded |statute |ground )+miles", re.IGNORECASE),
    re.compile(r"(?:loaded (?:miles|mileage)|mileage)\W{1,3}(\d{1,4}(?:\.\d)?)", re.IGNORECASE),
)
_AIR = {"A0430": "A0435", "A0431": "A0436"}
_GROUND = "A0425"


class _Found(NamedTuple):
    code: str
    start: int


def is_ambulance_run(text: str) -> bool:
    """Tell whether a note opens as the report of an ambulance's crew.

    >>> is_ambulance_run("AMBULANCE RUN REPORT"), is_ambulance_run("Brought by ambulance to the ED")
    (True, False)
    """
    return _RUN.search(text, 0, _OPENING) is not None


def ambulance_lines(reading: ServiceReading, sets: ServiceSets) -> list[Service]:
    """Return the lines of a run: its base rate, oxygen and supplies that the crew used, the loaded miles."""
    text = _told(reading.text)
    lines: dict[str, Service] = {}
    groups: set[str] = set()
    for code, words, group, against in ambulance_rows():
        found = None if group in groups else _first(text, words, against)
        if found is not None and code in sets.by_value:
            groups.add(group)
            lines[code] = _line(reading, sets, code, found)
    base = next(iter(lines), "")
    miles = next((m for pattern in _MILES if (m := pattern.search(text))), None)
    mileage = _AIR.get(base, _GROUND)
    if "base" in groups and miles and mileage in sets.by_value:
        lines[mileage] = _line(reading, sets, mileage, miles.start())
        lines[mileage].units = max(1, round(float(miles[1]) + 0.49))
        lines[mileage].why.append(Step("units", f"{miles[1]} loaded miles"))
    return list(lines.values()) if "base" in groups else []


def _told(text: str) -> str:
    """Return the text with what it says was not done blanked."""
    for span in listed_spans(text)[0]:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _first(text: str, words: str, against: str) -> int | None:
    if against and _any_of(against).search(text):
        return None
    places = []
    for choice in words.split("|"):
        level, _, emergency = choice.partition("+")
        pattern = _LEVELS.get(level) or _any_of(choice)
        match = pattern.search(text)
        if match and (not emergency or (_EMERGENCY.search(text) and not _PLANNED.search(text))):
            places.append(match.start())
    return min(places, default=None)


@cache
def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words.split('|')))})", re.IGNORECASE)


def _line(reading: ServiceReading, sets: ServiceSets, code: str, start: int) -> Service:
    tokens = reading.tokens
    first = next(n for n, end in enumerate(tokens.ends) if end > start)
    rows = enumerate(reading.stretches)
    stretch = next((row for row, s in rows if s.first <= first < s.last), 0)
    return Service(sets.by_value[code], [Named(first, first + 1, stretch, (), 1)], "rule", 1)
