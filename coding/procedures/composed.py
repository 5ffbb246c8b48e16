"""Codes made up of the parts that a report states: heart catheters by chamber, bypasses by graft.

A family used `composed` has a code for each set of parts (`with`).
"""

from collections.abc import Collection, Sequence

from codesets.procedures.types import Procedure
from coding.procedures.grafts import count_grafts
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import is_built_on, is_composed, is_local, scores
from coding.procedures.types import Service
from nlp.procedures.details import details_in
from nlp.procedures.types import Detail

_ANYWHERE = frozenset({"congenital", "abnormal-connections", "acute-mi"})
_PAST = frozenset({"previous", "prior", "old", "remote", "history", "past", "non"})
_PAST_REACH = 3
_ARTERY, _VEIN, _WITH_ARTERY = "cabg-artery", "cabg-vein-only", "cabg-vein-with-artery"
_BYPASSES = (_ARTERY, _VEIN, _WITH_ARTERY)
_LEAST = 0.1


def compose(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services with those of composed families, and bypasses recast."""
    found = list(services)
    for family in dict.fromkeys(s.procedure.family for s in services):
        if is_composed(family):
            found = _recast(place, found, family, sets)
    return _bypasses(place, found, sets)


def _recast(place: Surroundings, services: list[Service], family: str, sets: ServiceSets) -> list[Service]:
    """Return the services with one code for all of a family: that of the parts that the report states."""
    members = [(p, _parts(p)) for p in sets.families[family] if _parts(p)]
    known = frozenset().union(*(parts for _, parts in members))
    old = [s for s in services if s.procedure.family == family]
    own = [_parts(s.procedure) for s in old if s.grade == "title" and is_built_on(family)]
    rows = {n.stretch for s in old for n in s.named} if is_local(family) else None
    stated = frozenset().union(*own) | frozenset(part for part in known if _is_stated(place, part, rows))
    fitting = [(p, parts) for p, parts in members if parts <= stated]
    if not fitting:
        return services
    other = [_others(s.procedure) for s in old]
    best, _ = max(
        fitting, key=lambda m: (m[1] >= stated & _ANYWHERE, len(m[1]), _others(m[0]) in other, m[0].code.value)
    )
    return _replaced(services, old, [best])


def _is_stated(place: Surroundings, part: str, rows_of: Collection[int] | None = None) -> bool:
    if any(rows_of is None or d.stretch in rows_of for d in place.places_of("with", part)):
        return True
    rows = range(len(place.reading.stretches)) if part in _ANYWHERE else ()
    details = (d for row in rows for d in details_in(place.reading, row))
    return any(d.key == "with" and d.value == part and not _is_past(place, d) for d in details)


def _is_past(place: Surroundings, detail: Detail) -> bool:
    before = place.reading.tokens.folded[max(0, detail.first - _PAST_REACH) : detail.first]
    return detail.denied or not _PAST.isdisjoint(before)


def _parts(procedure: Procedure) -> frozenset[str]:
    return frozenset(v for v in (procedure.facts or {}).get("with", "").split(",") if v)


def _others(procedure: Procedure) -> dict[str, str]:
    """Return the facts that set a code apart beside its parts."""
    return {key: value for key, value in (procedure.facts or {}).items() if key != "with"}


def _bypasses(place: Surroundings, services: list[Service], sets: ServiceSets) -> list[Service]:
    """Return the services with bypasses of the heart by how many grafts are of artery and of vein."""
    old = [s for s in services if s.procedure.family in _BYPASSES]
    if not old:
        return services
    arteries, veins = count_grafts(place)
    new = [_of_count(sets, _ARTERY, arteries)] if arteries else []
    new += [_of_count(sets, _WITH_ARTERY if arteries else _VEIN, veins)] if veins else []
    return _replaced(services, old, [p for p in new if p]) if new else services


def _of_count(sets: ServiceSets, family: str, count: int) -> Procedure | None:
    members = sorted(sets.families.get(family, ()), key=lambda p: p.code.value)
    return members[min(count, len(members)) - 1] if members else None


def _replaced(services: list[Service], old: list[Service], new: Sequence[Procedure]) -> list[Service]:
    """Return services with those of `new` in the place of `old`, at the surest of their grades."""
    grade = max((s.grade for s in old), key=lambda g: scores().get(g, _LEAST))
    named = [n for s in old for n in s.named]
    stated = max(s.stated for s in old)
    kept = [s for s in services if s not in old]
    return kept + [Service(p, list(named), grade, max(1, stated)) for p in new]
