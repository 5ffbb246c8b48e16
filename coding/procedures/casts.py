"""The supplies of casts and splints that the office put on, by the material that the note names and the age."""

from collections.abc import Sequence

from codesets.procedures.bounds import read_bounds
from codesets.procedures.types import Procedure
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import cast_supplies
from coding.procedures.types import Service
from nlp.procedures.types import NoteKind
from nlp.types import Setting

_GROWN = 40


def supplies_of_casts(
    place: Surroundings, services: Sequence[Service], sets: ServiceSets, setting: Setting
) -> list[Service]:
    """Return the supplies of the casts and splints among services done in an office; none without a material."""
    if setting is not Setting.OUTPATIENT or place.reading.kind is not NoteKind.VISIT:
        return []
    present = {s.procedure.family for s in services}
    found: dict[str, Service] = {}
    for service in services:
        family = cast_supplies(service.value)
        if family is None or family in present:
            continue
        materials = place.details_of({n.stretch for n in service.named}).get("material", set())
        for procedure in sets.families.get(family, ()):
            if len(materials) == 1 and _is_meant(place, procedure, materials):
                found[procedure.code.value] = Service(procedure, list(service.named), service.grade, 1)
    return list(found.values())


def _is_meant(place: Surroundings, procedure: Procedure, materials: set[str]) -> bool:
    facts = procedure.facts or {}
    bounds = read_bounds(facts["age"]) if "age" in facts else None
    age = _GROWN if place.age is None else place.age
    return facts.get("material") in materials and (bounds is None or bounds.holds(age))
