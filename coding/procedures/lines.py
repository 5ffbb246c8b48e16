"""The service lines of a note: which procedures were done, their codes, and how each line is billed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from codesets.procedures.types import Procedure
from codesets.types import CodeSystem
from coding.procedures.administration import administered
from coding.procedures.births import with_birth
from coding.procedures.bundling import add_on_alone, bundled, goes_with
from coding.procedures.choose import Choice, choose
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
from coding.procedures.lesions import closes_injury, settle_lesions
from coding.procedures.levels import at_levels, both_compartments
from coding.procedures.modifiers import read_modifiers, side_of_diagnoses
from coding.procedures.nerve_tests import nerve_tests
from coding.procedures.performed import Judge
from coding.procedures.pointers import point
from coding.procedures.recoded import recoded
from coding.procedures.scopes import Scopes
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import (
    has_own_names,
    in_ladder,
    is_incidental,
    is_never_billed,
    is_office_only,
    is_repair,
    scores,
    short_reaches,
    words_of,
)
from coding.procedures.types import Done, Group, Service, Verdict, group_of
from coding.types import Alternative, Cue, Evidence, Problem, Reason, Severity, Step, Suggestion, Suppressed
from nlp.procedures.types import Named, NoteKind, Part, ServiceReading
from nlp.types import Note, Setting, Span

THRESHOLD = 0.4
_MAX_ALTERNATIVES = 3
_MAX_EVIDENCE = 4
_LEAST = 0.1
_VACCINATIONS = ("vaccine-admin", "vaccine-counsel", "vaccine-administration-medicare")
_FEW_CODES = 2
_MAJOR = "090"
_TOLD_LATE = frozenset({"findings", "impression"})
_OPERATIONS = ("000", "010", "090")
_MAIN = {
    NoteKind.OPERATIVE: frozenset({Group.SURGERY, Group.MEDICINE}),
    NoteKind.IMAGING: frozenset({Group.IMAGING, Group.MEDICINE}),
}
_SHORTEST_ACRONYM = 4
_UNTITLED = ("body", "findings")
_CHOSEN_ELSEWHERE = frozenset({Group.VISIT, Group.ANESTHESIA})


@dataclass(frozen=True, slots=True)
class ServiceLines:
    """The lines with their ranks from 1, what was left out, and problems."""

    lines: tuple[Suggestion, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Judged:
    """A name with one group of the procedures it may mean, whether it was done, and the codes by fit.

    `is_own` tells whether the best of them is called so itself, rather than another of its family.
    """

    named: Named
    verdict: Verdict
    choices: list[Choice]
    is_own: bool = False


def service_lines(
    note: Note, reading: ServiceReading, diagnoses: Sequence[Suggestion], sets: ServiceSets
) -> ServiceLines:
    """Return the lines that the note supports beside its diagnoses; visits and anesthesia are levelled elsewhere."""
    setting = note.setting or Setting.OUTPATIENT
    place = Surroundings(note, reading, Scopes(reading, sets.procedures))
    judged = list(_judge(place, setting, sets))
    if reading.kind is not NoteKind.VISIT and not any(_is_titled(j) for j in judged):
        judged = _with_main(place, judged)
    services = _services(_without_vague([j for j in judged if j.verdict.done is Done.YES]))
    services = _shortened(place, services, sets)
    services += _steps(place, services, sets)
    services = with_birth(place, compose(place, services, sets), sets)
    services = recoded(place, both_compartments(place, services, sets), sets)
    services = settle_lesions(place, services, sets)
    services = add_doses(place, services, setting)
    services = with_implied(place, services, _sure(services), sets)
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
    main = _with_primaries([s for s in services if _score(s) >= THRESHOLD], services)
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
    return [s for s in services if _score(s) >= THRESHOLD]


def _judge(place: Surroundings, setting: Setting, sets: ServiceSets) -> Iterable[_Judged]:
    judge = Judge(place, setting)
    is_away = setting is not Setting.OUTPATIENT
    for named in place.reading.named:
        groups: dict[Group, list[Procedure]] = {}
        for row in named.procedures:
            procedure = sets.procedures[row]
            if is_never_billed(procedure.family) or (is_away and is_office_only(procedure.family)):
                continue
            groups.setdefault(group_of(procedure), []).append(procedure)
        for group, procedures in groups.items():
            if group in _CHOSEN_ELSEWHERE:
                continue
            families = list(dict.fromkeys(p.family for p in procedures))
            verdict = judge.judge(named, group, procedures)
            if verdict.done is Done.UNSAID:
                continue
            done = verdict.done is Done.YES
            wider = (family for family in families if not _is_own(family, procedures))
            siblings = [p for family in wider for p in sets.families.get(family, ())]
            choices = choose(procedures, siblings if done else [], place.around(named, families[0]), setting)
            yield _Judged(named, verdict, choices, choices[0].procedure in procedures)


def _is_own(family: str, named: Sequence[Procedure]) -> bool:
    """Tell whether a name is that of one code or two of a family whose codes have names of their own."""
    return has_own_names(family) and sum(p.family == family for p in named) <= _FEW_CODES


def _is_titled(judged: _Judged) -> bool:
    return judged.verdict.done is Done.YES and scores().get(judged.verdict.grade, _LEAST) >= THRESHOLD


def _with_main(place: Surroundings, judged: Sequence[_Judged]) -> list[_Judged]:
    """Return the judged names, those of the body or findings of a report without a title as what it is of."""
    grades = _UNTITLED if place.reading.kind is NoteKind.OPERATIVE else _UNTITLED[:1]
    scoped = any(in_ladder(j.choices[0].procedure.family) and j.verdict.done is Done.YES for j in judged)
    only_scopes = scoped and words_of("cutting").isdisjoint(place.report_words)
    promoted = [_promoted(place, j, grades, only_scopes=only_scopes) for j in judged]
    return _with_concluded(promoted, place.reading.kind)


def _promoted(place: Surroundings, judged: _Judged, grades: Sequence[str], *, only_scopes: bool) -> _Judged:
    """Return a procedure named in the body of a report whose title names none as one that the report is of.

    Where scopes were passed and nothing was cut, only what is done through scopes is.
    """
    best, reading = judged.choices[0].procedure, place.reading
    if only_scopes and not in_ladder(best.family):
        return judged
    written = reading.tokens.written[judged.named.first]
    is_acronym = judged.named.words == 1 and written.isupper() and len(written) < _SHORTEST_ACRONYM
    if reading.kind is NoteKind.OPERATIVE and (is_incidental(best.family) or is_acronym):
        return judged
    is_named_well = judged.named.words > 1 or reading.kind is NoteKind.IMAGING
    is_main = group_of(best) in _MAIN[reading.kind] and (is_named_well or best.global_days in _OPERATIONS)
    is_closing = is_repair(best.family) and not closes_injury(place, [judged.named])
    if judged.verdict.done is not Done.YES or judged.verdict.grade not in grades or not is_main or is_closing:
        return judged
    return replace(judged, verdict=replace(judged.verdict, grade="body-only"))


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


def _with_concluded(judged: Sequence[_Judged], kind: NoteKind) -> list[_Judged]:
    """Return the judged names with the longest that findings or impression of a test's report say as what it is of.

    Where title, opening or technique say what was done, nothing changes.
    """
    said = [
        j for j in judged if j.verdict.done is Done.YES and group_of(j.choices[0].procedure) in _MAIN.get(kind, ())
    ]
    late = [j for j in said if j.verdict.grade in _TOLD_LATE]
    if kind is not NoteKind.IMAGING or len(late) < len(said) or not late:
        return list(judged)
    best = max(late, key=lambda j: (j.named.words, -j.named.first))
    concluded = replace(best, verdict=replace(best.verdict, grade="concluded"))
    return [concluded if j is best else j for j in judged]


def _is_add_on_to(service: Service, main: Sequence[Service]) -> bool:
    """Tell whether an add-on that only the body names goes with what the report is of."""
    if not service.procedure.addon_to or service.grade != "body" or add_on_alone(service, main):
        return False
    service.grade = "body-only"
    return True


def _without_shadows(judged: Sequence[_Judged]) -> Iterator[_Judged]:
    """Yield what was done, less the HCPCS names that a CPT name of as many words covers; drugs have both."""
    longest: dict[int, int] = {}
    for one in judged:
        if one.choices[0].procedure.code.system is CodeSystem.CPT:
            for token in range(one.named.first, one.named.last):
                longest[token] = max(longest.get(token, 0), one.named.words)
    for one in judged:
        procedure = one.choices[0].procedure
        tokens = range(one.named.first, one.named.last)
        covered = any(longest.get(token, 0) >= one.named.words for token in tokens)
        if procedure.code.system is CodeSystem.CPT or group_of(procedure) is Group.DRUG or not covered:
            yield one


def _without_vague(done: Sequence[_Judged]) -> list[_Judged]:
    """Return what was done, less the names of a whole family beside one of a code of its own in a report's title."""
    own = {one.choices[0].procedure.family for one in done if one.choices[0].vouched and _is_titled(one)}
    vague = {family for family in own if has_own_names(family)}
    return [one for one in done if one.choices[0].vouched or one.choices[0].procedure.family not in vague]


def _services(done: Sequence[_Judged]) -> list[Service]:
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
        if scores().get(one.verdict.grade, _LEAST) > _score(service):
            service.grade = one.verdict.grade
    _raise_steps(found, done)
    return list(found.values())


def _raise_steps(found: Mapping[str, Service], done: Sequence[_Judged]) -> None:
    """Count the steps of a scope that the body names as surely done where the title names the scope."""
    ladders = {s.procedure.family for s in found.values() if _score(s) >= THRESHOLD and in_ladder(s.procedure.family)}
    own = {one.choices[0].procedure.code.value for one in done if one.is_own}
    for value, service in found.items():
        is_step = service.procedure.family in ladders and "with" in (service.procedure.facts or {})
        if is_step and value in own and service.grade == "body":
            service.grade = "detail"


def _shortened(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
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


def _steps(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return what else was done through the scope of a report: the codes of a family whose ways the note states."""
    if place.reading.kind is NoteKind.VISIT:
        return []
    found: dict[str, Service] = {}
    if any(s.procedure.global_days == _MAJOR and _score(s) >= THRESHOLD for s in services):
        return []
    present = {s.value for s in services if _score(s) >= THRESHOLD}
    unsure = {s.value: s for s in services if s.value not in present}
    for service in services:
        family = service.procedure.family
        if not in_ladder(family) or _score(service) < THRESHOLD:
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


def _score(service: Service) -> float:
    """Return the probability that a coder keeps the line, by how it was judged done."""
    return scores().get(service.grade, _LEAST)


def _line(
    place: Surroundings,
    service: Service,
    diagnoses: Sequence[Suggestion],
    choices: dict[Named, list[Choice]],
    listed: set[str],
) -> Suggestion:
    score = round(_score(service), 4)
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


def _not_done(place: Surroundings, judged: Iterable[_Judged], taken: set[str]) -> list[Suppressed]:
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
