"""The first element: how many problems are addressed, and of what nature (nature.tsv)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from coding.types import Suggestion
from coding.visits.scan import Hit, Scan, read_table
from coding.visits.types import Complexity, Element
from nlp.types import AssertionKind, FactKind

_SEGMENT_CHARS = 320
_LEAD_TOKENS = 3
_DOUBT_TOKENS = 4
_WATCHED = ("Z08", "Z85", "Z94")
_SHOWN = 4
_TOLD = frozenset({"chief_complaint", "hpi", "unknown", "other", "indication"})
_GRADE = {
    "minor": Complexity.STRAIGHTFORWARD,
    "acute": Complexity.LOW,
    "stable": Complexity.LOW,
    "symptom": Complexity.LOW,
    "worse": Complexity.MODERATE,
    "systemic": Complexity.MODERATE,
    "undiagnosed": Complexity.MODERATE,
    "severe": Complexity.HIGH,
    "threat": Complexity.HIGH,
}
_WORDS = {
    "minor": "self-limited",
    "acute": "acute, uncomplicated",
    "stable": "stable chronic",
    "symptom": "symptom",
    "worse": "chronic and not at goal",
    "systemic": "acute with systemic symptoms or complicated",
    "undiagnosed": "new, of uncertain prognosis",
    "severe": "chronic with severe exacerbation",
    "threat": "threat to life or function",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A diagnosis that is addressed: where, and its kind (a key of the grades)."""

    code: str
    start: int
    end: int
    kind: str


@cache
def _natures() -> dict[str, str]:
    return {prefix: nature for nature, prefixes in read_table("nature.tsv") for prefix in prefixes.split("|")}


def nature_of(value: str) -> str:
    """Return the nature of a canonical ICD-10-CM code by its longest prefix."""
    natures = _natures()
    return next((natures[value[:n]] for n in range(len(value), 0, -1) if value[:n] in natures), "acute")


def assess_problems(
    scan: Scan,
    diagnoses: Sequence[Suggestion],
    *,
    is_acute_care: bool,
    is_emergency: bool = False,
    is_admission: bool = False,
) -> Element:
    """Return the element; `is_acute_care` where symptoms are worked up on the spot (ED, hospital).

    A chronic problem that leads to the emergency department or into the hospital is not stable.
    """
    addressed = _addressed(scan, diagnoses, scan.deciding) or _addressed(scan, diagnoses, _TOLD)
    led = next((d.code.value for d in diagnoses if d.first_listed), None) if is_emergency or is_admission else None
    is_alone = len(addressed) == 1
    problems = []
    for value, spot in addressed:
        states = _states(scan, spot, is_alone=is_alone) | ({"worse"} if value == led else set())
        is_open, is_inpatient = _is_open(scan, spot), is_acute_care and not is_emergency
        kind = _kind(nature_of(value), states, is_open, is_acute_care=is_acute_care, is_inpatient=is_inpatient)
        problems.append(Problem(value, *spot[:2], kind))
    problems += _threats(scan)
    if not problems:
        problems = _followed(scan, diagnoses)
    if not problems:
        return Element(Complexity.STRAIGHTFORWARD, "no problem was found that the note addresses")
    kinds = Counter(p.kind for p in problems)
    level = max(_GRADE[kind] for kind in kinds)
    if level < Complexity.MODERATE and kinds["stable"] > 1:
        level = Complexity.MODERATE
    if level < Complexity.LOW and kinds["minor"] > 1:
        level = Complexity.LOW
    deciding = [p for p in problems if _GRADE[p.kind] == max(_GRADE[k] for k in kinds)]
    words = ", ".join(f"{count} {_WORDS[kind]}" for kind, count in sorted(kinds.items(), key=lambda x: -_GRADE[x[0]]))
    return Element(level, words, tuple(scan.evidence_of(p.start, p.end) for p in deciding[:_SHOWN]))


Spot = tuple[int, int, int]
"""Where a diagnosis stands, and where what is said of it ends."""


def _addressed(scan: Scan, diagnoses: Sequence[Suggestion], sections: frozenset[str]) -> list[tuple[str, Spot]]:
    """Return the diagnoses that stand in the sections, one a place and body system."""
    places: dict[str, tuple[int, int]] = {}
    for diagnosis in diagnoses:
        value = diagnosis.code.value
        if nature_of(value) == "none":
            continue
        place = _place(scan, diagnosis, sections)
        if place is not None:
            places[value] = place
    starts = sorted({start for start, _ in places.values()})
    found: dict[tuple[int, str], tuple[str, Spot]] = {}
    for value, (start, end) in places.items():
        later = bisect_left(starts, end)
        stop = min(starts[later] if later < len(starts) else len(scan.text), end + _SEGMENT_CHARS)
        found.setdefault((scan.sentence_at(start), value[0]), (value, (start, end, stop)))
    return sorted(found.values(), key=lambda x: x[1])


def _place(scan: Scan, diagnosis: Suggestion, sections: frozenset[str]) -> tuple[int, int] | None:
    """Return where a diagnosis, or its words again, stand in one of the sections."""
    for evidence in diagnosis.evidence:
        if evidence.section in sections:
            return evidence.start, evidence.end
    lower = scan.text.lower()
    for words in {e.text.lower(): None for e in diagnosis.evidence}:
        start = lower.rfind(words) if len(lower) == len(scan.text) else -1
        if start >= 0 and len(words) > 1 and scan.section_at(start) in sections:
            return start, start + len(words)
    return None


def _states(scan: Scan, spot: Spot, *, is_alone: bool) -> set[str]:
    """Return what is said of a diagnosis: in its stretch, and in the history where it is the only one."""
    start, _, stop = spot
    surgery = {"worse"} if _has_surgery(scan, spot, is_alone=is_alone) else set()
    said = [h for h in scan.of("state") if start <= h.start < stop or _leads(scan, h, start)]
    if is_alone:
        said += [h for h in scan.of("state", "worse", "flare", "better", "lasting") if h.section in _TOLD]
    values = {h.value for h in said if scan.is_said(h)} | surgery
    return values if _has_drug(scan, spot) else values - {"changed", "adjusted"}


def _leads(scan: Scan, hit: Hit, start: int) -> bool:
    """Tell whether a word stands right before a diagnosis ('worsening COPD'), with no mark between."""
    between = scan.tokens.folded[hit.last : scan.token_at(start)]
    return hit.end <= start and len(between) < _LEAD_TOKENS and all(word.isalpha() for word in between)


def _has_surgery(scan: Scan, spot: Spot, *, is_alone: bool) -> bool:
    """Tell whether an operation is decided for a problem: it is not at its goal."""
    start, _, stop = spot
    decided = [h for h in scan.of("risk", "surgery") if h.section in scan.deciding and scan.is_said(h)]
    return any(is_alone or start <= h.start < stop for h in decided)


def _kind(nature: str, states: set[str], is_open: bool, *, is_acute_care: bool, is_inpatient: bool) -> str:
    is_flaring = bool(states & {"worse", "flare", "better"})
    if nature == "either":
        nature = "chronic" if states & {"lasting", "flare"} else "acute"
    if nature == "chronic":
        if "severe" in states:
            return "severe"
        is_changed = bool(states & {"changed", "adjusted"}) and "stable" not in states
        return "worse" if is_flaring or is_changed else "stable"
    if nature == "undiagnosed" and "adjusted" in states and not is_acute_care:
        return "worse"
    if nature == "threat" and not is_acute_care and states & {"stable", "resolved"}:
        return "stable"
    if nature == "threat" and is_inpatient and "better" in states and not states & {"worse", "severe"}:
        return "systemic"
    if nature == "undiagnosed" and not (is_acute_care or is_open):
        return "symptom"
    return nature


def _has_drug(scan: Scan, spot: Spot) -> bool:
    start, _, stop = spot
    places = [f.start for f in scan.reading.facts if f.kind is FactKind.DRUG]
    places += [h.start for h in scan.of("risk", "rx", "dose")]
    return any(start <= place < stop for place in places)


def _is_open(scan: Scan, spot: Spot) -> bool:
    """Tell whether what is said of a symptom leaves its cause open, or orders a test for it."""
    start, _, stop = spot
    hits = (*scan.of("uncertain"), *scan.of("test"), *scan.of("ordered", "yes"))
    return any(start <= h.start < stop for h in hits)


def _followed(scan: Scan, diagnoses: Sequence[Suggestion]) -> list[Problem]:
    """Return a disease that is gone and watched, where nothing else is addressed: a cancer's follow-up."""
    for diagnosis in diagnoses:
        if diagnosis.code.value.startswith(_WATCHED):
            place = _place(scan, diagnosis, scan.deciding)
            if place is not None:
                return [Problem(diagnosis.code.value, *place, "stable")]
    return []


def _is_doubted(scan: Scan, hit: Hit) -> bool:
    """Tell whether a threat is only thought of: 'rule out pulmonary embolism', 'possible', 'risk of'."""
    if scan.kind(hit) is AssertionKind.UNCERTAIN:
        return True
    return any(h.sentence == hit.sentence and 0 <= hit.first - h.last <= _DOUBT_TOKENS for h in scan.of("uncertain"))


def _threats(scan: Scan) -> list[Problem]:
    """Return the threats to life that the clinician names in words that no diagnosis may have taken up."""
    named = [
        h for h in scan.of("threat") if h.section in scan.deciding and scan.is_said(h) and not _is_doubted(scan, h)
    ]
    return [Problem("", h.start, h.end, "threat") for h in named[:1]]


def treated(problems: Element, risk: Element) -> Element:
    """Return the element; without a problem by name, one that a decided drug treats is low."""
    if problems.evidence or risk.level is not Complexity.MODERATE or not risk.evidence:
        return problems
    return Element(Complexity.LOW, "1 problem that is treated and was not found by name", risk.evidence[:1])
