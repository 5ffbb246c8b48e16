"""Candidates: links merged by code, with evidence, alternatives, prompts and the features of the ranker."""

import math
from collections import defaultdict
from collections.abc import Iterable

from codesets.index.lexicon import Lexicon
from codesets.index.sources import TermSource
from codesets.types import Code, CodeSystem
from coding.linking import Link
from coding.prompts import specificity_prompts
from coding.ranking.plain import SECTION_WEIGHTS
from coding.sequencing import LEADING_SECTIONS
from coding.types import Alternative, Candidate, Evidence, Step
from nlp.types import AssertionKind, Match, Mention, Note

_ALTERNATIVES = 4
_GENERIC = frozenset({"R52", "R58", "R68", "R69", "T14"})
_ORGANS = frozenset({"Z9049", "Z9089"})
"""Organs that most are well without (appendix, gallbladder, tonsils): their absence bears on little."""
_CODED_AS = {
    AssertionKind.HISTORICAL: Step("status.history", "I.C.21.c.4: the finding is past; its history is what is coded"),
    AssertionKind.FAMILY: Step(
        "status.history", "I.C.21.c.4: the finding is a relative's; its family history is coded"
    ),
    AssertionKind.UNCERTAIN: Step(
        "assertion.uncertain", "II.H: uncertain at discharge from a stay, as if established"
    ),
}
_SOURCE_NAMES = {
    TermSource.TITLE: "an official title",
    TermSource.INCLUSION: "an official inclusion term",
    TermSource.ALIAS: "the alias table",
    TermSource.INDEX: "the Alphabetic Index",
}


def make_candidates(
    lexicon: Lexicon,
    note: Note,
    links: Iterable[Link],
    negated: frozenset[str] = frozenset(),
    past: frozenset[str] = frozenset(),
) -> list[Candidate]:
    """Return one candidate per code, in code order, its evidence in note order.

    `negated` are the codes that the note also negates somewhere; that lowers their score. `past` are those of them of
    which it says no more than that they are of the past. A generic finding (pain,
    bleeding, illness, injury without a site) counts only where the reason for care or the assessment states it.
    """
    by_code: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_code[lexicon.release.values[link.best.code]].append(link)
    for value in [v for v in by_code if v[:3] in _GENERIC or v in _ORGANS]:
        if not any(link.mention.section in LEADING_SECTIONS for link in by_code[value]):
            del by_code[value]
    found = [_candidate(lexicon, note, value, by_code[value], negated) for value in sorted(by_code)]
    for candidate in found:
        candidate.features["past_elsewhere"] = float(candidate.code.value in past)
    return found


def evidence_of(note: Note, mention: Mention) -> Evidence:
    """Return the words of a mention as evidence."""
    return Evidence(mention.start, mention.end, note.text[mention.start : mention.end], mention.section)


def _candidate(lexicon: Lexicon, note: Note, value: str, links: list[Link], negated: frozenset[str]) -> Candidate:
    release = lexicon.release
    lead = max(links, key=lambda link: (_section_weight(link.mention), link.best.fit, -link.mention.start))
    evidence = tuple(dict.fromkeys(evidence_of(note, link.mention) for link in links))
    term = lexicon.term(lead.best.term)
    detail = f"{lead.mention.match.value} match with {_SOURCE_NAMES[term.source]}, quality {lead.mention.quality:.2f}"
    why = [Step("mention", detail)]
    if len(lead.leaves) > 1:
        others = ", ".join(Code(CodeSystem.ICD10CM, release.values[x.code]).display for x in lead.leaves[1:4])
        why.append(Step("leaf", f"fits its attributes best (fit {lead.best.fit:.2f}); also considered {others}"))
    if lead.mention.assertion.kind in _CODED_AS:
        why.append(_CODED_AS[lead.mention.assertion.kind])
    if value in negated:
        why.append(Step("assertion", "stated as present here, negated elsewhere in the note"))
    return Candidate(
        Code(CodeSystem.ICD10CM, value),
        release.title(value),
        evidence,
        _alternatives(lexicon, links, value),
        _features(lexicon, value, lead, links, value in negated),
        tuple(why),
        specificity_prompts(lexicon, lead),
    )


def _section_weight(mention: Mention) -> float:
    return SECTION_WEIGHTS.get(mention.section, 0.0)


def _alternatives(lexicon: Lexicon, links: list[Link], value: str) -> tuple[Alternative, ...]:
    release = lexicon.release
    scores: dict[str, float] = {}
    for link in links:
        for leaf in link.leaves[1:]:
            likeness = 1.0 / (1.0 + math.exp(link.best.fit - leaf.fit))
            other = release.values[leaf.code]
            scores[other] = max(scores.get(other, 0.0), round(likeness, 4))
    scores.pop(value, None)
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:_ALTERNATIVES]
    return tuple(Alternative(Code(CodeSystem.ICD10CM, v), release.title(v), s) for v, s in best)


def _features(
    lexicon: Lexicon, value: str, lead: Link, links: list[Link], negated_elsewhere: bool
) -> dict[str, float]:
    mention = lead.mention
    term = lexicon.term(lead.best.term)
    return {
        f"section:{mention.section}": 1.0,
        "quality": mention.quality,
        "words": min(len(lexicon.core_stems.row(mention.core)) - 1, 4) / 2,
        "places": math.log2(len({link.mention.section for link in links})),
        "fit": max(-4.0, min(4.0, lead.best.fit)),
        "official_words": float(term.source is not TermSource.ALIAS),
        "misspelled": float(mention.match is Match.SPELLING),
        "symptom": float(value[0] == "R"),
        "external_cause": float(value[0] in "VWXY"),
        "status": float(value[0] == "Z"),
        "unspecified": float("unspecified" in lexicon.release.title(value).lower()),
        "generic": float(value[:3] in _GENERIC),
        "negated_elsewhere": float(negated_elsewhere),
    }
