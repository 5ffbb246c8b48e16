"""Which diagnoses justify a line, in order of support: by place, by section, by site."""

from collections.abc import Sequence
from functools import lru_cache

from codesets.index.words import fold, stem, stop_words, token_spans
from codesets.procedures.types import Procedure
from coding.procedures.surroundings import Surroundings
from coding.procedures.types import Group, Service, group_of
from coding.types import Suggestion

MAX_POINTERS = 4
_SECTIONS = {
    "postop_diagnosis": 3.0,
    "indication": 2.0,
    "preop_diagnosis": 1.5,
    "findings": 1.0,
    "assessment": 1.0,
    "assessment_plan": 1.0,
}
_SAME_SENTENCE, _SAME_SECTION = 3.0, 1.0
_SITE = 1.5
_NEAR_CHARS = 300
_LEAST = 1.0
_VACCINE = "Z23"
_STATUS = ("Z79", "Z88", "Z80", "Z81", "Z82", "Z83", "Z84", "Z72", "Z87", "Z68", "Z91")


def point(place: Surroundings, service: Service, diagnoses: Sequence[Suggestion]) -> tuple[str, ...]:
    """Return the diagnoses of a line, the best supported first."""
    if group_of(service.procedure) is Group.VACCINE or service.value.startswith("9046") or service.value == "90471":
        return tuple(d.code.display for d in diagnoses if d.code.value == _VACCINE)
    scored = [(_support(place, service, d), d) for d in diagnoses]
    kept = sorted((-s, d.rank, d.code.display) for s, d in scored if s >= _LEAST)
    if not kept and diagnoses:
        kept = [(0.0, 0, next((d for d in diagnoses if d.first_listed), diagnoses[0]).code.display)]
    best = -kept[0][0] if kept else 0.0
    return tuple(code for s, _, code in kept if -s >= best / 2)[:MAX_POINTERS]


def _support(place: Surroundings, service: Service, diagnosis: Suggestion) -> float:
    reading = place.reading
    support = max((_SECTIONS.get(e.section, 0.0) for e in diagnosis.evidence), default=0.0)
    near = 0.0
    for named in service.named:
        start = reading.tokens.starts[named.first]
        section = reading.sections[reading.stretches[named.stretch].section]
        first, last = reading.stretches[named.stretch].first, reading.stretches[named.stretch].last
        low, high = reading.tokens.starts[first], reading.tokens.ends[last - 1]
        for e in diagnosis.evidence:
            if low <= e.start < high:
                near = max(near, _SAME_SENTENCE)
            elif section.start <= e.start < section.end:
                near = max(near, _SAME_SECTION)
            if abs(e.start - start) < _NEAR_CHARS:
                near = max(near, _SAME_SECTION / 2)
    if _stems(diagnosis.display) & _site_stems(service.procedure):
        support += _SITE
    if diagnosis.code.value.startswith(_STATUS):
        support -= _SAME_SENTENCE
    return support + near + (0.5 if diagnosis.first_listed else 0.0)


def _site_stems(procedure: Procedure) -> frozenset[str]:
    return _stems(" ".join((*procedure.sites, procedure.wording)))


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    folded = (fold(text[s:e]) for s, e in token_spans(text))
    return frozenset(stem(w) for w in folded if w.isalpha() and w not in stop_words())
