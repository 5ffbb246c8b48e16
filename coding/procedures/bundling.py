"""What is part of something else: common pairs, the diagnostic step of a family, add-ons without their primary."""

from collections.abc import Sequence

from codesets.procedures.edits import Bundles
from codesets.procedures.types import Procedure
from coding.procedures.tables import for_each_lesion, of_skin_lesions
from coding.procedures.types import Service
from coding.types import Prompt

SEPARATE = Prompt(
    "procedure.separate",
    "Usually part of another line: bill it with modifier 59 or X only if the note shows a separate site or session.",
    None,
)
_BY_NUMBER = "stated"


def bundled(services: Sequence[Service], bundles: Bundles) -> list[tuple[Service, str, str]]:
    """Return (service, the code that displaces it, rule) for what is part of another service."""
    out: dict[str, tuple[Service, str, str]] = {}
    for first in services:
        for second in services:
            pair = bundles.get((first.value, second.value))
            if pair is None or first.value in out or second.value in out:
                continue
            if pair.modifier_allowed and _apart(first, second):
                second.prompts.append(SEPARATE)
                continue
            out[second.value] = (second, first.value, "procedure.bundled")
    kept = [s for s in services if s.value not in out]
    for family in {s.procedure.family for s in kept}:
        members = [s for s in kept if s.procedure.family == family]
        out |= {s.value: (s, because, "procedure.family") for s, because in _lesser(members)}
    return list(out.values())


def add_on_alone(service: Service, services: Sequence[Service]) -> bool:
    """Tell whether an add-on code stands without any of the codes that it goes with."""
    return bool(service.procedure.addon_to) and not any(goes_with(service, other) for other in services)


def goes_with(add_on: Service, other: Service) -> bool:
    """Tell whether a code is one that an add-on goes with; no add-on goes with itself."""
    spans = add_on.procedure.addon_to
    return other.value != add_on.value and any(first <= other.value <= last for first, last in spans)


def _apart(first: Service, second: Service) -> bool:
    """Tell whether the note treats two services in different sentences with facts of their own."""
    here, there = ({n.stretch for n in s.named} for s in (first, second))
    if of_skin_lesions(first.procedure.family) and of_skin_lesions(second.procedure.family):
        return here.isdisjoint(there)
    if first.procedure.family != second.procedure.family:
        return False
    return bool(here - there) and bool(there - here) and min(first.stated, second.stated) > 0


def _lesser(members: Sequence[Service]) -> list[tuple[Service, str]]:
    """Return the services of a family that the most extensive one covers: those that fewer facts set apart."""
    if len(members) < 2:
        return []
    best = max(members, key=lambda s: (s.grade == _BY_NUMBER, s.stated, len(s.named), s.value))
    return [(s, best.value) for s in members if s is not best and not _own_line(best, s)]


def _own_line(best: Service, other: Service) -> bool:
    if other.procedure.addon_to or best.procedure.addon_to:
        return True
    if for_each_lesion(best.procedure.family) and min(best.stated, other.stated) > 0:
        return {n.stretch for n in best.named}.isdisjoint(n.stretch for n in other.named)
    places = {(n.first, n.last) for n in best.named}
    ways, others = _ways(best.procedure), _ways(other.procedure)
    distinct = bool(others) and not others <= ways and other.stated > 0
    return distinct and places.isdisjoint((n.first, n.last) for n in other.named)


def _ways(procedure: Procedure) -> frozenset[str]:
    facts = procedure.facts or {}
    return frozenset(v for key in ("with", "site") for v in facts.get(key, "").split(",") if v)
