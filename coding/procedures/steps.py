"""The services done, one a code, with the steps that were made through one scope."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from codesets.types import CodeSystem
from coding.procedures.grades import THRESHOLD, grade_score, score_of
from coding.procedures.judged import Judged
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import (
    in_ladder,
    is_splint,
    short_reaches,
)
from coding.procedures.types import Group, Service, group_of
from nlp.procedures.types import NoteKind

_MAJOR = "090"
_HANDED = ("supply-dispensed", "listed-supply")


def services_of(done: Sequence[Judged]) -> list[Service]:
    """Return the services done, one a code: the surest grade, all its places."""
    found: dict[str, Service] = {}
    for one in _without_shadows(done):
        best = one.choices[0]
        value = best.procedure.code.value
        service = found.get(value)
        if service is None:
            found[value] = Service(best.procedure, [one.named], one.verdict.grade, best.stated)
            continue
        service.named.append(one.named)
        service.stated = max(service.stated, best.stated)
        if grade_score(one.verdict.grade) > score_of(service):
            service.grade = one.verdict.grade
    _raise_steps(found, done)
    return list(found.values())


def _without_shadows(judged: Sequence[Judged]) -> Iterator[Judged]:
    """Yield what was done, less the HCPCS names that a CPT name of as many words covers; drugs have both."""
    longest: dict[int, int] = {}
    for one in judged:
        if one.choices[0].procedure.code.system is CodeSystem.CPT:
            for token in range(one.named.first, one.named.last):
                longest[token] = max(longest.get(token, 0), one.named.words)
    worn = [o.named for o in judged if o.verdict.grade in _HANDED and _is_worn(o)]
    handed = {token for named in worn for token in range(named.first, named.last)}
    for one in judged:
        procedure = one.choices[0].procedure
        tokens = range(one.named.first, one.named.last)
        if one.verdict.grade in _HANDED and _is_worn(one):
            yield one
            continue
        if is_splint(procedure.family) and not handed.isdisjoint(tokens):
            continue
        covered = any(longest.get(token, 0) >= one.named.words for token in tokens)
        if procedure.code.system is CodeSystem.CPT or group_of(procedure) is Group.DRUG or not covered:
            yield one


def _is_worn(judged: Judged) -> bool:
    return judged.choices[0].procedure.code.value[0] == "L"


def _raise_steps(found: Mapping[str, Service], done: Sequence[Judged]) -> None:
    """Count the steps of a scope that the body names as surely done where the title names the scope."""
    ladders = {
        s.procedure.family for s in found.values() if score_of(s) >= THRESHOLD and in_ladder(s.procedure.family)
    }
    own = {one.choices[0].procedure.code.value for one in done if one.is_own}
    for value, service in found.items():
        is_step = service.procedure.family in ladders and "with" in (service.procedure.facts or {})
        if is_step and value in own and service.grade == "body":
            service.grade = "detail"


def shortened(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services with scopes that the body alone names as what they were by how far they went."""
    for service in services:
        reach = short_reaches().get(service.procedure.family)
        if reach is None or not service.grade.startswith("body") or not reach.far.isdisjoint(place.report_words):
            continue
        facts = service.procedure.facts
        shorter = next((p for p in sets.families.get(reach.family, ()) if p.facts == facts), None)
        if shorter is not None and not reach.near.isdisjoint(place.report_words):
            service.procedure = shorter
    return list(services)


def steps_of(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return what else was done through the scope of a report: the codes of a family whose ways the note states."""
    if place.reading.kind is NoteKind.VISIT:
        return []
    found: dict[str, Service] = {}
    if any(s.procedure.global_days == _MAJOR and score_of(s) >= THRESHOLD for s in services):
        return []
    present = {s.value for s in services if score_of(s) >= THRESHOLD}
    unsure = {s.value: s for s in services if s.value not in present}
    for service in services:
        family = service.procedure.family
        if not in_ladder(family) or score_of(service) < THRESHOLD:
            continue
        for sibling in sets.families[family]:
            ways = (sibling.facts or {}).get("with", "")
            if not ways or "," in ways or sibling.code.value in present or sibling.addon_to:
                continue
            stated = [d for d in place.places_of("with", ways, family) if place.shows_need(d, ways)]
            if stated and (sibling.facts or {}).keys() <= {"with", "approach", "timing"}:
                own = service.named[0]
                named = [replace(own, first=d.first, last=d.first + 1, stretch=d.stretch) for d in stated]
                found[sibling.code.value] = Service(sibling, named, "detail", 1)
    for value in found.keys() & unsure.keys():
        unsure[value].grade, unsure[value].stated = "detail", max(unsure[value].stated, 1)
    return [s for value, s in found.items() if value not in unsure]
