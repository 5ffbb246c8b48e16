"""Births that a note tells without naming them: the child, the cord, the placenta, the pushing, the cuts."""

from collections.abc import Sequence

from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.types import Service
from nlp.procedures.types import Detail, Named, NoteKind, Part

_TOLD = frozenset({Part.TITLE, Part.BODY, Part.RESULTS, Part.OTHER, Part.COURSE, Part.ASIDE})
_CHILD = frozenset({"infant", "head"})
_OF_MOTHER = frozenset({"placenta", "pushing", "perineum"})
_SIGNS = {NoteKind.OPERATIVE: 3, NoteKind.VISIT: 4}
_CUTS = 2
_WORDS = frozenset({"placenta", "apgar", "apgars", "cord", "perineum", "hysterotomy", "pushed", "pushing"})
_VAGINAL, _CESAREAN = "59409", "59514"
_FIRST, _LAST = "59400", "59622"
_BESIDE = frozenset({"59412", "59414", "59425", "59426", "59430"})


def with_birth(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services with the birth that the note tells, where it names none and tells of the mother."""
    told = _birth(place, services, sets)
    return list(services) if told is None else [*(s for s in services if s.procedure is not told.procedure), told]


def _birth(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> Service | None:
    reading = place.reading
    needed = _SIGNS.get(reading.kind)
    if needed is None or _WORDS.isdisjoint(reading.tokens.folded) or any(_is_birth(s) for s in services):
        return None
    rows = [row for row in range(len(reading.stretches)) if reading.parts[row] in _TOLD]
    signs = _first_places(place, rows, "birth")
    if signs.keys().isdisjoint(_CHILD):
        return None
    cuts = _first_places(place, rows, "birth-cut")
    by_cut = len(cuts) >= _CUTS
    if not by_cut and (len(signs) < needed or signs.keys().isdisjoint(_OF_MOTHER)):
        return None
    procedure = sets.by_value.get(_CESAREAN if by_cut else _VAGINAL)
    if procedure is None:
        return None
    told = sorted((*signs.values(), *cuts.values()), key=lambda d: d.first)
    return Service(procedure, [Named(d.first, d.first + 1, d.stretch, (), 1) for d in told], "rule", 1)


def _is_birth(service: Service) -> bool:
    named = _FIRST <= service.value <= _LAST and service.value not in _BESIDE
    return named and service.grade not in ("body", "findings")


def _first_places(place: Surroundings, rows: Sequence[int], key: str) -> dict[str, Detail]:
    """Return value → the first place that states it."""
    found: dict[str, Detail] = {}
    for detail in place.stated_in(rows, key):
        found.setdefault(detail.value, detail)
    return found
