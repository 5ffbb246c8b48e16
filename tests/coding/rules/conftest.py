"""Rules on findings that are written as codes ('I50.9 due to I42.6. I10'): see coding/cases/findings.py."""

from collections.abc import Callable

import pytest

from codesets.index.lexicon import Lexicon
from codesets.types import Code
from coding.cases.findings import read_findings
from coding.rules import Listed, Outcome, apply_rules, review_list
from coding.types import Problem, Prompt
from nlp.types import Note, Patient, Setting
from tests.conftest import DAY

Rules = Callable[..., Outcome]
Reviews = Callable[..., tuple[tuple[Problem, ...], dict[str, tuple[Prompt, ...]]]]


@pytest.fixture(scope="session")
def ruled(lexicon: Lexicon) -> Rules:
    def outcome(text: str, denied: tuple[str, ...] = (), patient: Patient = Patient()) -> Outcome:  # noqa: B008
        written = read_findings(lexicon, Note(text, DAY, patient=patient))
        gone = frozenset(Code.parse(d).value for d in denied)
        return apply_rules(lexicon, written.reading, written.candidates, gone)

    return outcome


@pytest.fixture(scope="session")
def reviewed(lexicon: Lexicon) -> Reviews:
    """What the checks and questions say of a list of codes, the first of which is given by `first`."""

    def review(
        text: str,
        first: str | None = None,
        setting: Setting = Setting.OUTPATIENT,
        patient: Patient = Patient(),  # noqa: B008
    ) -> tuple[tuple[Problem, ...], dict[str, tuple[Prompt, ...]]]:
        note = Note(text, DAY, setting, patient)
        codes = {c.code.value: c for c in read_findings(lexicon, note).candidates}
        return review_list(Listed(note, setting, lexicon.release, codes, first and Code.parse(first).value))

    return review


def stands(outcome: Outcome) -> set[str]:
    """Return the codes that stand, with their dots."""
    return {c.code.display for c in outcome.candidates}


def why_gone(outcome: Outcome) -> dict[str, tuple[str, str | None]]:
    """Return code → (reason, because) of what the rules left out."""
    return {s.code.display: (s.reason.value, s.because) for s in outcome.suppressed}
