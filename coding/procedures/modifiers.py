"""The modifiers of a line: side, digit, eyelid, vessel, reading part, screening, therapy plan, waived test."""

from collections.abc import Sequence

from codesets.procedures.types import Procedure, Sides
from coding.procedures.sides import side_of
from coding.procedures.surroundings import Surroundings
from coding.procedures.types import Group, Service, group_of
from coding.types import Suggestion
from nlp.procedures.types import Named, NoteKind, Part
from nlp.types import Setting

_FINGERS = {
    "thumb": 0,
    "pollex": 0,
    "index": 1,
    "pointer": 1,
    "middle": 2,
    "long": 2,
    "ring": 3,
    "small": 4,
    "little": 4,
}
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4}
_ORDINALS |= {"1st": 0, "2nd": 1, "3rd": 2, "4th": 3, "5th": 4}
_TOES = {"great": 0, "big": 0, "hallux": 0}
_TOE_WORDS = frozenset({"toe", "toes", "hallux", "foot", "metatarsal", "hammertoe", "bunion"})
_LEFT_HAND, _RIGHT_HAND = ("FA", "F1", "F2", "F3", "F4"), ("F5", "F6", "F7", "F8", "F9")
_LEFT_FOOT, _RIGHT_FOOT = ("TA", "T1", "T2", "T3", "T4"), ("T5", "T6", "T7", "T8", "T9")
_EYELIDS = {("left", "upper"): "E1", ("left", "lower"): "E2", ("right", "upper"): "E3", ("right", "lower"): "E4"}
_VESSELS = {
    "LD": {"lad", "anterior descending", "diagonal"},
    "LC": {"circumflex", "lcx", "obtuse"},
    "RC": {"rca", "right coronary"},
    "LM": {"left main", "lmca"},
    "RI": {"ramus"},
}
_SIDE_REACH = 6
_EACH = frozenset({"each", "same", "both", "bilateral", "bilaterally", "either"})
_SIDES = frozenset({"LT", "RT", "50"})
_TWO_SIDED = frozenset({"bilateral", "bilaterally", "ou", "b/l"})
_PAIRS = frozenset(
    {
        "sides",
        "eyes",
        "ears",
        "lids",
        "eyelids",
        "breasts",
        "legs",
        "arms",
        "knees",
        "hips",
        "feet",
        "hands",
        "kidneys",
    }
    | {
        "ureters",
        "tubes",
        "ovaries",
        "shoulders",
        "lungs",
        "groins",
        "testes",
        "testicles",
        "upper",
        "lower",
        "right",
    }
    | {"tonsils", "turbinates", "nostrils", "nares", "tympanic", "maxillary", "inferior", "the", "of"}
)
_FACILITY = frozenset({"hospital", "inpatient", "professional"})
_THERAPY = {"GP": {"pt", "physical"}, "GO": {"ot", "occupational"}, "GN": {"slp", "speech"}}


def read_modifiers(place: Surroundings, procedure: Procedure, named: Sequence[Named], setting: Setting) -> list[str]:
    """Return the modifiers that the note supports, in the order in which they are billed."""
    found = [_reading_part(place, procedure, setting), _screening(place, procedure), _therapy(place, procedure)]
    if "QW" in procedure.modifiers and setting is Setting.OUTPATIENT and group_of(procedure) is Group.LABORATORY:
        found.append("QW")
    found += _of_side(place, procedure, named)
    return [m for m in found if m]


def _of_side(place: Surroundings, procedure: Procedure, named: Sequence[Named]) -> list[str]:
    if procedure.sides is Sides.NONE:
        return []
    words = _words(place, named)
    if procedure.sides is Sides.CORONARY:
        text = " ".join(words)
        return [m for m, names in _VESSELS.items() if any(f" {n} " in f" {text} " for n in names)][:1]
    side = _nearest_side(place, named) or _side_of_note(place, named)
    if procedure.sides is Sides.PAIRED:
        if side == "both":
            return [] if (procedure.facts or {}).get("extent") == "bilateral" else ["50"]
        return {"left": ["LT"], "right": ["RT"]}.get(side, [])
    if side not in ("left", "right"):
        return []
    if procedure.sides is Sides.EYELID:
        level = "upper" if "upper" in words else "lower" if "lower" in words else ""
        return [_EYELIDS[side, level]] if level else []
    return _digit(words, side)


def side_of_diagnoses(service: Service, diagnoses: Sequence[Suggestion]) -> list[str]:
    """Return the side of the diagnoses of a line that has no side of its own; none where they differ."""
    if service.procedure.sides is not Sides.PAIRED or not _SIDES.isdisjoint(service.modifiers):
        return []
    sides = {side for d in diagnoses if (side := side_of(d.display.lower().replace(",", " ").split()))}
    return {"left": ["LT"], "right": ["RT"]}.get(sides.pop(), []) if len(sides) == 1 else []


def _nearest_side(place: Surroundings, named: Sequence[Named]) -> str:
    """Return the side in the words of the name, else the nearest in its sentence; both where it says so of both."""
    for one in named:
        stretch = place.reading.stretches[one.stretch]
        folded = place.reading.tokens.folded
        sentence = folded[stretch.first : stretch.last]
        if place.part(one) is Part.BODY and _of_parts(sentence):
            continue
        if side_of(sentence) == "both" and not _EACH.isdisjoint(sentence):
            return "both"
        within = side_of(
            folded[max(stretch.first, one.first - _SIDE_REACH) : min(stretch.last, one.last + _SIDE_REACH)]
        )
        whole = within or side_of(folded[stretch.first : stretch.last])
        if whole:
            return whole
    return ""


def _of_parts(sentence: Sequence[str]) -> bool:
    """Tell whether 'both' speaks of parts of the one side: both ends, both fenestrations."""
    if (
        _TWO_SIDED.isdisjoint(sentence)
        and "both" in sentence
        and side_of([w for w in sentence if w != "both"]) != "both"
    ):
        at = sentence.index("both")
        return _PAIRS.isdisjoint(sentence[at + 1 : at + 2])
    return False


def _digit(words: Sequence[str], side: str) -> list[str]:
    on_foot = not _TOE_WORDS.isdisjoint(words)
    numbers = {**_ORDINALS, **(_TOES if on_foot else _FINGERS)}
    digit = next((numbers[w] for w in words if w in numbers), None)
    if digit is None:
        return []
    table = (_LEFT_FOOT, _RIGHT_FOOT) if on_foot else (_LEFT_HAND, _RIGHT_HAND)
    return [table[side == "right"][digit]]


def _words(place: Surroundings, named: Sequence[Named]) -> list[str]:
    reading = place.reading
    rows = sorted({n.stretch for n in named})
    stretches = [reading.stretches[row] for row in rows]
    return [w for s in stretches for w in reading.tokens.folded[s.first : s.last]]


def _side_of_note(place: Surroundings, named: Sequence[Named]) -> str:
    """Return the side of a report's title; of a visit's section only where it names one side."""
    side = side_of(_wide_words(place, named))
    if place.reading.kind is NoteKind.VISIT:
        return "" if side == "both" else side
    if not side and place.reading.kind is NoteKind.OPERATIVE:
        rows = (row for row, part in enumerate(place.reading.parts) if part is Part.BODY)
        side = side_of([w for row in rows for w in place.words(row)])
        return "" if side == "both" else side
    return side


def _wide_words(place: Surroundings, named: Sequence[Named]) -> list[str]:
    """Return the words of the title and the diagnoses of a report, of the section of a visit's note."""
    reading = place.reading
    if reading.kind is NoteKind.VISIT:
        rows = [row for n in named for row in place.wide(n.stretch)]
    else:
        rows = [
            row
            for row, s in enumerate(reading.stretches)
            if reading.parts[row] is Part.TITLE or reading.sections[s.section].kind == "postop_diagnosis"
        ]
    stretches = [reading.stretches[row] for row in dict.fromkeys(rows)]
    return [w for s in stretches for w in reading.tokens.folded[s.first : s.last]]


def _reading_part(place: Surroundings, procedure: Procedure, setting: Setting) -> str:
    if "26" not in procedure.modifiers or group_of(procedure) is not Group.IMAGING:
        return ""
    if setting is not Setting.OUTPATIENT:
        return "26"
    is_report = place.reading.kind is NoteKind.IMAGING
    opening = place.reading.tokens.folded[:60]
    return "26" if is_report and not _FACILITY.isdisjoint(opening) else ""


def _screening(place: Surroundings, procedure: Procedure) -> str:
    if not procedure.family.startswith(("colonoscopy", "sigmoidoscopy")) or "33" not in procedure.modifiers:
        return ""
    rows = range(len(place.reading.stretches))
    return "33" if "screening" in place.details_of(rows).get("timing", ()) else ""


def _therapy(place: Surroundings, procedure: Procedure) -> str:
    usual = [m for m in ("GP", "GO", "GN") if m in procedure.modifiers]
    if not usual or not procedure.code.value.startswith(("97", "92")):
        return ""
    if len(usual) == 1:
        return usual[0]
    opening = set(place.reading.tokens.folded[:40])
    return next((m for m in usual if not opening.isdisjoint(_THERAPY[m])), "")
