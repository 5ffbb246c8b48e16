"""The service lines of a note: which procedures were done, their codes, and how each line is billed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coding.procedures.administration import administered
from coding.procedures.ambulance import ambulance_lines, is_ambulance_run
from coding.procedures.anesthesia import anesthesia_line, is_anesthesia_record
from coding.procedures.births import with_birth
from coding.procedures.bundling import add_on_alone, bundled, goes_with
from coding.procedures.casts import supplies_of_casts
from coding.procedures.choose import Choice
from coding.procedures.composed import compose
from coding.procedures.conflicts import settle_conflicts
from coding.procedures.counts import count_units, further_services
from coding.procedures.eye_visits import eye_visit
from coding.procedures.given import (
    add_doses,
    double_for_both_sides,
    giving,
    wasted,
    with_implied,
)
from coding.procedures.grades import THRESHOLD, score_of
from coding.procedures.judged import Judged, is_titled, judge_names, with_main, without_vague
from coding.procedures.lesions import settle_lesions
from coding.procedures.levels import at_levels, both_compartments
from coding.procedures.medicare import as_medicare_has_it
from coding.procedures.modifiers import read_modifiers, side_of_diagnoses
from coding.procedures.nerve_tests import nerve_tests
from coding.procedures.pointers import point
from coding.procedures.recoded import recoded
from coding.procedures.scopes import Scopes
from coding.procedures.sets import ServiceSets
from coding.procedures.steps import services_of, shortened, steps_of
from coding.procedures.surroundings import Surroundings
from coding.procedures.types import Done, Service
from coding.types import Alternative, Cue, Evidence, Problem, Reason, Severity, Step, Suggestion, Suppressed
from nlp.procedures.types import Named, NoteKind, Part, ServiceReading
from nlp.types import Note, Setting, Span

_MAX_ALTERNATIVES = 3
_MAX_EVIDENCE = 4
_VACCINATIONS = ("vaccine-admin", "vaccine-counsel", "vaccine-administration-medicare")


@dataclass(frozen=True, slots=True)
class ServiceLines:
    """The lines with their ranks from 1, what was left out, and problems."""

    lines: tuple[Suggestion, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    problems: tuple[Problem, ...] = ()


def service_lines(
    note: Note, reading: ServiceReading, diagnoses: Sequence[Suggestion], sets: ServiceSets
) -> ServiceLines:
    """Return the lines that the note supports beside its diagnoses; visits and anesthesia are levelled elsewhere."""
    setting = note.setting or Setting.OUTPATIENT
    place = Surroundings(note, reading, Scopes(reading, sets.procedures))
    judged = list(judge_names(place, setting, sets))
    if reading.kind is not NoteKind.VISIT and not any(is_titled(j) for j in judged):
        judged = with_main(place, judged)
    services = services_of(without_vague([j for j in judged if j.verdict.done is Done.YES]))
    services = shortened(place, services, sets)
    if is_anesthesia_record(note.text) or is_ambulance_run(note.text):
        is_run = is_ambulance_run(note.text)
        services = ambulance_lines(reading, sets) if is_run else anesthesia_line(place, services, sets)
        only = [_line(place, s, diagnoses, {}, {s.value}) for s in services]
        return ServiceLines(tuple(replace(line, rank=rank) for rank, line in enumerate(only, 1)))
    services += steps_of(place, services, sets)
    services = with_birth(place, compose(place, services, sets), sets)
    services = recoded(place, both_compartments(place, services, sets), sets)
    services = settle_lesions(place, services, sets)
    services = add_doses(place, services, setting)
    services = with_implied(place, services, _sure(services), sets)
    services = as_medicare_has_it(place, services, sets)
    services += supplies_of_casts(place, services, sets, setting)
    services = at_levels(place, services, sets)
    vaccinations = giving(place, services, sets)
    if vaccinations:
        services = [s for s in services if not s.procedure.family.startswith(_VACCINATIONS)]
    services += vaccinations
    if setting is Setting.OUTPATIENT:
        services = administered(place, services, sets)
    services += further_services(place, services, sets)
    examination = eye_visit(place, setting, sets)
    services += [examination] if examination else []
    services = nerve_tests(place, services, sets)
    services = count_units(place, services)
    main = _with_primaries([s for s in services if score_of(s) >= THRESHOLD], services)
    services = main + [s for s in services if s not in main and _is_add_on_to(s, main)]
    parts = bundled(services, sets.bundles)
    gone = {s.value for s, _, _ in parts}
    services = [s for s in services if s.value not in gone]
    problems = [_without_primary(s) for s in services if add_on_alone(s, services)]
    services = [s for s in services if not add_on_alone(s, services)]
    for service in services:
        service.modifiers += read_modifiers(place, service.procedure, service.named, setting)
    problems += settle_conflicts(place, services)
    services += wasted(place, services)
    double_for_both_sides(place, services)
    listed = {s.value for s in services}
    alternatives = {j.named: j.choices for j in judged}
    lines = [_line(place, s, diagnoses, alternatives, listed) for s in services]
    lines.sort(key=lambda s: (-s.score, s.code.value))
    out = [_bundled(place, *part) for part in parts]
    out += _not_done(place, judged, listed | gone)
    out.sort(key=lambda s: (s.evidence.start, s.code.value))
    return ServiceLines(
        tuple(replace(line, rank=rank) for rank, line in enumerate(lines, 1)), tuple(out), tuple(problems)
    )


def _sure(services: Iterable[Service]) -> list[Service]:
    return [s for s in services if score_of(s) >= THRESHOLD]


def _with_primaries(main: list[Service], services: Sequence[Service]) -> list[Service]:
    """Return what a report is of, with the first code of its body that an add-on of the title needs."""
    found = list(main)
    for service in main:
        if not add_on_alone(service, found):
            continue
        primary = next((s for s in services if s not in found and s.grade == "body" and goes_with(service, s)), None)
        if primary is not None:
            primary.grade = "body-only"
            found.append(primary)
    return found


def _is_add_on_to(service: Service, main: Sequence[Service]) -> bool:
    """Tell whether an add-on that only the body names goes with what the report is of."""
    if not service.procedure.addon_to or service.grade != "body" or add_on_alone(service, main):
        return False
    service.grade = "body-only"
    return True


def _line(
    place: Surroundings,
    service: Service,
    diagnoses: Sequence[Suggestion],
    choices: dict[Named, list[Choice]],
    listed: set[str],
) -> Suggestion:
    score = round(score_of(service), 4)
    pointers = point(place, service, diagnoses)
    modifiers = [
        *service.modifiers,
        *side_of_diagnoses(service, [d for d in diagnoses if d.code.display in pointers]),
    ]
    others = [c.procedure for c in choices.get(service.named[0], ())[1 : 1 + _MAX_ALTERNATIVES]]
    return Suggestion(
        0,
        service.procedure.code,
        service.procedure.wording,
        score,
        False,
        tuple(_evidence(place, n) for n in service.named[:_MAX_EVIDENCE]),
        tuple(
            Alternative(p.code, p.wording, round(score / (2 + rank), 4))
            for rank, p in enumerate(p for p in others if p.code.value not in listed)
        ),
        tuple(dict.fromkeys(modifiers)),
        service.units,
        pointers,
        tuple(service.prompts),
        (Step("performed", service.grade), *service.why),
    )


def _not_done(place: Surroundings, judged: Iterable[Judged], taken: set[str]) -> list[Suppressed]:
    found: dict[str, Suppressed] = {}
    for one in judged:
        if one.verdict.done is not Done.NO or one.verdict.cue is None:
            continue
        procedure = one.choices[0].procedure
        if procedure.code.value in taken or procedure.code.value in found:
            continue
        found[procedure.code.value] = Suppressed(
            procedure.code,
            procedure.wording,
            _evidence(place, one.named),
            Reason.NOT_PERFORMED,
            f"procedure.{one.verdict.grade}",
            cue=_cue(place, one.verdict.cue),
        )
    return list(found.values())


def _bundled(place: Surroundings, service: Service, because: str, rule: str) -> Suppressed:
    procedure = service.procedure
    evidence = _evidence(place, service.named[0])
    return Suppressed(procedure.code, procedure.wording, evidence, Reason.BUNDLED, rule, because=because)


def _without_primary(service: Service) -> Problem:
    message = f"{service.value} is an add-on: the note names no service that it goes with, so it is not listed"
    return Problem("procedure.addon_alone", Severity.WARNING, (service.value,), message)


def _evidence(place: Surroundings, named: Named) -> Evidence:
    reading = place.reading
    start, end = reading.tokens.starts[named.first], reading.tokens.ends[named.last - 1]
    section = reading.sections[reading.stretches[named.stretch].section]
    return Evidence(start, end, place.note.text[start:end], section.kind)


def _cue(place: Surroundings, span: Span) -> Cue:
    return Cue(span.start, span.end, place.note.text[span.start : span.end])


__all__ = ["NoteKind", "Part", "ServiceLines", "service_lines"]
