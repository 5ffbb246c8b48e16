"""What holds for any list of findings and any note built from them, whatever the rules do."""

from itertools import combinations, permutations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codesets.types import NoteKind
from coding.cases.findings import read_findings
from coding.rules import RULES, apply_rules
from coding.suggest import Suggester
from coding.types import Answer
from nlp.types import Note, Setting
from tests.conftest import DAY
from tests.property.strategies import FINDINGS, findings_as_codes, paragraphs

bounded = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
ENGINE = {rule.id for rule in RULES}
SETTINGS = st.sampled_from(list(Setting))


def codes(answer: Answer) -> set[str]:
    return {s.code.value for s in answer.suggestions if s.code.system.value == "icd10cm"}


@bounded
@given(text=findings_as_codes, setting=SETTINGS)
def test_rules_on_their_own_result_change_nothing(real_suggester: Suggester, text: str, setting: Setting) -> None:
    lexicon = real_suggester.desk(DAY).lexicon
    written = read_findings(lexicon, Note(text, DAY, setting))
    once = apply_rules(lexicon, written.reading, written.candidates)
    again = apply_rules(lexicon, written.reading, once.candidates)
    assert [c.code for c in again.candidates] == [c.code for c in once.candidates]
    assert again.suppressed == []


@bounded
@given(text=findings_as_codes, setting=SETTINGS)
def test_what_rules_leave_out_gave_way_to_a_code_that_stands(
    real_suggester: Suggester, text: str, setting: Setting
) -> None:
    lexicon = real_suggester.desk(DAY).lexicon
    written = read_findings(lexicon, Note(text, DAY, setting))
    outcome = apply_rules(lexicon, written.reading, written.candidates)
    stand = {c.code.display for c in outcome.candidates}
    assert all(s.because in stand and s.reason and s.rule for s in outcome.suppressed)
    assert all(lexicon.release.is_billable(c.code.value) for c in outcome.candidates)


@bounded
@given(parts=paragraphs, setting=SETTINGS)
def test_a_list_is_billable_explained_and_warns_of_excludes1(
    real_suggester: Suggester, parts: list[str], setting: Setting
) -> None:
    answer = real_suggester.suggest(Note("\n\n".join(parts), DAY, setting))
    release = real_suggester.desk(DAY).lexicon.release
    listed = sorted(codes(answer))
    assert all(release.is_billable(value) for value in listed)
    assert all(s.reason and (s.cue is not None or s.because is not None) for s in answer.suppressed)
    warned = [set(p.codes) for p in answer.problems if p.rule == "excludes1"]
    shown = {s.code.value: s.code.display for s in answer.suggestions}
    for one, other in combinations(listed, 2):
        if any(
            n.kind is NoteKind.EXCLUDES1 and n.names(b) and not n.names(a)
            for a, b in ((one, other), (other, one))
            for n in release.notes(a)
        ):
            assert {shown[one], shown[other]} in warned


@bounded
@given(parts=paragraphs)
def test_the_order_of_paragraphs_does_not_change_the_codes(real_suggester: Suggester, parts: list[str]) -> None:
    answers = {
        frozenset(codes(real_suggester.suggest(Note("\n\n".join(order), DAY, Setting.OUTPATIENT))))
        for order in list(permutations(parts))[:4]
    }
    assert len(answers) == 1


@bounded
@given(found=st.lists(st.sampled_from(FINDINGS), min_size=2, max_size=4, unique=True), at=st.integers(0, 3))
def test_a_denial_adds_no_code_but_what_the_denied_one_had_displaced(
    real_suggester: Suggester, found: list[str], at: int
) -> None:
    """Without heart failure, hypertension and kidney disease are I12.9 where they were I13.0: a rule says so."""
    denied = found[at % len(found)]

    def note(cue: str) -> Answer:
        lines = (f"{cue if name == denied else ''}{name}." for name in found)
        return real_suggester.suggest(Note("Assessment:\n" + "\n".join(lines), DAY, Setting.OUTPATIENT))

    stated, without = note(""), note("No ")
    displaced = {s.code.value for s in stated.suppressed if s.because is not None}
    for added in (s for s in without.suggestions if s.code.value in codes(without) - codes(stated) - displaced):
        assert {step.step for step in added.why} & ENGINE
        assert denied not in {e.text.lower() for e in added.evidence}
