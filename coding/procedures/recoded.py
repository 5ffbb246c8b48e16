"""Services that come to another code: beside a second service, by a detail, a diagnosis or the words of their name.

The rows of `recoded.tsv` are followed in order; a row that adds leaves what it started from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from codesets.procedures.parts import Codes
from codesets.procedures.types import Procedure
from coding.procedures.choose import choose
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import recoded_rows, scores
from coding.procedures.types import Service
from coding.procedures.weights import is_heavy
from nlp.procedures.types import Named, Part
from nlp.types import Setting

_PASSING = frozenset({"body", "findings"})
_PARTS = frozenset({Part.TITLE, Part.BODY, Part.DIAGNOSIS, Part.RESULTS, Part.OTHER})
_ADDING = frozenset({"adds", "fills"})
_LIKELY = 0.4


class _Which:
    """Services by codes, ranges of codes and families, as `44005|58660-58662|egd`."""

    def __init__(self, written: str) -> None:
        items = [x for x in written.split("|") if x]
        self._codes = Codes("|".join(x for x in items if x[0].isdigit()))
        self.families = frozenset(x for x in items if not x[0].isdigit())

    def holds(self, value: str, family: str) -> bool:
        """Tell whether a code of a family is among them."""
        return family in self.families or value in self._codes


class _Rule(NamedTuple):
    """A row of the table."""

    which: _Which
    beside: _Which
    key: str
    value: str
    becomes: dict[str, str]
    target: str
    how: str


def recoded(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services, those that the rows make another one under that one's code, with what the rows add."""
    found, at = list(services), -1
    while (at := _next(found, at)) < len(_rules()):
        for service in [s for s in found if _rules()[at].which.holds(s.value, s.procedure.family)]:
            if any(s is service for s in found):
                found = _followed(_rules()[at], place, service, found, sets)
    return found


def _followed(
    rule: _Rule, place: Surroundings, service: Service, found: list[Service], sets: ServiceSets
) -> list[Service]:
    """Return the services after a row was followed for one of them."""
    other = next((s for s in found if s is not service and _is_beside(rule, s)), None)
    if other is None and not (rule.key and _holds(rule, place, service)):
        return found
    if rule.how in _ADDING:
        new = None if service.grade in _PASSING else _added(rule, place, service, found, sets)
        return found if new is None else [*(s for s in found if s.procedure is not new.procedure), new]
    target = sets.by_value.get(rule.becomes.get(service.value, rule.target))
    takes = other is not None and rule.how != "keeps"
    if target is None or target is service.procedure or (takes and service.grade in _PASSING):
        return found
    gone = [service, other] if takes and other is not None else [service]
    same = next((s for s in found if s.procedure is target), None)
    dropped = {id(s) for s in (*gone, same)}
    return [*(s for s in found if id(s) not in dropped), _joined(target, gone, same)]


def _is_beside(rule: _Rule, service: Service) -> bool:
    """Tell whether a service is what a row asks for: a code that is a line, a family named anywhere."""
    if service.grade in _PASSING:
        return service.procedure.family in rule.beside.families
    return rule.beside.holds(service.value, service.procedure.family)


def _joined(target: Procedure, services: Sequence[Service], same: Service | None) -> Service:
    """Return the service of a code that stands for others, or is there already."""
    named = [n for s in services for n in s.named]
    if same is None or any(s is same for s in services):
        return replace(services[0], procedure=target, named=named)
    grade = max(same.grade, services[0].grade, key=lambda grade: scores().get(grade, 0.0))
    return replace(same, named=[*same.named, *named], grade=grade)


def _added(
    rule: _Rule, place: Surroundings, service: Service, found: Sequence[Service], sets: ServiceSets
) -> Service | None:
    """Return the service that a row adds, the best of several codes by the words around the name; none twice."""
    known = [sets.by_value[code] for code in rule.target.split("/") if code in sets.by_value]
    likely = [s for s in found if scores().get(s.grade, 0.0) >= _LIKELY]
    if not known or any(s.procedure in known for s in likely):
        return None
    if rule.how == "fills" and any(_fills(known[0], s.procedure) for s in likely):
        return None
    named = _named_at(rule, place, service)
    procedure = known[0]
    if len(known) > 1:
        procedure = choose(known, (), place.around(named), place.note.setting or Setting.OUTPATIENT)[0].procedure
    return Service(procedure, [named], service.grade, max(service.stated, 1))


def _fills(added: Procedure, present: Procedure) -> bool:
    """Tell whether a code that is present leaves no place for another one: of its family, unless it is an add-on."""
    return present.family == added.family and not added.addon_to


def _named_at(rule: _Rule, place: Surroundings, service: Service) -> Named:
    """Return where the detail of a row is stated, else where the service is named."""
    own = service.named[0]
    value = rule.value.partition("!")[0]
    at = next((d for d in place.stated_in(_rows(place, rule.key), rule.key) if d.value == value), None)
    return own if at is None else replace(own, first=at.first, last=at.first + 1, stretch=at.stretch)


def _holds(rule: _Rule, place: Surroundings, service: Service) -> bool:
    """Tell whether the note states what a row asks for."""
    if rule.key == "uterus":
        return any(is_heavy(place, row) for row in _rows(place, rule.key))
    if rule.key == "sentence":
        return any(_any_in(rule.value, place.words(n.stretch)) for n in service.named)
    if rule.key == "diagnosis":
        rows = [*place.diagnosed, *(n.stretch for n in service.named[:1])]
        return any(_any_in(rule.value, place.words(row)) for row in rows)
    stated = place.details_of(_rows(place, rule.key)).get(rule.key, set())
    value, _, against = rule.value.partition("!")
    return value in stated and against not in stated


def _rows(place: Surroundings, key: str) -> list[int]:
    """Return the sentences that may state a detail: of care all, of others those of the operation."""
    parts = place.reading.parts
    return [row for row in range(len(parts)) if key == "care" or parts[row] in _PARTS]


def _any_in(phrases: str, words: Iterable[str]) -> bool:
    text = f" {' '.join(words)} "
    return any(f" {phrase} " in text for phrase in phrases.split("|"))


def _next(services: Sequence[Service], after: int) -> int:
    """Return the next row that is about one of the services, or the number of rows."""
    later = (at for s in services for at in _rules_of(s.value, s.procedure.family) if at > after)
    return min(later, default=len(_rules()))


@lru_cache(maxsize=16384)
def _rules_of(value: str, family: str) -> tuple[int, ...]:
    return tuple(at for at, rule in enumerate(_rules()) if rule.which.holds(value, family))


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_rule(*row) for row in recoded_rows())


def _rule(codes: str, when: str, becomes: str, how: str) -> _Rule:
    key, _, value = when.partition("=")
    targets = becomes.split("|")
    pairs = dict(zip(codes.split("|"), targets, strict=True)) if len(targets) > 1 else {}
    beside = _Which("" if value else when)
    return _Rule(_Which(codes), beside, key if value else "", value, pairs, targets[0], how)
