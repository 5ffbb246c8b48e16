"""What is billed beside the diagnoses: procedures and the visit, and what is said where there is neither."""

from datetime import date
from pathlib import Path

import pytest

from codesets.procedures.parts import StarterBundles
from codesets.procedures.types import CptUse
from codesets.registry import CodeSets
from codesets.types import CodeSystem
from coding.suggest import Suggester
from nlp.types import Note, Setting
from tests.conftest import DAY, Suggests, diagnoses

VISIT = (
    "CHIEF COMPLAINT: Knee pain.\nASSESSMENT: Primary osteoarthritis, right knee.\nPLAN: Continue naproxen 500 mg."
)
INJECTED = VISIT + "\nPROCEDURE: Right knee injected with 40 mg Kenalog in the office today after consent."


def billed(suggest: Suggests, text: str) -> set[str]:
    answer = suggest(text, Setting.OUTPATIENT)
    return {s.code.value for s in answer.suggestions if s.code.system is not CodeSystem.ICD10CM}


def test_a_visit_is_levelled(suggest: Suggests) -> None:
    assert billed(suggest, VISIT) & {"99202", "99203", "99204", "99212", "99213", "99214"}


def test_what_was_done_is_billed_with_its_drug(suggest: Suggests) -> None:
    assert billed(suggest, INJECTED) >= {"20610", "J3301"}


def test_what_is_only_planned_is_not(suggest: Suggests) -> None:
    assert "20610" not in billed(suggest, VISIT + " Will inject the right knee next visit.")


def test_lines_point_to_suggested_diagnoses(suggest: Suggests) -> None:
    answer = suggest(INJECTED, Setting.OUTPATIENT)
    (line,) = [s for s in answer.suggestions if s.code.value == "20610"]
    assert line.diagnosis_pointers == ("M17.11",)
    assert set(line.diagnosis_pointers) <= set(diagnoses(answer))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "PREOPERATIVE DIAGNOSIS: Something.\nDESCRIPTION OF PROCEDURE: It was done.", True, id="a report"
        ),
        pytest.param("The weather was fine today.", False, id="small talk"),
    ],
)
def test_a_report_without_a_procedure_says_so(suggest: Suggests, text: str, said: bool) -> None:
    rules = {p.rule for p in suggest(text, Setting.OUTPATIENT).problems}
    assert ("procedure.none" in rules) is said


def test_without_cpt_only_level_two_is_billed(tmp_path: Path) -> None:
    suggester = Suggester(CodeSets.open(tmp_path, cpt=CptUse.OFF))
    answer = suggester.suggest(Note(INJECTED, DAY, Setting.OUTPATIENT))
    systems = {s.code.system for s in answer.suggestions}
    assert CodeSystem.CPT not in systems
    assert answer.versions["cpt"] == "none"
    assert answer.versions["hcpcs"] == "starter-2026"


def test_a_day_before_the_starter_sets_is_warned_of(suggest: Suggests) -> None:
    problems = suggest(INJECTED, Setting.OUTPATIENT, date(2025, 6, 1)).problems
    messages = [p.message for p in problems if p.rule == "codeset.out_of_date"]
    assert any(m.startswith("CPT release starter-2026 answers for 2025-06-01") for m in messages)


def test_pairs_are_those_of_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sets = CodeSets.open(tmp_path)
    asked: list[date] = []

    def pairs(_sets: CodeSets, day: date) -> StarterBundles:
        asked.append(day)
        return StarterBundles(())

    monkeypatch.setattr(CodeSets, "bundles", pairs)
    suggester = Suggester(sets)
    days = [DAY, date(2026, 10, 1)]
    for day in days:
        suggester.suggest(Note(INJECTED, day, Setting.OUTPATIENT))
    assert asked == days
