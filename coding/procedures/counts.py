"""How often something was done: additional codes for further lesions or levels, units, the 8-minute rule."""

from collections.abc import Sequence
from math import ceil

from codesets.procedures.bounds import read_bounds
from codesets.procedures.types import Procedure
from coding.procedures.levels import level_count
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import counted_by_level
from coding.procedures.types import Group, Service, group_of
from coding.procedures.units import timed_units
from coding.types import Step

_TIMED = "15min"
_REACH = 90
_MOST = 40
_OF_ONE = frozenset(
    {"times", "fragment", "piece", "part", "core", "pass", "passe", "sample", "site", "muscle", "block"}
)
_PAIRS = frozenset({"87804"})
_ITEM = "item"
_QUADRANT, _QUADRANTS = "quadrant", 4


def further_services(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the add-on lines for what was done more than once, with their units."""
    found: list[Service] = []
    present = {s.value for s in services}
    for service in services:
        count = max(_count(place, service), level_count(place, service))
        larger = None if service.procedure.addon_to else _larger(place, service, sets)
        if larger is not None and larger.value not in present:
            found.append(larger)
            continue
        if service.procedure.addon_to or count < 2:
            continue
        family = sets.families[service.procedure.family]
        further = [(p, 1) for p in family if _is_numbered(p, service.procedure, count)]
        if not further:
            alike = [p for p in family if _continues(p, service.procedure, count)]
            most = max((len(p.facts or {}) for p in alike), default=0)
            further = [(p, count - 1) for p in alike if len(p.facts or {}) == most]
            further = further if len(further) == 1 else []
        for procedure, units in further:
            if procedure.code.value in present:
                continue
            line = Service(procedure, list(service.named), service.grade, 1, units=units)
            line.why.append(Step("units", f"{count} in all, the first has its own code"))
            found.append(line)
    return found


def _is_numbered(further: Procedure, first: Procedure, count: int) -> bool:
    """Tell whether an add-on is for the second one, or the third, alone, and as many were done."""
    counted = (further.facts or {}).get("count", "")
    bounds = read_bounds(counted) if counted[:1].isdigit() else None
    if bounds is None or bounds.low < 2 or not further.addon_to or counted_by_level(first.family) is None:
        return False
    same_site = (further.facts or {}).get("site") == (first.facts or {}).get("site")
    return (
        bounds.low <= count and same_site and any(low <= first.code.value <= high for low, high in further.addon_to)
    )


def _larger(place: Surroundings, service: Service, sets: ServiceSets) -> Service | None:
    """Return the add-on line for the area beyond what the first code of a family covers, one unit a further step."""
    areas = [m.value for m in place.measures_of(place.wide(service.named[0].stretch), "area_sqcm")]
    for further in sets.families[service.procedure.family] if areas else ():
        facts, own = further.facts or {}, service.procedure.facts or {}
        covered = read_bounds(facts["area_sqcm"]) if "area_sqcm" in facts else None
        is_of_first = any(low <= service.value <= high for low, high in further.addon_to)
        same = all(own.get(key) == facts.get(key) for key in ("depth", "site", "class", "with"))
        if covered is None or facts.get("count") != "additional" or not is_of_first or not same:
            continue
        step = int(max(covered.low, 1))
        units = min(_MOST, ceil((max(areas) - step) / step))
        if units > 0:
            line = Service(further, list(service.named), service.grade, 1, units=units)
            line.why.append(Step("units", f"{max(areas):g} sq cm, the first {step} have their own code"))
            return line
    return None


def count_units(place: Surroundings, services: Sequence[Service]) -> list[Service]:
    """Return the services with their units: for each test, and for the timed services of the day together.

    A timed service that the rule leaves without a unit is not billed.
    """
    minutes: dict[str, float] = {}
    for service in services:
        if service.procedure.unit == _ITEM and group_of(service.procedure) is Group.MEDICINE:
            service.units = max(service.units, len({(n.first, n.last) for n in service.named}))
        if service.procedure.unit == _QUADRANT:
            service.units = max(service.units, min(_count(place, service), _QUADRANTS))
        if service.value in _PAIRS and _names_both(place, service):
            service.units = 2
        if service.procedure.unit == _TIMED and service.value[0] == "9":
            stated = _minutes(place, service)
            if stated:
                minutes[service.value] = stated
    units = timed_units(minutes)
    for service in services:
        if service.value in units:
            service.units = units[service.value]
            service.why.append(Step("units", f"{minutes[service.value]:g} minutes, 8-minute rule over the day"))
    return [s for s in services if s.value not in minutes or s.value in units]


def _continues(further: Procedure, first: Procedure, count: int) -> bool:
    """Tell whether an add-on of the family is for each further one after `first`."""
    if not any(low <= first.code.value <= high for low, high in further.addon_to):
        return False
    facts, own = further.facts or {}, first.facts or {}
    counted = facts.get("count", "")
    included = read_bounds(own["count"]) if "count" in own and counted == "additional" else None
    if included is not None and included.high > 1 and included.holds(count):
        return False
    bounds = read_bounds(counted) if counted else None
    if counted != "additional" and (bounds is None or not bounds.holds(count)):
        return False
    return all(own.get(key) == value for key, value in facts.items() if key in ("with", "nature", "site", "class"))


def _count(place: Surroundings, service: Service) -> int:
    """Return how many the sentence of a service states near its name."""
    ends = [place.reading.tokens.ends[n.last - 1] for n in service.named]
    starts = [place.reading.tokens.starts[n.first] for n in service.named]
    counts = [
        int(m.value)
        for n, start, end in zip(service.named, starts, ends, strict=True)
        for m in place.measures_of([n.stretch], "count")
        if start - _REACH < m.start < end + _REACH and m.value <= _MOST and m.unit not in _OF_ONE
    ]
    return max(counts, default=1)


def _minutes(place: Surroundings, service: Service) -> float:
    tokens = place.reading.tokens
    for named in service.named:
        end = tokens.ends[named.last - 1]
        after = [m for m in place.measures_of([named.stretch], "minutes") if 0 <= m.start - end < _REACH]
        if after:
            return after[0].value
    return 0.0


def _names_both(place: Surroundings, service: Service) -> bool:
    tokens = place.reading.tokens
    for named in service.named:
        window = set(tokens.written[named.first : named.last + 4])
        if {"A", "B"} <= window or {"a", "b"} <= window:
            return True
    return False
