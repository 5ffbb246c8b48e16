"""What a ranker knows of a candidate beside its own words: its places in the note and its company."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coding.ranking.doubt import Doubt
from coding.ranking.plain import PlainRanker
from coding.types import Candidate, Evidence
from nlp.types import Reading, Setting

_PLACES = {
    "concluded": ("assessment", "assessment_plan", "discharge_diagnosis", "postop_diagnosis"),
    "reason": ("chief_complaint", "indication", "preop_diagnosis", "admission_diagnosis"),
    "narrated": ("hpi", "hospital_course", "unknown", "other", "plan"),
    "listed": ("pmh", "problem_list", "medications", "social", "family", "allergies", "psh"),
    "observed": ("exam", "ros", "labs", "imaging", "findings", "procedure", "vitals"),
}
_PLACE_OF = {section: place for place, sections in _PLACES.items() for section in sections}
_ITEM = re.compile(r"[ \t]*(?:[-*•#>]+|\(?\d{1,2}[.):]|[A-Za-z][.)])?[ \t]*\Z")


def with_context(
    reading: Reading,
    setting: Setting,
    candidates: Sequence[Candidate],
    linked: Mapping[str, float],
    doubt: Doubt | None,
) -> list[Candidate]:
    """Return the candidates with the features of their context; `linked` are the linker's probabilities."""
    text = reading.note.text
    kinds = {_PLACE_OF.get(s.kind) for s in reading.sections}
    categories = Counter(c.code.value[:3] for c in candidates)
    plain = PlainRanker().score(candidates)
    order = sorted(plain, reverse=True)
    places = [Counter(_PLACE_OF.get(e.section, "elsewhere") for e in c.evidence) for c in candidates]
    of_note = {
        "note_chars": float(len(text)),
        "note_concludes": float("concluded" in kinds),
        "note_lists": float("listed" in kinds),
        "note_candidates": float(len(candidates)),
        "note_concluded": float(sum(1 for p in places if p["concluded"])),
        "inpatient": float(setting is Setting.INPATIENT),
        "ed": float(setting is Setting.ED),
    }
    return [
        replace(
            c,
            features=c.features
            | of_note
            | {f"place:{name}": float(count) for name, count in place.items()}
            | _of_code(c.code.value)
            | {
                "linked": linked.get(c.code.value, -1.0),
                "first": c.evidence[0].start / len(text),
                "last": c.evidence[-1].start / len(text),
                "mentions": float(len(c.evidence)),
                "item": float(any(_is_item(text, e) for e in c.evidence)),
                "line_share": max(_line_share(text, e) for e in c.evidence),
                "siblings": float(categories[c.code.value[:3]] - 1),
                "doubt": min(doubt.score(text, e) for e in c.evidence) if doubt is not None else 0.5,
                "plain": score,
                "plain_rank": float(order.index(score)),
            },
        )
        for c, score, place in zip(candidates, plain, places, strict=True)
    ]


def _of_code(value: str) -> dict[str, float]:
    number = float(value[1:3]) if value[1:3].isdigit() else 99.0
    return {
        "chapter": float(ord(value[0])),
        "category": ord(value[0]) * 100 + number,
        "code_chars": float(len(value)),
    }


def _is_item(text: str, evidence: Evidence) -> bool:
    """Tell whether the words stand at the head of a line or list item."""
    begin = text.rfind("\n", 0, evidence.start) + 1
    return _ITEM.match(text, begin, evidence.start) is not None


def _line_share(text: str, evidence: Evidence) -> float:
    begin = text.rfind("\n", 0, evidence.start) + 1
    end = text.find("\n", evidence.end)
    return (evidence.end - evidence.start) / max(1, (len(text) if end < 0 else end) - begin)
