"""Giving drugs: by drip, push or shot, which comes first, how long (CPT guidelines of 96360 to 96549, in our words).

One initial code a visit: chemotherapy before other drugs, a drip before a push; what follows has codes of its own.
A drip has its minutes; without a stop time, or up to 15 minutes, it is a push.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import words_of
from coding.procedures.types import Group, Service, group_of
from coding.types import Prompt, Step
from nlp.procedures.types import Named

_FAMILIES = ("chemo-infusion", "chemo-push", "chemo-injection", "therapeutic-infusion", "therapeutic-injection")
_LEAST_DRIP, _HOUR, _HALF = 16, 60, 30
_REACH = 90
_ROUTES = ("infusion", "iv-push", "im", "sc")
_UNTIL = (
    r"(?:to|until|till|-|–|,? ?(?:and )?"
    r"(?:stop(?:ped)?|end(?:ed)?|finish(?:ed)?|off|completed|done)(?: at| time)?:?)"
)
_CLOCK = re.compile(
    r"\b(?P<h1>\d{1,2}):?(?P<m1>[0-5]\d)\s?(?:[ap]\.?m\.?)?\s?"
    rf"{_UNTIL}\s?(?P<h2>\d{{1,2}}):?(?P<m2>[0-5]\d)\b"
)
_DRIPS = {
    True: {"first": "96413", "next": "96417", "hour": "96415"},
    False: {"first": "96365", "next": "96367", "hour": "96366"},
}
_PUSHES = {True: ("96409", "96411"), False: ("96374", "96375")}
_SHOT, _CHEMO_SHOT, _HORMONE_SHOT = "96372", "96401", "96402"
_NO_STOP = Prompt(
    "procedure.stop_time", "a drip without start and stop times counts as a push: are the times documented?", None
)


@dataclass(frozen=True, slots=True)
class _Given:
    """A drug as it was given: `minutes` of a drip, None where the note does not say."""

    service: Service
    named: Named
    route: str
    minutes: float | None
    is_complex: bool

    @property
    def is_drip(self) -> bool:
        return self.route == "infusion" and (self.minutes or 0) >= _LEAST_DRIP

    @property
    def order(self) -> tuple[bool, bool, int]:
        return not self.is_complex, not self.is_drip, self.named.first


def administered(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services with the lines for giving their drugs; those that the note names give way to them."""
    given = sorted(_given(place, services), key=lambda g: g.order)
    if not given:
        return list(services)
    lines = [*_into_veins([g for g in given if g.route in ("infusion", "iv-push")], sets), *_shots(given, sets)]
    kept = [s for s in services if not (lines and s.procedure.family in _FAMILIES)]
    return [*kept, *lines]


def _given(place: Surroundings, services: Iterable[Service]) -> Iterator[_Given]:
    drugs = [s for s in services if group_of(s.procedure) is Group.DRUG]
    starts = sorted((n.stretch, place.reading.tokens.starts[n.first]) for s in drugs for n in s.named)
    for service in drugs:
        for named in service.named:
            route = place.nearest(named, "route")
            route = route if route in _ROUTES else None
            minutes = _minutes(place, named, starts)
            if route is None and minutes is not None and minutes >= _LEAST_DRIP and _is_diluted(place, named):
                route = "infusion"
            if route is not None:
                yield _Given(service, named, route, minutes, _is_complex(service))
                break


def _minutes(place: Surroundings, named: Named, starts: Sequence[tuple[int, int]]) -> float | None:
    """Return how long the drug ran: the minutes before the next drug, else from one time of day to another."""
    end = place.reading.tokens.ends[named.last - 1]
    until = min((at for row, at in starts if row == named.stretch and at >= end), default=end + _REACH)
    after = [m for m in place.measures_of([named.stretch], "minutes") if end <= m.start < min(end + _REACH, until)]
    if after:
        return after[0].value
    stretch = place.reading.stretches[named.stretch]
    first, last = place.reading.tokens.starts[stretch.first], place.reading.tokens.ends[stretch.last - 1]
    clock = _CLOCK.search(place.reading.text, first, last)
    if clock is None:
        return None
    minutes = (int(clock["h2"]) - int(clock["h1"])) * _HOUR + int(clock["m2"]) - int(clock["m1"])
    return minutes % (12 * _HOUR)


def _is_diluted(place: Surroundings, named: Named) -> bool:
    return any(m.unit == "ml" for m in place.measures_of([named.stretch], "dose"))


def _is_complex(service: Service) -> bool:
    family = service.procedure.family
    return service.value.startswith("J9") or family.removeprefix("drug-") in words_of("complex")


def _into_veins(given: Sequence[_Given], sets: ServiceSets) -> Iterator[Service]:
    """Yield the lines of drips and pushes: the first drug has the initial code."""
    lines: dict[str, list[_Given]] = {}
    for at, one in enumerate(given):
        if one.is_drip:
            codes = _DRIPS[one.is_complex]
            lines.setdefault(codes["first" if at == 0 else "next"], []).append(one)
            lines.setdefault(codes["hour"], []).extend([one] * _further_hours(one.minutes or 0))
        else:
            lines.setdefault(_PUSHES[one.is_complex][0 if at == 0 else 1], []).append(one)
    for code, of in lines.items():
        if of:
            yield from _line(sets, code, of[0], len(of), "a drip" if of[0].is_drip else "a push")


def _further_hours(minutes: float) -> int:
    """Return the further hours of a drip: one for each that is begun by more than 30 minutes.

    >>> _further_hours(90), _further_hours(91), _further_hours(180)
    (0, 1, 2)
    """
    return max(0, int((minutes - _HOUR + _HALF - 1) // _HOUR))


def _shots(given: Sequence[_Given], sets: ServiceSets) -> Iterator[Service]:
    found: dict[str, list[_Given]] = {}
    for one in given:
        if one.route in ("im", "sc"):
            is_hormone = one.service.procedure.family.removeprefix("drug-") in words_of("hormonal")
            code = _HORMONE_SHOT if is_hormone else _CHEMO_SHOT if one.is_complex else _SHOT
            found.setdefault(code, []).append(one)
    for code, of in found.items():
        yield from _line(sets, code, of[0], len(of), "a shot of each drug")


def _line(sets: ServiceSets, code: str, of: _Given, units: int, how: str) -> Iterator[Service]:
    procedure = sets.by_value.get(code)
    if procedure is None:
        return
    line = Service(procedure, [of.named], "implied", 1, units=units)
    minutes = f", {of.minutes:g} minutes" if of.minutes else ""
    line.why.append(Step("units", f"{how}{minutes}: {units}"))
    if of.route == "infusion" and of.minutes is None:
        line.prompts.append(_NO_STOP)
    yield line
