"""Facts as candidates: what they decide is taken from the lexicon, what they support is added."""

from collections.abc import Iterable
from dataclasses import replace

from codesets.icd10cm.release import IcdRelease
from codesets.index.lexicon import Lexicon
from codesets.types import Code, CodeSystem
from coding.facts.drugs import code_drugs
from coding.facts.measures import code_measures
from coding.facts.operations import code_operations, is_done_now
from coding.facts.poisoning import names_same_poison
from coding.facts.tobacco import DECIDED, code_tobacco
from coding.facts.types import Case, FactCode
from coding.linking import Link
from coding.ranking.plain import SECTION_WEIGHTS
from coding.types import Candidate, Evidence, Step
from nlp.types import FactKind, Note, Reading

_REPLACED = {"T886XXA": "T782XXA"}
_INJURIES, _CIRCUMSTANCES = ("S", "T0", "T1", "T2", "T3"), ("Y92", "Y93", "Y99")
_DRUG_CODES = ("Z79", "Z88", "Z910")


def code_facts(lexicon: Lexicon, reading: Reading, links: list[Link]) -> tuple[list[Link], list[FactCode]]:
    """Return the links without those that facts decide, and the codes that the facts support.

    A drug's name means what the drug's use says; where the note tells the patient's tobacco use, that decides among
    the codes of tobacco; an operation of this encounter leaves no status behind yet; the
    place and the activity are told of an injury only (I.C.20.b, I.C.20.c).
    """
    values = lexicon.release.values
    coded = [(values[link.best.code], link) for link in links]
    drugs = [(f.start, f.end) for f in reading.facts if f.kind is FactKind.DRUG]
    case = Case(reading, coded)
    tobacco = code_tobacco(case)
    injured = case.has(*_INJURIES)
    told = any(code.kind == "tobacco" for code in tobacco)
    left = [
        link
        for value, link in coded
        if not (value.startswith(_DRUG_CODES) and _overlaps(link, drugs))
        and not (told and value in DECIDED)
        and not is_done_now(reading.note, value, link)
        and (injured or not value.startswith(_CIRCUMSTANCES))
    ]
    found = [*code_drugs(case), *code_measures(case), *code_operations(case), *tobacco]
    poisons = {code.value for code in found if code.kind == "poisoning"}
    left = [
        link
        for link in left
        if not any(
            names_same_poison(values[link.best.code], p) and values[link.best.code] not in poisons for p in poisons
        )
    ]
    replaced = {_REPLACED[code.value] for code in found if code.value in _REPLACED}
    left = [link for link in left if values[link.best.code] not in replaced]
    return left, [code for code in found if lexicon.release.is_billable(code.value)]


def _overlaps(link: Link, spans: list[tuple[int, int]]) -> bool:
    return any(start < link.mention.end and link.mention.start < end for start, end in spans)


def add_facts(
    release: IcdRelease, note: Note, candidates: list[Candidate], codes: Iterable[FactCode]
) -> list[Candidate]:
    """Return the candidates, in code order, with those of the facts; a code of both keeps all its evidence."""
    standing = {c.code.value: c for c in candidates}
    by_value: dict[str, list[FactCode]] = {}
    for code in codes:
        by_value.setdefault(code.value, []).append(code)
    for value, found in by_value.items():
        lead = max(found, key=lambda code: (SECTION_WEIGHTS.get(code.fact.section, 0.0), -code.fact.start))
        evidence = [
            Evidence(c.fact.start, c.fact.end, note.text[c.fact.start : c.fact.end], c.fact.section) for c in found
        ]
        step = Step(f"fact.{lead.kind}", lead.detail)
        old = standing.get(value)
        if old is None:
            standing[value] = _candidate(release, value, lead, evidence, step)
        else:
            standing[value] = replace(
                old,
                evidence=_in_order([*old.evidence, *evidence]),
                features=old.features | {f"fact:{lead.kind}": 1.0},
                why=(*old.why, step),
            )
    return [standing[value] for value in sorted(standing)]


def _in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(set(evidence), key=lambda e: (e.start, e.end)))


def _candidate(release: IcdRelease, value: str, lead: FactCode, evidence: list[Evidence], step: Step) -> Candidate:
    title = release.title(value)
    features = {
        f"section:{lead.fact.section}": 1.0,
        f"fact:{lead.kind}": 1.0,
        "quality": 1.0,
        "status": float(value[0] == "Z"),
        "unspecified": float("unspecified" in title.lower()),
    }
    return Candidate(Code(CodeSystem.ICD10CM, value), title, _in_order(evidence), (), features, (step,))
