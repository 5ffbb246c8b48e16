"""How many levels of the spine a service was done at: the code for as many, further levels, units."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from codesets.procedures.bounds import read_bounds
from codesets.procedures.types import Procedure
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import counted_by_level
from coding.procedures.types import Service
from nlp.procedures.levels import Levels, levels_in, levels_near
from nlp.procedures.types import Named, NoteKind, Part

_BOTH = {"29881": "29880", "29882": "29883"}
_COMPARTMENTS = frozenset({"medial", "lateral"})
_BESIDE = 2
_REGIONS = ((7, "cervical spine"), (19, "thoracic spine"), (99, "lumbar spine"))
_UNITS = frozenset({"spine-interbody-device", "discography"})


def level_count(place: Surroundings, service: Service) -> int:
    """Return at how many levels a service was done, 0 where nothing tells or the spine is not counted."""
    way = counted_by_level(service.procedure.family)
    if way is None:
        return 0
    levels = _levels(place, service)
    if way == "bones":
        return len(levels.bones)
    if way == "roots":
        return len(levels.spaces) + levels.alone
    if levels.spaces:
        return len(levels.spaces)
    return max(1, len(levels.bones) - 1) if levels.bones else 0


def at_levels(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services, each under the code of its family for the vertebrae it spans, with its units."""
    found: list[Service] = []
    for service in services:
        count = level_count(place, service)
        if count:
            family = sets.families[service.procedure.family]
            fitting = _for_region(service.procedure, family, _levels(place, service))
            fitting = _for_count(fitting, family, count) if count > 1 else fitting
            service = replace(service, procedure=fitting)
            if fitting.family in _UNITS:
                service.units = max(service.units, count)
        same = next((s for s in found if s.procedure is service.procedure), None)
        if same is None:
            found.append(service)
        else:
            same.named += service.named
    return found


def both_compartments(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services, each under the code for both compartments of a joint where its names stand beside both."""
    found = []
    for service in services:
        target = sets.by_value.get(_BOTH.get(service.value, ""))
        if target is not None and _beside(place, service).issuperset(_COMPARTMENTS):
            service = replace(service, procedure=target)
        found.append(service)
    return found


def _beside(place: Surroundings, service: Service) -> set[str]:
    """Return the words within and beside the names of a service in the title of a report."""
    tokens, parts = place.reading.tokens.folded, place.reading.parts
    named = [n for n in service.named if parts[n.stretch] is Part.TITLE]
    return {w for n in named for w in tokens[max(0, n.first - _BESIDE) : n.last]}


def _levels(place: Surroundings, service: Service) -> Levels:
    """Return the levels nearest to the names of a service, the title's first; else those of the whole title."""
    reading = place.reading
    parts, folded = reading.parts, reading.tokens.folded
    titled = [n for n in service.named if parts[n.stretch] is Part.TITLE]
    found = _near(place, titled)
    if not found.bones and reading.kind is not NoteKind.VISIT:
        for row, stretch in enumerate(reading.stretches):
            if parts[row] is Part.TITLE:
                found |= levels_in(folded[stretch.first : stretch.last])
    return found if found.bones else _near(place, service.named)


def _near(place: Surroundings, named: Iterable[Named]) -> Levels:
    found = Levels()
    for one in named:
        stretch = place.reading.stretches[one.stretch]
        words = place.reading.tokens.folded[stretch.first : stretch.last]
        found |= levels_near(words, one.first - stretch.first, one.last - stretch.first)
    return found


def _for_count(procedure: Procedure, family: Iterable[Procedure], count: int) -> Procedure:
    """Return the code of a family that differs in the count alone and holds for this one."""
    own = _less_count(procedure)
    for other in family:
        bounds = read_bounds((other.facts or {}).get("count", ""))
        holds = bounds is not None and bounds.high > 1 and bounds.holds(count)
        is_same_kind = bool(other.addon_to) == bool(procedure.addon_to) and set(other.sites) == set(procedure.sites)
        if holds and is_same_kind and _less_count(other) == own:
            return other
    return procedure


def _for_region(procedure: Procedure, family: Iterable[Procedure], levels: Levels) -> Procedure:
    """Return the code of a family for the part of the spine where the levels begin, if it differs in that alone."""
    first = min(levels.bones, default=0)
    region = next(name for last, name in _REGIONS if first <= last)
    if not first or region in procedure.sites or not any(name in procedure.sites for _, name in _REGIONS):
        return procedure
    own, facts = _less_site(procedure), procedure.facts or {}
    alike = [
        p for p in family if region in p.sites and _less_site(p) == own and set(p.addon_to) == set(procedure.addon_to)
    ]
    return min(alike, key=lambda p: ("site" in (p.facts or {})) != ("site" in facts), default=procedure)


def _less_site(procedure: Procedure) -> dict[str, str]:
    return {key: value for key, value in (procedure.facts or {}).items() if key != "site"}


def _less_count(procedure: Procedure) -> dict[str, str]:
    return {key: value for key, value in (procedure.facts or {}).items() if key != "count"}
