import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from codesets.errors import BadNote
from codesets.icd10cm.release import IcdRelease
from codesets.procedures.types import CptUse
from codesets.registry import CodeSets
from codesets.types import CodeSystem
from coding.ranking.plain import PlainRanker
from coding.suggest import Suggester
from coding.types import Answer, Reason, Severity
from nlp.types import Note, Patient, Setting, Sex
from tests.conftest import DAY, EXAMPLES, Suggests, diagnoses

NAMES = sorted(p.stem for p in EXAMPLES.glob("notes/*.txt"))
FY2027 = date(2026, 11, 10)


def text_of(name: str) -> str:
    return (EXAMPLES / "notes" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=NAMES)
def example(request: pytest.FixtureRequest, suggest: Suggests) -> tuple[str, Answer]:
    key = json.loads((EXAMPLES / "keys" / f"{request.param}.json").read_text(encoding="utf-8"))
    patient = Patient(key["age"], Sex(key["sex"]))
    return text_of(request.param), suggest(text_of(request.param), Setting(key["setting"]), patient=patient)


def test_an_example_gets_an_answer(example: tuple[str, Answer]) -> None:
    answer = example[1]
    assert answer.suggestions
    assert answer.suppressed
    assert {p.rule.partition(".")[0] for p in answer.problems} <= {"drug", "excludes1", "lab", "visit", "procedure"}


def test_offsets_equal_the_text(example: tuple[str, Answer]) -> None:
    text, answer = example
    spans = [e for s in answer.suggestions for e in s.evidence]
    spans += [s.evidence for s in answer.suppressed]
    assert all(text[e.start : e.end] == e.text and e.text.strip() for e in spans)
    cues = [s.cue for s in answer.suppressed if s.cue]
    assert all(text[c.start : c.end] == c.text and c.text.strip() for c in cues)


def test_every_code_is_billable_and_has_its_official_title(example: tuple[str, Answer], embedded: IcdRelease) -> None:
    codes = [x for x in (*example[1].suggestions, *example[1].suppressed) if x.code.system is CodeSystem.ICD10CM]
    assert codes
    for found in codes:
        assert embedded.is_billable(found.code.value)
        assert found.display == embedded.title(found.code.value)
    for suggestion in example[1].suggestions:
        if suggestion.code.system is CodeSystem.ICD10CM:
            assert all(embedded.is_billable(a.code.value) for a in suggestion.alternatives)


def test_suppressed_and_suggested_share_no_code(example: tuple[str, Answer]) -> None:
    suggested = {s.code for s in example[1].suggestions}
    assert not suggested & {s.code for s in example[1].suppressed}
    assert len(suggested) == len(example[1].suggestions)


def test_everything_suppressed_says_why(example: tuple[str, Answer]) -> None:
    for found in example[1].suppressed:
        assert (found.cue is None) != (found.because is None)
        assert found.rule


def test_exactly_one_code_is_first_and_never_an_external_cause(example: tuple[str, Answer]) -> None:
    first = [s for s in example[1].suggestions if s.first_listed]
    assert len(first) == 1
    assert first[0].code.value[0] not in "VWXY"


def test_ranks_run_by_score_and_ties_by_code(example: tuple[str, Answer]) -> None:
    found = example[1].suggestions
    assert [s.rank for s in found] == list(range(1, len(found) + 1))
    assert [(-s.score, s.code.value) for s in found] == sorted((-s.score, s.code.value) for s in found)
    assert all(s.score == round(s.score, 4) and 0 <= s.score <= 1 for s in found)


def test_only_service_lines_have_modifiers_units_or_pointers(example: tuple[str, Answer]) -> None:
    listed = diagnoses(example[1])
    for found in example[1].suggestions:
        if found.code.system is CodeSystem.ICD10CM:
            assert (found.modifiers, found.units, found.diagnosis_pointers) == ((), None, ())
        else:
            assert found.units is not None
            assert found.units >= 1
            assert set(found.diagnosis_pointers) <= set(listed)
            assert not found.first_listed


def test_two_runs_and_two_suggesters_give_equal_answers(
    suggest: Suggests, real_suggester: Suggester, tmp_path: Path
) -> None:
    fresh = Suggester(CodeSets.open(tmp_path))
    for name in NAMES:
        first = suggest(text_of(name))
        assert asdict(first) == asdict(suggest(text_of(name))) == asdict(fresh.suggest(Note(text_of(name), DAY)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The weather was fine today.", id="small talk"),
        pytest.param("!!!", id="punctuation"),
        pytest.param("Assessment:", id="a heading"),
        pytest.param("患者は元気です", id="another script"),
        pytest.param("12 34 56.7", id="numbers"),
    ],
)
def test_nothing_codable_is_a_success_with_empty_lists(suggest: Suggests, text: str) -> None:
    answer = suggest(text, Setting.OUTPATIENT)
    assert (answer.suggestions, answer.suppressed, answer.problems) == ((), (), ())


def test_an_empty_note_is_bad_input(suggest: Suggests) -> None:
    with pytest.raises(BadNote):
        suggest(" \n")


@pytest.mark.parametrize(
    ("setting", "kept"),
    [
        pytest.param(Setting.INPATIENT, {"J18.9"}, id="inpatient: pneumonia counts, HIV, COVID and flu do not"),
        pytest.param(Setting.OUTPATIENT, set(), id="outpatient: none"),
        pytest.param(Setting.ED, set(), id="ED: none"),
    ],
)
def test_uncertain_at_discharge(suggest_all: Suggests, setting: Setting, kept: set[str]) -> None:
    text = (
        "DISCHARGE DIAGNOSES\n1. Probable pneumonia\n2. Suspected COVID-19\n3. Probable influenza A\n"
        "4. Possible HIV disease\n"
    )
    answer = suggest_all(text, setting)
    assert set(diagnoses(answer)) == kept
    assert {s.reason for s in answer.suppressed} == {Reason.UNCERTAIN}
    assert {"U07.1", "B20"} <= {s.code.display for s in answer.suppressed}


def test_what_an_inpatient_note_rules_out_is_not_coded_as_possible(suggest_all: Suggests) -> None:
    text = "HOSPITAL COURSE: Possible pneumonia on the first film. CT clear, pneumonia was ruled out."
    answer = suggest_all(text, Setting.INPATIENT)
    assert diagnoses(answer) == []
    assert "J18.9" in {s.code.display for s in answer.suppressed}


def test_a_retired_code_is_shown_with_its_successors(suggest_all: Suggests) -> None:
    before = suggest_all("Assessment: plantar fasciitis", Setting.OUTPATIENT)
    assert "M72.2" in {s.code.display for s in before.suggestions}
    after = suggest_all("Assessment: plantar fasciitis", Setting.OUTPATIENT, FY2027)
    assert "M72.2" not in {s.code.display for s in after.suggestions}
    (found,) = [s for s in after.suppressed if s.code.display == "M72.2"]
    assert found.reason is Reason.RETIRED_CODE
    (problem,) = [p for p in after.problems if p.rule == "codeset.retired_code"]
    assert problem.codes == ("M72.2",)
    assert all(code in problem.message for code in ("M72.20", "M72.21", "M72.22"))
    assert found.because is not None
    assert found.because in problem.message


@pytest.mark.parametrize(
    ("day", "warned"),
    [
        pytest.param(date(2026, 4, 1), False, id="first day of the release"),
        pytest.param(date(2026, 9, 30), False, id="last day"),
        pytest.param(date(2026, 10, 1), True, id="the day after"),
        pytest.param(date(2025, 1, 1), True, id="before it"),
    ],
)
def test_a_release_that_is_not_in_force_says_so(suggest: Suggests, day: date, warned: bool) -> None:
    problems = suggest("asthma", Setting.OUTPATIENT, day).problems
    found = [p for p in problems if p.rule == "codeset.out_of_date"]
    assert bool(found) is warned
    assert all(p.codes == () and p.severity is Severity.WARNING for p in found)


def test_an_assumed_setting_is_said(suggest: Suggests) -> None:
    answer = suggest("asthma")
    assert answer.setting is Setting.OUTPATIENT
    assert [(p.rule, p.codes) for p in answer.problems] == [("setting.assumed", ())]


def test_versions_and_hash(suggest: Suggests) -> None:
    answer = suggest("asthma")
    assert answer.versions["icd10cm"] == "2026-04-01"
    assert set(answer.versions) == {"chartcoder", "ranker", "rules", "icd10cm", "cpt", "hcpcs"}
    assert answer.note_sha256 == "695b2ea90ecaa863bc5e54974543734eb65eb8aac29bbf14871df3b13cec21fc"


def test_search_in_every_system(real_suggester: Suggester) -> None:
    assert real_suggester.search("asthma", 5, day=DAY)
    assert real_suggester.search("carpal tunnel release", 5, CodeSystem.CPT, DAY)[0].code in ("64721", "29848")
    assert real_suggester.search("toradol", 5, CodeSystem.HCPCS, DAY)[0].code == "J1885"


def test_search_of_a_system_without_a_set_is_empty(tmp_path: Path) -> None:
    without = Suggester(CodeSets.open(tmp_path, cpt=CptUse.OFF), PlainRanker())
    assert without.search("office visit", 5, CodeSystem.CPT, DAY) == []


def test_a_higher_threshold_lists_fewer_codes(real_suggester: Suggester) -> None:
    note = Note("A/P: HTN, T2DM.", DAY)
    assert real_suggester.suggest(note).suggestions
    assert not Suggester(real_suggester.code_sets, threshold=1.0).suggest(note).suggestions
