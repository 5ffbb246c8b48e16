"""From a note to the candidates that ranking starts from: what it states, what assertion stops, what rules make."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from codesets.index.lexicon import Lexicon
from codesets.types import Code, CodeSystem
from coding.candidates import evidence_of, make_candidates
from coding.denial import take_back
from coding.desk import Desk
from coding.exams import with_findings
from coding.facts.candidates import add_facts, code_facts
from coding.lending import LentSides
from coding.linking import Link
from coding.ranking.context import with_context
from coding.ranking.linker import Forest
from coding.rules import apply_rules
from coding.status import history_code, status_links
from coding.support import collect_support, link_features
from coding.suppression import REASONS, ended_since, guideline_of, is_kept
from coding.types import Candidate, Cue, Reason, Suppressed
from nlp.types import AssertionKind, Note, Patient, Reading, Setting

_OF_OPERATIONS = ("V", "W", "X", "Y", "I777")
"""What the words of an operation seem to say and do not: causes of an injury, a dissected artery."""
_DENIED = re.compile(r"\b(?:negative|neg) for\b|\bno (?:evidence|history) of\b|\b(?:uses?|used) no\b", re.IGNORECASE)
"""Words amid a mention that deny the rest of it: 'head CT negative for hemorrhage' is none."""


@dataclass(frozen=True, slots=True)
class Considered:
    """What a note states, before rules: candidates, what assertion stopped, the codes that it denies anywhere.

    `linked` are the linker's probabilities by canonical code; empty without a linker.
    """

    reading: Reading
    setting: Setting
    candidates: tuple[Candidate, ...]
    suppressed: tuple[Suppressed, ...]
    denied: frozenset[str]
    linked: dict[str, float]


@dataclass(frozen=True, slots=True)
class Settled:
    """What stands after the rules, with the features of its context; what they left out."""

    candidates: tuple[Candidate, ...]
    suppressed: tuple[Suppressed, ...]


def consider(desk: Desk, linker: Forest | None, note: Note) -> Considered:
    """Return what a note states. Raises BadNote where the text is empty, binary or too large."""
    lexicon = desk.lexicon
    values = lexicon.release.values
    setting = note.setting or Setting.OUTPATIENT
    reading = desk.reader.read(note)
    kept, stopped = take_back(lexicon, note, *_by_assertion(lexicon, reading, setting))
    links = [*kept, *stopped]
    kept += status_links(lexicon, note.text, stopped, frozenset(values[x.best.code] for x in kept))
    kept = with_findings(lexicon.release, note, kept)
    denied = frozenset(values[x.best.code] for x in stopped)
    kept, facts = code_facts(lexicon, reading, kept)
    past = denied - {values[x.best.code] for x in stopped if x.mention.assertion.kind is not AssertionKind.HISTORICAL}
    told = past | {values[x.best.code] for x in kept if values[x.best.code].startswith("Z85")}
    kept = [x for x in kept if not _is_past_cancer(x, values[x.best.code], told)]
    candidates = add_facts(lexicon.release, note, make_candidates(lexicon, note, kept, denied, past), facts)
    suppressed = _stopped(lexicon, note, stopped, setting, {c.code.value for c in candidates})
    linked = _linked(desk, linker, reading, links, {c.code.value for c in candidates})
    return Considered(reading, setting, tuple(candidates), tuple(suppressed), denied, linked)


def settle(
    desk: Desk,
    considered: Considered,
    without: frozenset[str] = frozenset(),
    disabled: frozenset[str] = frozenset(),
) -> Settled:
    """Return what stands after the rules but those `disabled`; codes of `without` neither stand nor are made."""
    candidates = [c for c in considered.candidates if c.code.value not in without]
    denied = considered.denied | without
    ruled = apply_rules(desk.lexicon, considered.reading, candidates, denied, disabled=disabled)
    in_context = with_context(considered.reading, considered.setting, ruled.candidates, considered.linked, desk.doubt)
    suppressed = (*considered.suppressed, *ruled.suppressed)
    return Settled(tuple(in_context), suppressed)


def _is_past_cancer(link: Link, value: str, told: frozenset[str]) -> bool:
    """Tell whether a past history lists a cancer that is `told` as past elsewhere in the note (I.C.2.m)."""
    if value[0] != "C" or link.mention.section != "pmh":
        return False
    return value in told or history_code("personal", value) in told


def _linked(
    desk: Desk, linker: Forest | None, reading: Reading, links: Iterable[Link], wanted: set[str]
) -> dict[str, float]:
    if linker is None:
        return {}
    support = collect_support(desk.lexicon, links, reading.phrases, desk.phrases, {v[:3] for v in wanted})
    rows = link_features(desk.lexicon, support, desk.phrases, len(reading.note.text), wanted)
    return dict(zip((v for v in support if v in wanted), linker.probabilities(rows), strict=True))


def _by_assertion(lexicon: Lexicon, reading: Reading, setting: Setting) -> tuple[list[Link], list[Link]]:
    """Return the links that may be coded, and those that assertion stops."""
    kept: list[Link] = []
    stopped: list[Link] = []
    sides = LentSides(lexicon, reading.note.text, reading.mentions)
    for mention in reading.mentions:
        if _DENIED.search(reading.note.text, mention.start, mention.end):
            continue
        is_relative = mention.assertion.kind is AssertionKind.FAMILY
        for link in sides.link(mention, Patient() if is_relative else reading.note.patient):
            value = lexicon.release.values[link.best.code]
            if mention.section == "procedure" and value.startswith(_OF_OPERATIONS):
                continue
            doubted = mention.assertion.rule.endswith(".doubted")
            ended = ended_since(reading.note, mention.assertion)
            may_stand = is_kept(
                mention.assertion.kind, value, setting, mention.section, ended_since=ended, doubted=doubted
            )
            (kept if may_stand else stopped).append(link)
    return _without_ruled_out(lexicon, kept, stopped)


def _without_ruled_out(lexicon: Lexicon, kept: list[Link], stopped: list[Link]) -> tuple[list[Link], list[Link]]:
    """Return the links with those stopped that an inpatient note calls possible here and ruled out there (II.H)."""
    values = lexicon.release.values
    negated = {values[x.best.code] for x in stopped if x.mention.assertion.kind is AssertionKind.NEGATED}
    ruled_out = [
        x for x in kept if x.mention.assertion.kind is AssertionKind.UNCERTAIN and values[x.best.code] in negated
    ]
    return [x for x in kept if x not in ruled_out], [*ruled_out, *stopped]


def _stopped(
    lexicon: Lexicon, note: Note, stopped: list[Link], setting: Setting, suggested: set[str]
) -> list[Suppressed]:
    """Return the stopped findings, each code and assertion once, unless the code is suggested elsewhere."""
    found: dict[tuple[str, Reason], Suppressed] = {}
    for link in stopped:
        assertion = link.mention.assertion
        value = lexicon.release.values[link.best.code]
        reason = REASONS[assertion.kind]
        if value in suggested or (value, reason) in found:
            continue
        cue = assertion.cue
        found[value, reason] = Suppressed(
            Code(CodeSystem.ICD10CM, value),
            lexicon.release.title(value),
            evidence_of(note, link.mention),
            reason,
            assertion.rule,
            Cue(cue.start, cue.end, note.text[cue.start : cue.end]) if cue else None,
            guideline=guideline_of(assertion.kind, value, setting, link.mention.section),
        )
    return list(found.values())
