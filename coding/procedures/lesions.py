"""Lesions cut out and wounds closed: a line for each lesion, lengths of closures added up, grafts by area."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from codesets.procedures.bounds import read_bounds
from codesets.procedures.types import Procedure
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import (
    for_each_lesion,
    includes_simple_repair,
    is_generic,
    is_repair,
    scores,
    words_of,
)
from coding.procedures.types import Service
from coding.types import Step
from nlp.procedures.types import Named, NoteKind, Part

_SIMPLE = "repair-simple"
_DEEPER = frozenset({"repair-intermediate", "repair-complex"})
_TITLED = 0.5
_BEFORE, _OBJECT = 2, 4
_BODY = "body"
_SKIN = "skin-excision"
_INJURIES = frozenset({"laceration", "lacerations", "lac", "injury", "injuries", "bite", "stab"})
_CLOSING = frozenset({"closed", "closure", "layered", "reapproximated"})
_STEP_OF_LENGTH = 5.0
_SMALL_STEPS = {"14302": 30.0, "15272": 25.0, "15276": 25.0}


def settle_lesions(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services of a report with those of lesions and wounds counted and added up."""
    found = [s for s in services if not _lies_deeper(place, s)]
    if place.reading.kind is not NoteKind.OPERATIVE:
        return _without_simple_beside_deep(found)
    found = _without_generic(found)
    found = _with_deep_closures(place, found)
    found = _summed(place, found, sets)
    for service in found:
        if for_each_lesion(service.procedure.family) and not is_repair(service.procedure.family):
            service.units = max(service.units, len(_titled(place, service)))
    return [*found, *_further_areas(place, found, sets)]


def _lies_deeper(place: Surroundings, service: Service) -> bool:
    """Tell whether the words of what names an operation on the skin are of something beneath it: a bladder tear."""
    if not (is_repair(service.procedure.family) or service.procedure.family.startswith(_SKIN)):
        return False
    return all(not words_of("beneath-skin").isdisjoint(_words_about(place, n)) for n in service.named)


def _words_about(place: Surroundings, named: Named) -> list[str]:
    """Return the words of a name with the two before it, and what follows it after 'of'."""
    stretch, folded = place.reading.stretches[named.stretch], place.reading.tokens.folded
    last = named.last + (_OBJECT if folded[named.last : named.last + 1] == ["of"] else 0)
    return folded[max(stretch.first, named.first - _BEFORE) : min(stretch.last, last)]


def _titled(place: Surroundings, service: Service) -> set[int]:
    return {n.stretch for n in service.named if place.part(n) is Part.TITLE}


def _is_main(service: Service) -> bool:
    return scores().get(service.grade, 0.0) > _TITLED


def _without_generic(services: Sequence[Service]) -> list[Service]:
    """Return the services without those named only as the general word of another one of the same sentence."""
    places = {n.stretch for s in services if not is_generic(s.procedure.family) for n in s.named if _is_surgery(s)}
    return [
        s for s in services if not is_generic(s.procedure.family) or any(n.stretch not in places for n in s.named)
    ]


def _is_surgery(service: Service) -> bool:
    return _is_main(service) and "10000" < service.value < "70000"


def _with_deep_closures(place: Surroundings, services: list[Service]) -> list[Service]:
    """Return the services without closures that are part of others; those in layers after an excision are lines."""
    families = {s.procedure.family for s in services if _is_main(s)}
    if any(map(includes_simple_repair, families)) or families & _DEEPER:
        services = [s for s in services if s.procedure.family != _SIMPLE]
    elif any(_is_surgery(s) and not is_repair(s.procedure.family) for s in services):
        services = [s for s in services if s.procedure.family != _SIMPLE or closes_injury(place, s.named)]
    if families and all(f.startswith(_SKIN) for f in families):
        for service in services:
            is_body = service.procedure.family in _DEEPER and service.grade == _BODY
            if is_body and any(
                not _CLOSING.isdisjoint(place.reading.tokens.folded[n.first : n.last]) for n in service.named
            ):
                service.grade = "body-only"
    return services


def _without_simple_beside_deep(services: list[Service]) -> list[Service]:
    """Return the services of a visit without the one-layer closure of a wound that a sentence closes in layers."""
    deep = {n.stretch for s in services if s.procedure.family in _DEEPER for n in s.named}
    return [s for s in services if s.procedure.family != _SIMPLE or any(n.stretch not in deep for n in s.named)]


def closes_injury(place: Surroundings, named: Iterable[Named]) -> bool:
    """Tell whether a closure is that of an injury rather than of the way to the operation."""
    return any(not _INJURIES.isdisjoint(place.words(n.stretch)) for n in named)


def _summed(place: Surroundings, services: list[Service], sets: ServiceSets) -> list[Service]:
    """Return the services with one for the closures of a depth and part of the body, by the sum of their lengths."""
    groups: dict[tuple[str, tuple[str, ...]], list[Service]] = {}
    for service in services:
        if is_repair(service.procedure.family) and _titled(place, service):
            groups.setdefault((service.procedure.family, service.procedure.sites), []).append(service)
    for (family, sites), members in groups.items():
        lengths = _lengths(place, [n for s in members for n in s.named])
        total = round(sum(lengths), 2)
        holding = [p for p in sets.families[family] if p.sites == sites and _holds(p, total)]
        if len(lengths) < 2 or len(holding) != 1:
            continue
        first = members[0]
        whole = replace(first, procedure=holding[0], named=[n for s in members for n in s.named])
        whole.why = [*first.why, Step("units", f"{total:g} cm of closures of one kind together")]
        services = [whole if s is first else s for s in services if s is first or s not in members]
    return services


def _lengths(place: Surroundings, named: Iterable[Named]) -> list[float]:
    """Return the length of each closure in the title, one a sentence."""
    found: dict[int, float] = {}
    for one in named:
        length = place.around(one).nearest("size_cm") if place.part(one) is Part.TITLE else None
        if length is not None:
            found.setdefault(one.stretch, length)
    return list(found.values())


def _holds(procedure: Procedure, total: float) -> bool:
    facts = procedure.facts or {}
    bounds = read_bounds(facts.get("size_cm", ""))
    return "count" not in facts and bounds is not None and bounds.holds(total)


def _further_areas(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the add-on lines for areas and lengths beyond what the first code of a graft or closure covers."""
    present = {s.value for s in services}
    found = []
    for service in services:
        if service.procedure.addon_to or not _is_main(service):
            continue
        for further in sets.families[service.procedure.family]:
            units = _further_units(place, service, further)
            if units and further.code.value not in present:
                line = Service(further, list(service.named), service.grade, 1, units=units)
                line.why.append(Step("units", f"{units} more beyond the first code"))
                found.append(line)
    return found


def _further_units(place: Surroundings, service: Service, further: Procedure) -> int:
    """Return how often an add-on is billed for what goes beyond the first code; 0 where it is not."""
    facts = further.facts or {}
    key = "area_sqcm" if "area_sqcm" in facts else "size_cm"
    bounds = read_bounds(facts.get(key, ""))
    goes_with = any(low <= service.value <= high for low, high in further.addon_to)
    if bounds is None or facts.get("count") != "additional" or not goes_with:
        return 0
    stated = [m.value for m in place.measures_of({n.stretch for n in service.named}, key)]
    if not stated or not bounds.holds(max(stated)):
        return 0
    included = round(bounds.low - 0.1, 1)
    step = _SMALL_STEPS.get(further.code.value, included if key == "area_sqcm" else _STEP_OF_LENGTH)
    return math.ceil(round((max(stated) - included) / step, 4))
