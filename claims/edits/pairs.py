"""Lines of one day against each other: bundles, unit limits, add-on codes, visits beside procedures, repeats."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import permutations

from claims.edits.desk import Desk, line_at, service_place
from claims.edits.procedures import is_visit
from claims.findings import Hit
from claims.model import Claim, ServiceLine
from claims.tables import rows
from codesets.procedures.edits import UnitLimit
from codesets.procedures.types import Procedure

_TELL_APART = frozenset(
    "59 XE XP XS XU 24 25 27 57 58 78 79 91 LT RT LC LD LM RC RI E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 "  # noqa: SIM905
    "TA T1 T2 T3 T4 T5 T6 T7 T8 T9".split()
)
# The starter pairs only warn: they stand in for the official table, which blocks.
_STARTER = "starter"
_REPEATED = frozenset(("76", "77", "91"))
_SMALL, _LARGE = ("000", "010"), ("090",)
Numbered = tuple[int, ServiceLine]


def check_pairs(claim: Claim, desk: Desk) -> Iterator[Hit]:
    """Yield what is wrong among the lines of each day."""
    days: dict[date, list[Numbered]] = defaultdict(list)
    for number, line in enumerate(claim.lines, 1):
        if line.code and line.date_of_service:
            days[line.date_of_service].append((number, line))
    for day, lines in days.items():
        yield from _bundles(claim, desk, day, lines)
        yield from _visits(claim, desk, day, lines)
        yield from _add_ons(claim, desk, day, lines)
        yield from _limits(claim, desk, day, lines)
        yield from _repeats(claim, lines)


def _bundles(claim: Claim, desk: Desk, day: date, lines: list[Numbered]) -> Iterator[Hit]:
    bundles = desk.bundles(claim, day)
    segment, element = service_place(claim, "101")
    by_code = {line.code: number for number, line in reversed(lines)}
    told_apart = {code: _modifiers(lines, code) & _TELL_APART for code in by_code}
    for first, second in permutations(by_code, 2):
        bundle = bundles.get((first, second))
        if bundle is None:
            continue
        never = bundle.source != _STARTER and not bundle.modifier_allowed
        if not never and (told_apart[first] or told_apart[second]):
            continue
        edit = "bundle.never" if never else "bundle.modifier"
        where = f"lines {by_code[first]} and {by_code[second]}"
        yield Hit(edit, segment=segment, element=element, where=where, more=bundle.source)


def _modifiers(lines: list[Numbered], code: str) -> set[str]:
    return {m for _, line in lines if line.code == code for m in line.modifiers}


def _visits(claim: Claim, desk: Desk, day: date, lines: list[Numbered]) -> Iterator[Hit]:
    segment, element = service_place(claim, "101")
    surgery = [
        (number, found.global_days)
        for number, line in lines
        if (found := desk.procedure(line.code, day).procedure) and found.global_days in (*_SMALL, *_LARGE)
    ]
    for number, line in lines:
        modifiers = set(line.modifiers)
        if is_visit(line.code):
            if surgery and not modifiers & {"25", "57", "24"}:
                yield Hit("modifier.visit_25", segment=segment, element=element, where=line_at(number))
        elif modifiers & {"25", "57"} and any(number == n for n, _ in surgery):
            yield Hit("modifier.global", segment=segment, element=element, where=line_at(number))


def _add_ons(claim: Claim, desk: Desk, day: date, lines: list[Numbered]) -> Iterator[Hit]:
    segment, element = service_place(claim, "101-2")
    present = {line.code for _, line in lines}
    for number, line in lines:
        procedure = desk.procedure(line.code, day).procedure
        if procedure and procedure.addon_to and not _has_primary(procedure, present - {line.code}):
            yield Hit("addon.alone", segment=segment, element=element, where=line_at(number))


def _has_primary(procedure: Procedure, present: set[str]) -> bool:
    return any(first <= code <= last for first, last in procedure.addon_to for code in present)


def _limits(claim: Claim, desk: Desk, day: date, lines: list[Numbered]) -> Iterator[Hit]:
    segment, element = service_place(claim, "104")
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for _, line in lines:
        totals[line.code] += line.units
    told = set()
    for number, line in lines:
        if line.unit == "MJ":
            continue
        first = line.code not in told
        told.add(line.code)
        limit = desk.unit_limit(claim, line.code, day)
        found = _above(limit, line.units, totals[line.code] if first else Decimal(0), line.code)
        if found:
            yield Hit(found[0], segment=segment, element=element, where=line_at(number), more=found[1])


def _above(limit: UnitLimit | None, units: Decimal, total: Decimal, code: str) -> tuple[str, str] | None:
    """Return the edit that units of a line, or their total of the day, offend, and the table that says so."""
    if limit is None:
        usual = _usual_limit(code)
        return ("units.unlikely", f"starter: {usual[1]}") if usual and total > usual[0] else None
    table = f"MUE {limit.units}, {limit.rationale}"
    if limit.indicator == 1:
        return ("units.most_line", table) if units > limit.units else None
    edit = "units.most_day" if limit.indicator == 2 else "units.usual_day"
    return (edit, table) if total > limit.units else None


@cache
def _usual_limit(code: str) -> tuple[int, str] | None:
    """Return the most units that a day usually has of a code, and why, where no official table is installed."""
    return next(
        (((int(units), why)) for first, last, units, why in rows("unit_limits") if first <= code <= last), None
    )


def _repeats(claim: Claim, lines: list[Numbered]) -> Iterator[Hit]:
    segment, element = service_place(claim, "101")
    seen: dict[tuple[object, ...], int] = {}
    for number, line in lines:
        if _REPEATED & set(line.modifiers):
            continue
        key = (
            line.code,
            frozenset(line.modifiers),
            line.revenue_code,
            line.drug,
            line.place_of_service,
            line.rendering,
        )
        if key in seen:
            where = f"lines {seen[key]} and {number}"
            yield Hit("line.twice", segment=segment, element=element, where=where)
        seen.setdefault(key, number)
