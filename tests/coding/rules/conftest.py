"""Cases in shorthand: a text whose findings are codes ('I50.9 due to I42.6. I10'), one line a section.

A line 'pmh: I10' stands in that section, a line without a heading in the assessment; 'I10?' is negated elsewhere in
the note.
"""

import re
from collections.abc import Callable

import pytest

from codesets.index.lexicon import Lexicon
from codesets.index.words import fold, stem
from codesets.types import Code, CodeSystem
from coding.rules import Outcome, apply_rules
from coding.types import Candidate, Evidence, Step
from nlp.tokens import tokenize
from nlp.types import PRESENT, Match, Mention, Note, Patient, Reading
from tests.conftest import DAY

Rules = Callable[..., Outcome]
_CODE = re.compile(r"\b([A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)(\??)(?![\w.]\w)")
_LINE = re.compile(r"(?:([a-z_]+): )?(.*)")


@pytest.fixture(scope="session")
def ruled(lexicon: Lexicon) -> Rules:
    def outcome(text: str, denied: tuple[str, ...] = (), patient: Patient = Patient()) -> Outcome:  # noqa: B008
        note = Note(text, DAY, patient=patient)
        found: dict[str, list[tuple[Evidence, bool]]] = {}
        mentions = []
        at = 0
        for line in text.splitlines(keepends=True):
            section, _ = _LINE.match(line).groups()  # type: ignore[union-attr]
            words = frozenset(lexicon.stem_ids.get(stem(fold(w)), -2) for w in re.findall(r"[A-Za-z]+", line))
            for match in _CODE.finditer(line):
                start, end = at + match.start(1), at + match.end(1)
                evidence = Evidence(start, end, text[start:end], section or "assessment")
                found.setdefault(Code.parse(match[1]).value, []).append((evidence, bool(match[2])))
                mentions.append(Mention(start, end, evidence.section, 0, 0, (), 0, words, Match.EXACT, 1.0, PRESENT))
            at += len(line)
        candidates = [
            Candidate(
                Code(CodeSystem.ICD10CM, value),
                lexicon.release.title(value),
                tuple(e for e, _ in places),
                (),
                {
                    f"section:{places[0][0].section}": 1.0,
                    "quality": 1.0,
                    "negated_elsewhere": float(any(doubt for _, doubt in places)),
                },
                (Step("mention", "written in the case"),),
            )
            for value, places in sorted(found.items())
        ]
        reading = Reading(note, (), (), tuple(mentions), tokenize(note.text))
        return apply_rules(lexicon, reading, candidates, frozenset(Code.parse(d).value for d in denied))

    return outcome


def stands(outcome: Outcome) -> set[str]:
    """Return the codes that stand, with their dots."""
    return {c.code.display for c in outcome.candidates}


def why_gone(outcome: Outcome) -> dict[str, tuple[str, str | None]]:
    """Return code → (reason, because) of what the rules left out."""
    return {s.code.display: (s.reason.value, s.because) for s in outcome.suppressed}
