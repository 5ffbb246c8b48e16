"""What was given: drugs by dose, vaccines and the act of giving them, procedures that a drug implies."""

import re
from collections.abc import Sequence

from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import antigens, implied
from coding.procedures.types import Group, Service, group_of
from coding.procedures.units import dose_units
from coding.types import Step
from nlp.procedures.types import Measure, NoteKind
from nlp.types import Setting

_DOSE_REACH = 45
_LEFT_OVER = re.compile(r"\W{1,3}(?:was |were |of (?:drug|it) )?(?:discarded|wasted|waste\b|wastage)", re.IGNORECASE)
_NOTHING_LEFT = re.compile(r"\bno (?:drug )?(?:waste|wastage|discard|drug (?:wasted|discarded))", re.IGNORECASE)
_BY_SIZE = re.compile(r"\s?(?:/|per )\s?(?:m2|m²|kg|sq)", re.IGNORECASE)
_EACH = frozenset({"each", "same", "both", "bilateral", "bilaterally"})
_MEDICARE = re.compile(r"\bmedicare\b(?! advantage)", re.IGNORECASE)
_MEDICARE_SHOTS = {"vaccine-flu": "G0008", "vaccine-pneumococcal": "G0009", "vaccine-hepatitis-b": "G0010"}
_WITH_ULTRASOUND = {"20610": "20611", "20605": "20606", "20600": "20604"}
_KEPT = re.compile(
    r"\b(?:images?|pictures?|clips?)\b[^.\n]{0,25}\b(?:saved|stored|archived|recorded|kept|pacs)", re.IGNORECASE
)
_CHILD = 18
_FIRST, _FURTHER = "90460", "90461"
_SHOT, _NEXT_SHOT = "90471", "90472"
_COVID_SHOT = "90480"


def add_doses(place: Surroundings, services: Sequence[Service], setting: Setting) -> list[Service]:
    """Return the services with the units of their drugs; a drug without a dose, or of a facility, is left out."""
    kept: list[Service] = []
    for service in services:
        if group_of(service.procedure) is not Group.DRUG:
            kept.append(service)
            continue
        doses = _doses(place, service)
        units = dose_units(service.procedure, doses) if setting is Setting.OUTPATIENT else None
        if setting is not Setting.OUTPATIENT or (units is None and service.procedure.unit[0].isdigit()):
            continue
        service.units = units or 1
        kept.append(service)
        if units and doses:
            service.why.append(Step("units", f"dose ÷ {service.procedure.unit}, rounded up: {units}"))
    return kept


def _doses(place: Surroundings, service: Service) -> list[Measure]:
    """Return the dose beside the drug's name, once however often the drug is named."""
    tokens = place.reading.tokens
    for named in service.named:
        start, end = tokens.starts[named.first], tokens.ends[named.last - 1]
        near = [
            m
            for m in place.measures_of([named.stretch], "dose")
            if m.end > start - _DOSE_REACH
            and m.start < end + _DOSE_REACH
            and m.unit != "ml"
            and _BY_SIZE.match(place.note.text, m.end) is None
        ]
        near.sort(key=lambda m: (m.start < end, abs(m.start - end)))
        if near:
            return near[:1]
    return []


def with_implied(
    place: Surroundings, services: Sequence[Service], sure: Sequence[Service], sets: ServiceSets
) -> list[Service]:
    """Return the services with what the sure ones of them imply and the note does not name itself."""
    found: dict[str, Service] = {}
    replaced: set[str] = set()
    families = {s.procedure.family for s in sure}
    for service in sure:
        words = {w for n in service.named for w in _sentence(place, n.stretch)}
        for rule in implied():
            procedure = sets.by_value.get(_guided(place, rule.code))
            if procedure is None or not rule.follows(service.procedure.family, service.value):
                continue
            if procedure.family in families and not rule.instead:
                continue
            if not rule.words.isdisjoint(words) or (rule.anywhere and _anywhere(place, rule.words)):
                found.setdefault(procedure.code.value, Service(procedure, list(service.named), "implied", 1))
                replaced |= {procedure.family} if rule.instead else set()
    kept = [s for s in services if s.value not in found and s.procedure.family not in replaced]
    return [*kept, *found.values()]


def _guided(place: Surroundings, code: str) -> str:
    """Return the code of an injection into a joint, with ultrasound where the note used it and kept a picture."""
    if code not in _WITH_ULTRASOUND or place.reading.kind is not NoteKind.VISIT:
        return code
    rows = range(len(place.reading.stretches))
    is_used = "ultrasound" in place.details_of(rows).get("guidance", ())
    return _WITH_ULTRASOUND[code] if is_used and _KEPT.search(place.note.text) else code


def giving(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the lines for giving the vaccines: by age and counselling; Medicare has codes of its own."""
    vaccines = [s for s in services if group_of(s.procedure) is Group.VACCINE]
    lines: list[tuple[str, int, Service]] = []
    covid = [s for s in vaccines if s.procedure.family == "vaccine-covid"]
    lines += [(_COVID_SHOT, 1, s) for s in covid[:1]]
    others = [s for s in vaccines if s not in covid]
    age = place.age
    if others and age is not None and age <= _CHILD and _counselled(place):
        lines.append((_FIRST, len(others), others[0]))
        further = sum(antigens().get(s.value, 1) - 1 for s in others)
        lines += [(_FURTHER, further, others[0])] if further else []
    elif others:
        if _MEDICARE.search(place.note.text):
            paid = {code: s for s in others if (code := _MEDICARE_SHOTS.get(s.procedure.family)) in sets.by_value}
            lines += [(code, 1, s) for code, s in paid.items() if code]
            others = [s for s in others if s.procedure.family not in _MEDICARE_SHOTS]
        lines += [(_SHOT, 1, others[0])] if others else []
        lines += [(_NEXT_SHOT, len(others) - 1, others[1])] if len(others) > 1 else []
    made = []
    for code, units, source in lines:
        procedure = sets.by_value.get(code)
        if procedure is not None:
            made.append(Service(procedure, list(source.named), source.grade, 1, units=units))
    return made


def wasted(place: Surroundings, services: Sequence[Service]) -> list[Service]:
    """Return the lines for what was left of single-dose containers; a drug with nothing left says so with JZ."""
    lines = []
    for service in services:
        if group_of(service.procedure) is not Group.DRUG or "JW" not in service.procedure.modifiers:
            continue
        amounts = [m for row in place.wide(service.named[0].stretch) for m in place.measures_of([row], "dose")]
        left = [m for m in amounts if _is_left_over(place, m)]
        units = dose_units(service.procedure, left[:1])
        if units:
            line = Service(service.procedure, list(service.named), service.grade, 1, units=units)
            line.modifiers = [*(m for m in service.modifiers if m in ("LT", "RT")), "JW"]
            lines.append(line)
        elif _NOTHING_LEFT.search(place.note.text):
            service.modifiers.append("JZ")
    return lines


def _is_left_over(place: Surroundings, dose: Measure) -> bool:
    return _LEFT_OVER.match(place.note.text, dose.end) is not None


def double_for_both_sides(place: Surroundings, services: Sequence[Service]) -> None:
    """Double the dose that was given on each side of a procedure done on both."""
    rows = {n.stretch for s in services if "50" in s.modifiers for n in s.named}
    for service in services:
        stretches = {n.stretch for n in service.named} & rows
        if group_of(service.procedure) is not Group.DRUG or "JW" in service.modifiers:
            continue
        if any(not _EACH.isdisjoint(_sentence(place, row)) for row in stretches):
            service.units *= 2


def _counselled(place: Surroundings) -> bool:
    rows = range(len(place.reading.stretches))
    return "counselling" in place.details_of(rows).get("with", ())


def _sentence(place: Surroundings, stretch: int) -> list[str]:
    s = place.reading.stretches[stretch]
    return place.reading.tokens.folded[s.first : s.last]


def _anywhere(place: Surroundings, words: frozenset[str]) -> bool:
    return not words.isdisjoint(place.report_words)
