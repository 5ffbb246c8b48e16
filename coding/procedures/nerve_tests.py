"""Nerve conduction studies by number of studies, and needle tests of muscles by limb, as a report tells them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from codesets.procedures.bounds import read_bounds
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.types import Service
from coding.types import Step
from nlp.facts.phrases import PhraseTable
from nlp.procedures.types import Named, NoteKind, Part

_NERVES, _NEEDLE, _NEEDLE_BESIDE = "nerve-conduction", "emg-limb", "emg-with-ncs"
_NEEDLES = ("emg-limb", "emg-other", "emg-with-ncs")
_SLEEP = "sleep-study"
_COMPLETE_LIMB = 5
_FEWEST_UNNAMED = 3
_FEW, _FULL, _TRUNK = "95885", "95886", "95887"
_ALONE = {1: "95860", 2: "95861", 3: "95863", 4: "95864"}
_LIMITED = "95870"
_TOLD_IN = frozenset({Part.TITLE, Part.BODY, Part.RESULTS, Part.OTHER, Part.PLAN})
_BOTH = frozenset({"bilateral", "bilaterally", "both"})
_SIDES = frozenset({"left", "right", "l", "r", "lt", "rt"})
_OF_SIDE = {"l": "left", "lt": "left", "r": "right", "rt": "right"}
_CONDUCTION = frozenset(
    {
        "latency",
        "latencies",
        "response",
        "responses",
        "amplitude",
        "amplitudes",
        "conduction",
        "velocity",
        "velocities",
    }
    | {"snap", "snaps", "cmap", "cmaps", "reflex", "reflexes", "nerves"}
)
_MEASURED = frozenset({"latency", "latencies", "amplitude", "amplitudes", "conduction"})
_NEEDLE_WORDS = frozenset(
    {
        "needle",
        "emg",
        "muscle",
        "muscles",
        "fibrillation",
        "fibrillations",
        "insertional",
        "denervation",
        "paraspinal",
    }
    | {"spontaneous", "reinnervation", "recruitment", "paraspinals", "motor", "fasciculations"}
)
_UNSIDED = ("",)


def nerve_tests(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services with the nerve and muscle tests of a report counted: studies in all, limbs one by one."""
    reading = place.reading
    if reading.kind is not NoteKind.IMAGING:
        return list(services)
    named: dict[str, Named] = {}
    if any(s.procedure.family.startswith(_SLEEP) for s in services):
        return [s for s in services if s.procedure.family not in _NEEDLES]
    for one in reading.named:
        families = {sets.procedures[row].family for row in one.procedures}
        if reading.parts[one.stretch] not in _TOLD_IN - {Part.PLAN}:
            continue
        if not families.isdisjoint({_NERVES, _NEEDLE_BESIDE}) and (_NERVES in families or len(families) == 1):
            named.setdefault(_NERVES, one)
        if _NERVES not in families and not families.isdisjoint(_NEEDLES):
            named.setdefault(_NEEDLE, one)
    rows = _rows(place)
    if _NERVES not in named:
        named = _unnamed(place, rows) | named
    elif not _studies(place, rows):
        del named[_NERVES]
    if not named:
        return list(services)
    kept = [s for s in services if s.procedure.family not in (_NERVES, *_NEEDLES)]
    if _NERVES in named:
        kept += _counted(sets, named[_NERVES], _studies(place, rows))
    if _NEEDLE in named:
        kept += _by_limb(sets, named[_NEEDLE], *_limbs(place, rows), beside=_NERVES in named)
    return kept


def _rows(place: Surroundings) -> list[int]:
    """Return the stretches that tell of the tests: not of the impression, unless all stands in a summary."""
    told = [r for r, part in enumerate(place.reading.parts) if part in _TOLD_IN]
    findings = [r for r in told if place.reading.parts[r] is not Part.PLAN]
    return findings if _studies(place, findings) or _limbs(place, findings)[0] else told


def _unnamed(place: Surroundings, rows: Sequence[int]) -> dict[str, Named]:
    """Return where the responses of nerves are told of, and needle tests of muscles, that have no name or heading."""
    told = [r for r in rows if not _MEASURED.isdisjoint(_words(place, r)) and _found("nerve", _words(place, r))]
    told = [r for r in told if {"motor", "sensory"} & {v for _, _, v in _found("type", _words(place, r))}]
    if not told or _studies(place, rows) < _FEWEST_UNNAMED:
        return {}
    limbs, _ = _limbs(place, rows)
    first = place.reading.stretches[told[0]].first
    named = {_NERVES: Named(first, first + 1, told[0], (), 1)}
    return named | ({_NEEDLE: named[_NERVES]} if limbs else {})


def _counted(sets: ServiceSets, named: Named, count: int) -> list[Service]:
    for procedure in sets.families.get(_NERVES, ()):
        bounds = read_bounds((procedure.facts or {}).get("count", ""))
        if bounds is not None and bounds.holds(max(1, count)):
            service = Service(procedure, [named], "study", 1)
            service.why.append(Step("count", f"{count} studies told apart by nerve, side and kind"))
            return [service]
    return []


def _by_limb(
    sets: ServiceSets, named: Named, limbs: dict[str, set[str]], trunk: int, *, beside: bool
) -> list[Service]:
    """Return the lines for the limbs, each full or limited, and for the trunk."""
    full = sum(len(muscles) >= _COMPLETE_LIMB for muscles in limbs.values())
    if beside:
        units = {_FULL: full, _FEW: len(limbs) - full, _TRUNK: min(trunk, 1)}
    else:
        units = {_ALONE[min(len(limbs), max(_ALONE))]: 1} if limbs else {_LIMITED: 1}
    return [
        Service(sets.by_value[code], [named], "study", 1, units=count, why=[Step("count", _told(limbs))])
        for code, count in units.items()
        if count and code in sets.by_value
    ]


def _told(limbs: dict[str, set[str]]) -> str:
    return "; ".join(f"{limb}: {len(muscles)} muscles named" for limb, muscles in sorted(limbs.items())) or "trunk"


def _studies(place: Surroundings, rows: Iterable[int]) -> int:
    """Return how many nerves were studied: each nerve of a side, its motor and sensory part apart."""
    told: set[tuple[str, str, str]] = set()
    for row in rows:
        folded = _words(place, row)
        if _CONDUCTION.isdisjoint(folded):
            continue
        nerves, kinds = _found("nerve", folded), {v for _, _, v in _found("type", folded)}
        if "reflex" in kinds:
            reflexes = [(start, end, "") for start, end, kind in _found("type", folded) if kind == "reflex"]
            told |= {(side, "tibial", "reflex") for _, side in _sided(folded, reflexes)}
            if kinds == {"reflex"}:
                continue
        motor_or_sensory = kinds & {"motor", "sensory"}
        if nerves and kinds != {"wave"} and "reflex" not in kinds:
            for place_of, kinds_of in zip(nerves, _kinds(folded, nerves), strict=True):
                for nerve, side in _sided(folded, [place_of]):
                    own = {"sensory"} if _only_sensory(nerve) else kinds_of or {"motor"}
                    told |= {(side, nerve, kind) for kind in own}
        elif not nerves and motor_or_sensory:
            limbs = _sided(folded, _found("limb", folded))
            told |= {(side, limb, kind) for limb, side in limbs for kind in motor_or_sensory}
    return len(told)


def _kinds(folded: Sequence[str], nerves: Sequence[tuple[int, int, str]]) -> list[set[str]]:
    """Return the parts of each nerve that were studied, motor or sensory: said after it, of the next, or before."""
    types = [(start, kind) for start, _, kind in _found("type", folded) if kind in ("motor", "sensory")]
    starts = [start for start, _, _ in nerves[1:]] + [len(folded)]
    own = [
        {kind for start, kind in types if first <= start < following}
        for (_, first, _), following in zip(nerves, starts, strict=True)
    ]
    before = {kind for start, kind in types if not nerves or start < nerves[0][0]}
    found: list[set[str]] = []
    later: set[str] = set()
    for kinds in reversed(own):
        later = kinds or later
        found.append(later)
    return [kinds or before or {kind for _, kind in types} for kinds in reversed(found)]


def _limbs(place: Surroundings, rows: Iterable[int]) -> tuple[dict[str, set[str]], int]:
    """Return the limbs that a needle was in, each with its muscles, and how many stretches tell of the trunk."""
    limbs: dict[str, set[str]] = defaultdict(set)
    unsided: list[tuple[str, str]] = []
    trunk, last = 0, ""
    for row in rows:
        folded = _words(place, row)
        if _NEEDLE_WORDS.isdisjoint(folded) or not _CONDUCTION.isdisjoint(folded):
            continue
        trunk += bool(_found("trunk", folded))
        for limb, side in _sided(folded, _found("limb", folded)):
            limbs[f"{side} {limb}".strip()] |= set()
        for start, end, limb in _found("muscle", folded):
            muscle = _one_name(" ".join(folded[start:end]))
            for side in _sides_before(folded, start) or ([last] if last else []):
                limbs[f"{side} {limb}"].add(muscle)
                last = side
            if not last:
                unsided.append((limb, muscle))
    for limb, muscle in unsided:
        same = [name for name in limbs if name.endswith(limb)]
        for name in same[:1] or [limb]:
            limbs[name].add(muscle)
    return dict(limbs), trunk


def _words(place: Surroundings, row: int) -> list[str]:
    stretch = place.reading.stretches[row]
    return place.reading.tokens.folded[stretch.first : stretch.last]


def _found(name: str, folded: Sequence[str]) -> list[tuple[int, int, str]]:
    return _table(name).all_in(folded, 0, len(folded))


def _sided(folded: Sequence[str], found: Sequence[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """Return (what, side) for each thing found, on both sides where the words say so."""
    return [
        (what, side)
        for start, end, what in found
        for side in (_sides_before(folded, start) or _plural(folded, start, end) or _UNSIDED)
    ]


def _sides_before(folded: Sequence[str], start: int) -> list[str]:
    for word in reversed(folded[:start]):
        if word in _BOTH:
            return ["left", "right"]
        if word in _SIDES:
            return [_OF_SIDE.get(word, word)]
    return []


def _plural(folded: Sequence[str], start: int, end: int) -> list[str]:
    """Return both sides of limbs that are named in the plural."""
    word = folded[end - 1]
    return ["left", "right"] if word.endswith("s") and start < end and word != "triceps" else []


@cache
def _only_sensory(nerve: str) -> bool:
    words = nerve.split()
    return bool(_table("only").all_in(words, 0, len(words)))


@cache
def _one_name(muscle: str) -> str:
    words = muscle.split()
    return next((name for _, _, name in _table("same").all_in(words, 0, len(words))), muscle)


@cache
def _table(name: str) -> PhraseTable[str]:
    text = files("coding.procedures").joinpath("nerve_tests.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return PhraseTable((p, value) for kind, value, phrases in rows if kind == name for p in phrases.split("|"))
