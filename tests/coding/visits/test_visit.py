from datetime import date

import pytest

from coding.visits import Basis, Complexity, Family, VisitResult
from nlp.types import Patient, Setting
from tests.coding.visits.conftest import NEW, Visits

IN, ED = Setting.INPATIENT, Setting.ED
TWO = "A/P:\n1. HTN at goal, continue lisinopril 20 mg daily.\n2. Gout quiet, continue allopurinol 300 mg daily."
CODES = {"I10": "HTN", "M1A.9XX0": "Gout"}
ONE = "A/P:\n1. HTN at goal, no change today, low salt diet as before, home log looks good, back in one year."


def codes_of(result: VisitResult) -> list[str]:
    return [s.code.value for s in result.suggestions]


def prompts_of(result: VisitResult) -> set[str]:
    return {p.rule for s in result.suggestions for p in s.prompts}


def test_two_stable_chronic_problems_on_drugs_are_moderate(visit: Visits) -> None:
    result = visit("Clinic follow-up.\n" + TWO, CODES)
    assert codes_of(result) == ["99214"]
    level = result.visit
    assert level is not None
    assert (level.family, level.basis, level.level) == (Family.OFFICE, Basis.MDM, Complexity.MODERATE)
    assert level.problems is not None
    assert level.risk is not None
    assert [e.text for e in level.problems.evidence] == ["HTN", "Gout"]
    assert {e.text for e in level.risk.evidence} == {"lisinopril", "allopurinol"}


def test_the_suggestion_carries_what_it_rests_on(visit: Visits) -> None:
    text = "Clinic follow-up.\n" + TWO
    line = visit(text, CODES).suggestions[0]
    assert line.units == 1
    assert line.diagnosis_pointers == ("I10", "M1A.9XX0")
    assert line.why[0].detail.startswith("problems moderate (2 stable chronic)")
    assert all(text[e.start : e.end] == e.text for e in line.evidence)
    assert 0 < line.score < 1


def test_one_stable_problem_without_drugs_is_no_moderate_visit(visit: Visits) -> None:
    result = visit("Clinic follow-up.\n" + ONE, {"I10": "HTN"})
    assert codes_of(result) == ["99213"]


def test_time_raises_the_level_and_is_its_evidence(visit: Visits) -> None:
    result = visit("Clinic follow-up.\n" + ONE + "\nTotal time today 42 minutes.", {"I10": "HTN"})
    assert codes_of(result) == ["99215"]
    assert result.visit is not None
    assert (result.visit.basis, result.visit.minutes) == (Basis.TIME, 42)
    assert result.suggestions[0].evidence[0].text == "42 minutes"


def test_time_far_beyond_the_highest_level_is_prolonged(visit: Visits) -> None:
    result = visit("Clinic follow-up.\n" + ONE + "\nTotal time today 75 minutes.", {"I10": "HTN"})
    assert [(s.code.value, s.units) for s in result.suggestions] == [("99215", 1), ("99417", 2)]


def test_a_stated_lower_level_is_taken_and_said(visit: Visits) -> None:
    result = visit("Clinic follow-up.\n" + TWO + "\nLow complexity.", CODES)
    assert codes_of(result) == ["99213"]
    assert "visit.ambiguous" in prompts_of(result)


def test_a_new_patient_has_codes_of_their_own(visit: Visits) -> None:
    assert codes_of(visit("Clinic.\n" + TWO, CODES, patient=NEW)) == ["99204"]


def test_an_unknown_status_is_asked_for_with_both_codes(visit: Visits) -> None:
    result = visit("Clinic.\n" + TWO, CODES, patient=Patient(50))
    assert codes_of(result) == ["99214"]
    assert "99204" in {a.code.value for a in result.suggestions[0].alternatives}
    assert "visit.status_unknown" in prompts_of(result)


def test_the_known_status_is_not_asked_for(visit: Visits) -> None:
    assert "visit.status_unknown" not in prompts_of(visit("Clinic.\n" + TWO, CODES))


@pytest.mark.parametrize(
    ("setting", "title", "code"),
    [
        pytest.param(ED, "ED provider note", "99284", id="emergency department"),
        pytest.param(IN, "Hospital progress note HD 2", "99232", id="subsequent day"),
        pytest.param(IN, "History and physical", "99222", id="first day"),
    ],
)
def test_the_same_table_levels_other_families(visit: Visits, setting: Setting, title: str, code: str) -> None:
    assert codes_of(visit(f"{title}\n{TWO}", CODES, setting)) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DISCHARGE SUMMARY\nHospital course: well.\nTime spent on discharge 42 minutes.", "99239"),
        ("DISCHARGE SUMMARY\nHospital course: well.\nDischarge day management 25 min.", "99238"),
        ("DISCHARGE SUMMARY\nHospital course: well.", "99238"),
    ],
)
def test_a_discharge_day_goes_by_its_minutes(visit: Visits, text: str, code: str) -> None:
    assert codes_of(visit(text, setting=IN)) == [code]


@pytest.mark.parametrize(
    ("minutes", "lines"),
    [(40, [("99291", 1)]), (80, [("99291", 1), ("99292", 1)]), (105, [("99291", 1), ("99292", 2)])],
)
def test_critical_care_goes_by_its_minutes(visit: Visits, minutes: int, lines: list[tuple[str, int]]) -> None:
    result = visit(f"ICU note\n{TWO}\nCritical care time {minutes} minutes.", CODES, IN)
    assert [(s.code.value, s.units) for s in result.suggestions] == lines


def test_critical_care_of_a_small_child_in_hospital_goes_by_the_day(visit: Visits) -> None:
    text = f"PICU admission H&P\n{TWO}\nCritical care time 52 minutes."
    assert codes_of(visit(text, CODES, IN, Patient(3))) == ["99475"]
    assert codes_of(visit(text, CODES, IN, Patient(7))) == ["99291"]


@pytest.mark.parametrize(("minutes", "code"), [(5, "99406"), (12, "99407")])
def test_stop_smoking_counselling_stands_beside_the_visit(visit: Visits, minutes: int, code: str) -> None:
    text = f"Clinic follow-up.\n{TWO}\n3. Smoker: cessation counseling {minutes} minutes."
    result = visit(text, CODES | {"F17.210": "Smoker"})
    assert codes_of(result)[1:] == [code]
    assert result.suggestions[1].diagnosis_pointers == ("F17.210",)


@pytest.mark.parametrize("words", ["cessation advised.", "cessation counseling 2 minutes."])
def test_advice_without_the_minutes_is_no_counselling_code(visit: Visits, words: str) -> None:
    assert codes_of(visit(f"Clinic follow-up.\n{TWO}\n3. Smoker: {words}", CODES)) == ["99214"]


def test_a_checkup_goes_by_age_and_asks_for_separate_work(visit: Visits) -> None:
    result = visit("ANNUAL EXAM\n" + TWO, CODES)
    assert codes_of(result) == ["99396"]
    assert "visit.separate_problem" in prompts_of(result)


def test_medicare_has_codes_of_its_own_for_wellness(visit: Visits) -> None:
    text = "Annual wellness visit\n" + TWO
    assert "visit.medicare_wellness" in prompts_of(visit(text, CODES))
    assert "visit.medicare_wellness" not in prompts_of(visit("ANNUAL EXAM\n" + TWO, CODES))


def test_a_checkup_of_a_disease_is_a_visit_by_its_level(visit: Visits) -> None:
    assert codes_of(visit("Blood pressure checkup, here for yearly follow-up\n" + TWO, CODES)) == ["99214"]


def test_a_problem_worked_up_separately_is_a_visit_of_its_own(visit: Visits) -> None:
    text = f"ANNUAL EXAM\n{TWO}\nThe gout was worked up separately from the checkup."
    assert codes_of(visit(text, CODES)) == ["99396", "99214"]


def test_a_checkup_without_an_age_says_what_is_missing(visit: Visits) -> None:
    result = visit("ANNUAL EXAM\n" + TWO, CODES, patient=Patient())
    assert (result.suggestions, [p.rule for p in result.problems]) == ((), ["visit.age"])


@pytest.mark.parametrize(
    ("words", "modifier"),
    [("Video visit.", ("95",)), ("Audio only visit.", ("93",)), ("In person.", ())],
)
def test_telehealth_is_a_modifier(visit: Visits, words: str, modifier: tuple[str, ...]) -> None:
    assert visit(f"Clinic follow-up. {words}\n{TWO}", CODES).suggestions[0].modifiers == modifier


def test_modifier_25_is_asked_for_never_set(visit: Visits) -> None:
    line = visit("Clinic follow-up.\n" + TWO, CODES, services=("20610",)).suggestions[0]
    assert line.modifiers == ()
    assert "visit.modifier_25" in {p.rule for p in line.prompts}


def test_a_visit_that_is_only_the_procedure_is_not_coded(visit: Visits) -> None:
    result = visit("Clinic follow-up.\n" + ONE, {"I10": "HTN"}, services=("20610",))
    assert (result.suggestions, [p.rule for p in result.problems]) == ((), ["visit.none"])


def test_a_consultation_names_the_code_of_payers_who_take_it(visit: Visits) -> None:
    result = visit("New patient cardiology consultation\n" + TWO, CODES, patient=NEW)
    assert codes_of(result) == ["99204"]
    assert "99244" in {a.code.value for a in result.suggestions[0].alternatives}


@pytest.mark.parametrize(
    ("setting", "day"), [(Setting.OUTPATIENT, date(2020, 12, 31)), (ED, date(2022, 6, 1)), (IN, date(2022, 6, 1))]
)
def test_days_before_the_reform_are_not_supported_and_say_so(visit: Visits, setting: Setting, day: date) -> None:
    result = visit("Progress note.\n" + TWO, CODES, setting, day=day)
    assert (result.suggestions, [p.rule for p in result.problems]) == ((), ["visit.unsupported_date"])


def test_a_visit_after_surgery_is_99024(visit: Visits) -> None:
    assert codes_of(visit("Post-op visit\nPOD 10.\n" + ONE, {"I10": "HTN"})) == ["99024"]


def test_transitional_care_needs_the_contact(visit: Visits) -> None:
    text = "Transitional care management visit, follow-up.\n" + TWO
    assert codes_of(visit(text, CODES)) == ["99214"]
    assert codes_of(visit(text + "\nCalled within 2 business days.", CODES)) == ["99495"]


@pytest.mark.parametrize(
    "text", [".", "a", "\n\n1", "min", "30 min", "A/P:", "total time minutes hours", "ED", "🙂" * 50]
)
@pytest.mark.parametrize("setting", list(Setting))
def test_odd_notes_are_answered(visit: Visits, text: str, setting: Setting) -> None:
    assert visit(text, setting=setting, patient=Patient()) == visit(text, setting=setting, patient=Patient())


MIND = (
    "Psychiatric evaluation\nIdentifying data: 40-year-old man.\nPast psychiatric history: none.\n"
    "Mental status examination: mood low.\nDiagnosis: Major depression.\nPlan: "
)


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        pytest.param("Start sertraline 50 mg daily.", "90792", id="a drug is started"),
        pytest.param("Weekly psychotherapy for three months.", "90791", id="talk alone"),
        pytest.param("Continue sertraline from her doctor. A. Moss, LCSW", "90791", id="a counsellor signs"),
    ],
)
def test_a_first_evaluation_of_a_mind_goes_by_medical_services(visit: Visits, plan: str, code: str) -> None:
    assert codes_of(visit(MIND + plan, patient=NEW)) == [code]
    assert codes_of(visit(MIND + plan, patient=NEW, services=("90792",))) == []


def test_total_time_is_not_the_part_that_went_to_counselling(visit: Visits) -> None:
    text = "Clinic follow-up.\n" + ONE + " Total visit time was 42 minutes, 15 minutes of which were face to face."
    result = visit(text, {"I10": "HTN"})
    assert (codes_of(result), result.visit and result.visit.minutes) == (["99215"], 42)


def test_a_drug_for_a_problem_without_a_name_makes_a_low_visit(visit: Visits) -> None:
    assert codes_of(visit("Clinic follow-up.\nPlan: Start betahistine 24 mg twice a day.")) == ["99213"]


def test_support_of_life_is_high_risk_in_hospital(visit: Visits) -> None:
    text = "ICU progress note\nA/P: Septic shock. Continue vasopressors and mechanical ventilation."
    assert codes_of(visit(text, {"R65.21": "Septic shock"}, IN)) == ["99233"]


def test_imaging_beside_a_visit_takes_nothing_from_it(visit: Visits) -> None:
    text = "New patient visit.\nExam: hand swollen.\nA/P: Hand sprain, splint and ice."
    codes = {"S63.91XA": "Hand sprain"}
    assert codes_of(visit(text, codes, patient=NEW, services=("73130",))) == ["99203"]


def test_a_note_that_decides_nothing_says_so(visit: Visits) -> None:
    result = visit("HPI: cough.\nPMH: asthma.\nMedications: none")
    assert [p.rule for p in result.problems] == ["visit.none"]
    assert visit("Assessment:", patient=Patient(50)).problems == ()
