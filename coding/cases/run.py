"""Runs the cases and tells of each whether its rule did as it should."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codesets.types import Code
from coding.cases.findings import read_findings
from coding.cases.read import Case, Given
from coding.rules.engine import apply_rules, review_list
from coding.rules.types import Listed
from coding.sequencing import first_listed
from coding.suggest import Suggester
from coding.types import Problem, Prompt, Step, Suppressed
from nlp.types import Note, Setting


@dataclass(frozen=True, slots=True)
class Result:
    """A case with what is wrong; nothing where it passes."""

    case: Case
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What came of a case: codes listed, what was left out for which reason, the first code, the rules named."""

    codes: frozenset[str]
    left_out: dict[str, str]
    first: str | None
    rules: frozenset[str]


def run_cases(suggester: Suggester, cases: Iterable[Case]) -> Iterator[Result]:
    """Yield the result of each case, in order."""
    for case in cases:
        seen = _of_note(suggester, case) if case.given is Given.NOTE else _of_codes(suggester, case)
        yield Result(case, tuple(_faults(case, seen)))


def _note(case: Case) -> Note:
    return Note(case.text, case.day, case.setting, case.patient)


def _of_note(suggester: Suggester, case: Case) -> _Seen:
    answer = suggester.suggest(_note(case))
    steps = [step for s in answer.suggestions for step in s.why]
    prompts = [p for s in answer.suggestions for p in s.prompts]
    return _Seen(
        frozenset(s.code.display for s in answer.suggestions),
        {s.code.display: s.reason.value for s in answer.suppressed},
        next((s.code.display for s in answer.suggestions if s.first_listed), None),
        _named(steps, answer.suppressed, answer.problems, prompts),
    )


def _of_codes(suggester: Suggester, case: Case) -> _Seen:
    note = _note(case)
    lexicon = suggester.desk(note.date_of_service).lexicon
    written = read_findings(lexicon, note)
    denied = frozenset(Code.parse(sign[:-1]).value for sign in case.expected if sign.endswith("?"))
    outcome = apply_rules(lexicon, written.reading, written.candidates, denied)
    standing = {c.code.value: c for c in outcome.candidates}
    setting = note.setting or Setting.OUTPATIENT
    tied = [1.0] * len(outcome.candidates)
    first = first_listed(lexicon.release, note.text, setting, outcome.candidates, tied)
    listed = Listed(note, setting, lexicon.release, standing, first.code.value if first else None)
    problems, prompts = review_list(listed)
    steps = [step for c in outcome.candidates for step in c.why]
    return _Seen(
        frozenset(c.code.display for c in outcome.candidates),
        {s.code.display: s.reason.value for s in outcome.suppressed},
        first.code.display if first else None,
        _named(
            ([first.step] if first else []) + steps,
            outcome.suppressed,
            problems,
            [p for found in prompts.values() for p in found],
        ),
    )


def _named(
    steps: Iterable[Step], left_out: Iterable[Suppressed], problems: Iterable[Problem], prompts: Iterable[Prompt]
) -> frozenset[str]:
    """Return the ids of the rules that an answer names."""
    return frozenset(
        (
            *(s.step for s in steps),
            *(s.rule for s in left_out),
            *(p.rule for p in problems),
            *(p.rule for p in prompts),
        )
    )


def _faults(case: Case, seen: _Seen) -> Iterator[str]:
    if case.fires and case.rule not in seen.rules:
        yield "does not fire"
    if not case.fires and case.rule in seen.rules:
        yield "fires"
    wanted = {sign for sign in case.expected if not any(mark in sign for mark in "-:=?")}
    if case.given is Given.CODES and seen.codes != wanted:
        yield f"leaves {' '.join(sorted(seen.codes)) or 'nothing'}"
    for sign in case.expected:
        if (fault := _fault(sign, seen)) is not None:
            yield fault


def _fault(sign: str, seen: _Seen) -> str | None:
    """Return what is wrong by one sign, or None."""
    if sign.endswith("?"):
        return None
    if sign.startswith("-"):
        return f"lists {sign[1:]}" if sign[1:] in seen.codes else None
    if sign.startswith("1="):
        return None if seen.first == sign[2:] else f"{seen.first or 'nothing'} stands first"
    if ":" in sign:
        code, reason = sign.split(":")
        return None if seen.left_out.get(code) == reason else f"does not leave {code} out as {reason}"
    return None if sign in seen.codes else f"does not list {sign}"
