"""Chooses the code of a named procedure among the codes of its families by what stands around the name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from codesets.index.words import stem
from codesets.procedures.bounds import read_bounds
from codesets.procedures.starter import usual_procedures
from codesets.procedures.types import Procedure
from coding.procedures.surroundings import Around
from coding.procedures.tables import for_each_lesion, in_ladder, words_of
from nlp.procedures.tables import detail_values
from nlp.procedures.types import NoteKind
from nlp.types import Setting

_FAMILY_NAMED, _NAMED = 0.5, 0.75
_MOST_BILLED = 0.25
_SPECIFIC = 2
_BESIDE = -0.3
_GROWN = 40
_WAIVED = 0.2
_SITE, _NO_SITE = 0.6, -0.3
_WITHOUT = -0.6
_MOST_LIKELY = 0.8
_EXCISIONS = "skin-excision"
_FORGIVEN, _NAMED_WAY = 0.05, -0.2
_CONTRARY = -1.2
_UNSAID = -0.25
_UNLIKE_PATIENT = -3.0
_ADDITIONAL = -2.0
_NUMBERS = frozenset({"size_cm", "area_sqcm", "minutes", "views", "weeks"})
_LISTS = frozenset({"with", "site", "brand"})
_SIDES = frozenset({"bilateral", "unilateral"})
_ANESTHETIZED = {"facility": 0.6, "office": _CONTRARY}
_ELSEWHERE = -1.0
_IGNORED = frozenset(
    {"level", "mdm", "base_units", "drug", "dose", "provider", "fit", "capacity_lb", "bsa_pct", "days"}
)
_PLAIN = frozenset({"with", "without", "both", "yes", "no", "none", "any"})
_USUAL = {
    ("contrast", "without"),
    ("class", "simple"),
    ("nature", "benign"),
    ("guidance", "none"),
    ("guidance", "any"),
    ("status", "initial"),
    ("extent", "complete"),
    ("extent", "unilateral"),
    ("incarcerated", "no"),
    ("timing", "diagnostic"),
    ("approach", "open"),
    ("approach", "endoscopic"),
    ("approach", "arthroscopic"),
    ("component", "global"),
    ("fixation", "none"),
    ("method", "automated"),
    ("method", "visual"),
    ("depth", "subcutaneous"),
    ("route", "im"),
    ("setting", "office"),
    ("fracture", "closed"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A code with how well it fits, how many of its facts the note states, and whether the name is its own."""

    procedure: Procedure
    fit: float
    stated: int
    vouched: bool


def choose(
    named: Iterable[Procedure], siblings: Iterable[Procedure], around: Around, setting: Setting
) -> list[Choice]:
    """Return the codes that a name may mean, the best first: those it names and the others of their families."""
    by_name = {p.code.value: p for p in named}
    others = {p.code.value: p for p in siblings if p.code.value not in by_name}
    choices = [_fit(p, around, setting, vouched=_vouches(by_name, p), named=True) for p in by_name.values()]
    handicap = _BESIDE if any(c.vouched for c in choices) else 0.0
    sites = frozenset(site for c in choices if c.vouched for site in c.procedure.sites)
    unnamed = (_fit(p, around, setting, vouched=False, named=False) for p in others.values())
    choices += [replace(c, fit=c.fit + handicap + _of_other_site(c.procedure, sites)) for c in unnamed]
    choices.sort(key=lambda c: (-round(c.fit, 6), c.procedure.code.value))
    fuller = next((c for c in choices[1:] if _is_fuller(c.procedure, choices[0].procedure, around)), None)
    return choices if fuller is None else [fuller, *(c for c in choices if c is not fuller)]


def _is_fuller(procedure: Procedure, other: Procedure, around: Around) -> bool:
    """Tell whether a code is another one with something that was joined to it, as an x-ray of the ducts."""
    facts, own = dict(procedure.facts or {}), dict(other.facts or {})
    ways, fewer = ({w for w in f.pop("with", "").split(",") if w} for f in (facts, own))
    if procedure.family != other.family or facts != own or not fewer < ways or not ways - fewer <= words_of("joins"):
        return False
    return all(around.weight_of("with", way) for way in ways - fewer)


def _of_other_site(procedure: Procedure, sites: frozenset[str]) -> float:
    """Return what a code loses whose sites are none of those of the codes that a name vouches for."""
    return _ELSEWHERE if sites and procedure.sites and sites.isdisjoint(procedure.sites) else 0.0


def _vouches(by_name: Mapping[str, Procedure], procedure: Procedure) -> bool:
    """Tell whether a name is enough for its code: not for a scope, nor for what reports call by the commonest way."""
    ways = (procedure.facts or {}).get("with", "").split(",")
    is_way = ways != [""] and words_of("main-ways").isdisjoint(ways)
    return (is_way or not in_ladder(procedure.family)) and not _is_broad(by_name, procedure)


def _is_broad(by_name: Mapping[str, Procedure], procedure: Procedure) -> bool:
    """Tell whether a name names several codes of a family, so that facts must tell them apart."""
    return sum(p.family == procedure.family for p in by_name.values()) > _SPECIFIC


def _fit(procedure: Procedure, around: Around, setting: Setting, *, vouched: bool, named: bool) -> Choice:
    """Return how well a code fits; what a name of its own vouches for need not be said again."""
    stated = 0
    fit = _NAMED if vouched else _FAMILY_NAMED if named else 0.0
    fit += _MOST_BILLED * (procedure.code.value in usual_procedures())
    if "QW" in procedure.modifiers and setting is Setting.OUTPATIENT:
        fit += _WAIVED
    for key, value in (procedure.facts or {}).items():
        if key == "size_cm" and procedure.family.startswith(_EXCISIONS):
            gain = _of_excision(value, around)
        else:
            gain = _gain(key, value, around, setting, one=for_each_lesion(procedure.family))
        stated += gain > 0
        if key == "with" and named and in_ladder(procedure.family) and gain < 0:
            gain = max(gain, _NAMED_WAY)
        if key == "timing" and value == "diagnostic" and in_ladder(procedure.family):
            continue
        is_forgiven = vouched and _WITHOUT <= gain < 0
        fit += _FORGIVEN * gain * (key in _NUMBERS) if is_forgiven else gain
        if key == "with" and around.denied_ways & set(value.split(",")):
            fit += _CONTRARY
    if procedure.sites:
        is_lesion = for_each_lesion(procedure.family)
        weight = max(around.weight_of_site(site, _slug(site), of_lesion=is_lesion) for site in procedure.sites)
        fit += _SITE * weight if weight else 0.0 if vouched else _NO_SITE
    return Choice(procedure, fit, stated, vouched)


def _gain(key: str, value: str, around: Around, setting: Setting, *, one: bool) -> float:
    if key in _IGNORED:
        return 0.0
    if key in _LISTS:
        return _of_list(key, value, around)
    if key in _NUMBERS:
        return _of_number(key, value, around, one=one)
    if key == "count":
        return _of_count(value, around)
    if key in ("age", "sex", "age_days"):
        return _of_patient(key, value, around)
    if key == "component":
        return _of_component(value, setting)
    if key == "setting" and value in _ANESTHETIZED and around.of.anesthetized:
        return _ANESTHETIZED[value]
    if key == "extent" and value in _SIDES:
        side = around.side or around.wide_side
        return (1.0 if (side == "both") == (value == "bilateral") else _CONTRARY) if side else _unsaid(key, value)
    values, weight = around.stated(key)
    if key == "scope":
        return 1.0 if value in values else _CONTRARY
    if key == "approach" and value == "laparoscopic" and value not in values and _is_report(around):
        return _CONTRARY
    if value in values:
        return weight if len(values) == 1 else weight * 0.5
    if values and weight == 1.0:
        return _CONTRARY
    if (key, value) in _USUAL:
        return _unsaid(key, value)
    found = 0.0 if value in _PLAIN else around.weight_of_words(_slug(value))
    return found * 0.8 if found else _UNSAID - (0.35 if values else 0.0)


def _is_report(around: Around) -> bool:
    return around.of.reading.kind is not NoteKind.VISIT


def _unsaid(key: str, value: str) -> float:
    return 0.0 if (key, value) in _USUAL else _UNSAID


def _of_list(key: str, value: str, around: Around) -> float:
    total = 0.0
    for one in value.split(","):
        weight = around.weight_of(key, one)
        if not weight and (key, one) not in detail_values():
            weight = around.weight_of_site(one, _slug(one.lower()))
        missing = 0.0 if key == "brand" else _WITHOUT
        total = max(total, weight) if key == "brand" else total + (weight or missing)
    return total


def _of_number(key: str, value: str, around: Around, *, one: bool) -> float:
    bounds = read_bounds(value)
    numbers, weight = around.numbers(key)
    if bounds is None:
        return _UNSAID
    if not numbers:
        return _UNSAID - 0.1 * (bounds.low > 0 and bounds.high == float("inf"))
    nearest = around.nearest(key) if one else None
    largest = max(numbers) if nearest is None else nearest
    return weight if bounds.holds(round(largest, 1)) else _CONTRARY * weight


def _of_excision(value: str, around: Around) -> float:
    bounds, size = read_bounds(value), around.excised
    if bounds is None or size is None:
        return _of_number("size_cm", value, around, one=True)
    weight = 1.0 if size[1] else _MOST_LIKELY
    return weight if bounds.holds(round(size[0], 1)) else _CONTRARY * weight


def _of_count(value: str, around: Around) -> float:
    bounds = read_bounds(value)
    if bounds is None:
        return _ADDITIONAL
    numbers, weight = around.numbers("count")
    if not numbers:
        return 0.0 if bounds.holds(1) else _UNSAID
    return weight * 0.5 if any(bounds.holds(n) for n in numbers) else _UNSAID


def _of_patient(key: str, value: str, around: Around) -> float:
    patient = around.of.note.patient
    if key == "sex":
        if patient.sex is None:
            return 0.0
        return 0.1 if patient.sex.value == value else _UNLIKE_PATIENT
    bounds = read_bounds(value)
    if key == "age_days" or bounds is None:
        return _UNSAID
    age = around.of.age
    if age is None:
        return 0.0 if bounds.holds(_GROWN) else _UNSAID
    return 0.5 if bounds.holds(age) else _UNLIKE_PATIENT


def _of_component(value: str, setting: Setting) -> float:
    if value == "technical":
        return _ADDITIONAL
    facility = setting is not Setting.OUTPATIENT
    return 1.0 if (value == "professional") == facility else -1.0


@lru_cache(maxsize=8192)
def _slug(value: str) -> frozenset[str]:
    return frozenset(stem(word) for word in value.replace("-", " ").split())
