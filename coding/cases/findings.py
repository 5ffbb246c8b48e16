"""Findings written as codes: 'I50.9 due to I42.6. I10', a line a section ('pmh: I10'), 'I10?' denied elsewhere."""

import re
from dataclasses import dataclass

from codesets.index.lexicon import Lexicon
from codesets.index.words import fold, stem
from codesets.types import Code, CodeSystem
from coding.types import Candidate, Evidence, Step
from nlp.tokens import tokenize
from nlp.types import PRESENT, Match, Mention, Note, Reading

_CODE = re.compile(r"\b([A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)(\??)(?![\w.]\w)")
_LINE = re.compile(r"(?:([a-z_]+): )?(.*)")
_UNKNOWN_STEM = -2


@dataclass(frozen=True, slots=True)
class Written:
    """A reading whose findings are the codes of the text, and the candidates that they make."""

    reading: Reading
    candidates: tuple[Candidate, ...]


def read_findings(lexicon: Lexicon, note: Note) -> Written:
    """Return the findings of a text in which codes stand for words; a line without a heading is the assessment."""
    found: dict[str, list[tuple[Evidence, bool]]] = {}
    mentions = []
    at = 0
    for line in note.text.splitlines(keepends=True):
        heading = _LINE.match(line)
        section = (heading[1] if heading else None) or "assessment"
        words = frozenset(lexicon.stem_ids.get(stem(fold(w)), _UNKNOWN_STEM) for w in re.findall(r"[A-Za-z]+", line))
        for match in _CODE.finditer(line):
            evidence = Evidence(at + match.start(1), at + match.end(1), match[1], section)
            found.setdefault(Code.parse(match[1]).value, []).append((evidence, bool(match[2])))
            span = (evidence.start, evidence.end)
            mentions.append(Mention(*span, section, 0, 0, (), 0, words, Match.EXACT, 1.0, PRESENT))
        at += len(line)
    candidates = tuple(_candidate(lexicon, value, places) for value, places in sorted(found.items()))
    return Written(Reading(note, (), (), tuple(mentions), tokenize(note.text)), candidates)


def _candidate(lexicon: Lexicon, value: str, places: list[tuple[Evidence, bool]]) -> Candidate:
    features = {
        f"section:{places[0][0].section}": 1.0,
        "quality": 1.0,
        "negated_elsewhere": float(any(doubt for _, doubt in places)),
    }
    return Candidate(
        Code(CodeSystem.ICD10CM, value),
        lexicon.release.title(value),
        tuple(e for e, _ in places),
        (),
        features,
        (Step("mention", "written in the case"),),
    )
