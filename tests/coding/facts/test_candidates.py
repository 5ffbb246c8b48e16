import pytest

from nlp.types import Patient, Setting
from tests.conftest import Suggests

FIRES = [
    pytest.param("A/P: Atrial fibrillation, on apixaban.", "Z79.01", id="an anticoagulant"),
    pytest.param("A/P: Type 2 diabetes, continue metformin.", "Z79.84", id="an oral drug beside diabetes"),
    pytest.param("A/P: Type 2 diabetes on glargine 20 units.", "Z79.4", id="insulin beside diabetes"),
    pytest.param("Meds: aspirin 81 mg daily\nA/P: Hypertension.", "Z79.82", id="aspirin in the list"),
    pytest.param("A/P: Acne. Continue isotretinoin month 3.", "Z79.899", id="a drug that is always monitored"),
    pytest.param("Allergies: penicillin (hives)\nA/P: Hypertension.", "Z88.0", id="an allergy"),
    pytest.param("A/P: Hypertension. IV contrast allergy.", "Z91.041", id="contrast"),
    pytest.param("A/P: Hypokalemia from the loop diuretic.", "T50.1X5A", id="an adverse effect"),
    pytest.param("A/P: Thiazide-induced hyponatremia.", "T50.2X5A", id="induced"),
    pytest.param("A/P: Bradycardia secondary to high doses of diltiazem.", "T46.1X5A", id="too much of it"),
    pytest.param("A/P: Bradycardia secondary to Prozac.", "R00.1", id="the finding stays beside its cause"),
    pytest.param("A/P: Anaphylaxis due to amoxicillin.", "T88.6XXA", id="anaphylaxis due to a drug"),
    pytest.param("A/P: Seizure due to missed levetiracetam.", "T42.6X6A", id="underdosing"),
    pytest.param("A/P: Seizure due to missed levetiracetam.", "Z91.138", id="the reason of underdosing"),
    pytest.param("Exam: BMI 37.2\nA/P: Class 2 obesity.", "Z68.37", id="body mass beside obesity"),
    pytest.param("HPI: G2P1 at 32w2d\nA/P: Gestational diabetes, diet controlled.", "Z3A.32", id="weeks"),
    pytest.param("Social: current smoker, 1 ppd\nA/P: COPD.", "F17.210", id="cigarettes"),
    pytest.param("Social: vapes daily\nA/P: Nicotine dependence.", "F17.290", id="the product is named elsewhere"),
    pytest.param("Social: quit smoking 2010\nA/P: COPD.", "Z87.891", id="quit"),
    pytest.param("Social: mom smokes indoors\nA/P: Asthma.", "Z77.22", id="others' smoke"),
    pytest.param("A/P: Laceration of left hand. Tdap given today.", "Z23", id="a vaccine"),
    pytest.param("A/P: Anemia. Flu shot: mom declines.", "Z28.82", id="a vaccine refused"),
    pytest.param("Meds: Avandamet 4/1000 daily\nA/P: Type 2 diabetes.", "Z79.84", id="a combination brand"),
    pytest.param("A/P: Recurrent UTI. On Macrodantin prophylaxis.", "Z79.2", id="an antibiotic that prevents"),
    pytest.param(
        "HPI: T2DM on metformin and semaglutide, quit smoking 2013.", "Z79.85", id="the next clause is past"
    ),
    pytest.param("A/P: Chronic pain. Taking methadone three times a day.", "Z79.891", id="an enduring use"),
    pytest.param("A/P: Contraception. Started on Micronor.", "Z30.011", id="a contraceptive is prescribed"),
    pytest.param("PSH: TAH/BSO 1998\nA/P: Cystocele.", "Z90.722", id="both of two operations"),
    pytest.param("A/P: CAD with CABG 2014.", "Z95.1", id="a dated operation"),
    pytest.param("PMH: right TKA, left THA\nA/P: Hypertension.", "Z96.651", id="the side of the one"),
    pytest.param("PMH: right TKA, left THA\nA/P: Hypertension.", "Z96.642", id="the side of the other"),
    pytest.param("HPI: Fell at the skate park.\nA/P: Left wrist fracture.", "Y92.830", id="the place of an injury"),
]
SILENT = [
    pytest.param("Meds: Claritin for allergic rhinitis", "Z88.8", id="what it treats is no allergy to it"),
    pytest.param("Social: He is a non-cigarette smoker.", "F17.210", id="he smokes no cigarettes"),
    pytest.param("A/P: Rhabdomyolysis, most likely secondary to simvastatin.", "T46.6X5A", id="a doubted cause"),
    pytest.param("A/P: Polycystic ovary syndrome, continue metformin.", "Z79.84", id="no diabetes"),
    pytest.param("A/P: Atrial fibrillation. Stop apixaban.", "Z79.01", id="stopped"),
    pytest.param("A/P: Atrial fibrillation. Consider apixaban.", "Z79.01", id="considered"),
    pytest.param("Family: mother on warfarin\nA/P: Hypertension.", "Z79.01", id="a relative's"),
    pytest.param("A/P: Asthma. Prednisone 40 mg x 5 days.", "Z79.52", id="a burst"),
    pytest.param(
        "PROCEDURE: Methylprednisolone 40 mg was injected into the joint.", "Z79.52", id="given in a procedure"
    ),
    pytest.param("A/P: Pneumonia. Start amoxicillin.", "Z79.2", id="a short antibiotic"),
    pytest.param("Plan: Lovenox 40 mg daily.", "Z79.01", id="an injection of the stay"),
    pytest.param("A/P: Opioid dependence, takes methadone daily.", "Z79.891", id="treatment of dependence"),
    pytest.param("Meds: Prednisone 40 mg daily x3 days, then discontinue.", "Z79.52", id="a taper with an end"),
    pytest.param("Procedure: Left total knee arthroplasty.", "Z96.652", id="done now"),
    pytest.param("Procedure: Insertion of a permanent pacemaker.", "Z95.0", id="put in now"),
    pytest.param(
        "Procedure: Insertion of a permanent pacemaker.\nImpression: Pacemaker in good position.",
        "Z95.0",
        id="concluded",
    ),
    pytest.param("Plan: recommend hysterectomy.", "Z90.710", id="an operation to come"),
    pytest.param(
        "Family: mother had a mastectomy in 2010\nA/P: Hypertension.", "Z90.10", id="a relative's operation"
    ),
    pytest.param("HPI: Met at the skate park.\nA/P: Hypertension.", "Y92.830", id="a place without an injury"),
    pytest.param("A/P: Epilepsy, on levetiracetam.", "Z79.899", id="nobody speaks of monitoring"),
    pytest.param("Allergies: NKDA\nA/P: Hypertension.", "Z88.9", id="none known"),
    pytest.param("Denies penicillin allergy.\nA/P: Hypertension.", "Z88.0", id="a denied allergy"),
    pytest.param("A/P: Hypokalemia. Continue furosemide.", "T50.1X5A", id="no cause is named"),
    pytest.param("A/P: Diabetes. Weekly semaglutide, skipped 2 doses.", "T38.3X6A", id="no finding is due to it"),
    pytest.param("Exam: BMI 37.2\nA/P: Hypertension.", "Z68.37", id="no weight diagnosis"),
    pytest.param("Follow up in 6 weeks.\nA/P: Hypertension.", "Z3A.01", id="not pregnant"),
    pytest.param("Social: never smoker\nA/P: COPD.", "F17.200", id="never"),
    pytest.param("Social: current smoker\nA/P: COPD.", "Z87.891", id="still smokes"),
    pytest.param("Imm: flu shot last year\nA/P: Hypertension.", "Z23", id="an earlier vaccine"),
]


@pytest.mark.parametrize(("text", "code"), FIRES)
def test_a_fact_is_coded(suggest_all: Suggests, text: str, code: str) -> None:
    assert code in {s.code.display for s in suggest_all(text).suggestions}


@pytest.mark.parametrize(("text", "code"), SILENT)
def test_a_fact_is_not_coded(suggest_all: Suggests, text: str, code: str) -> None:
    assert code not in {s.code.display for s in suggest_all(text).suggestions}


def test_a_fact_says_why_and_shows_its_words(suggest_all: Suggests) -> None:
    text = "A/P: Hypokalemia from the loop diuretic."
    found = next(s for s in suggest_all(text).suggestions if s.code.display == "T50.1X5A")
    assert [e.text for e in found.evidence] == ["loop diuretic"]
    assert text[found.evidence[0].start : found.evidence[0].end] == "loop diuretic"
    assert found.evidence[0].section == "assessment_plan"
    assert [(w.step, w.detail) for w in found.why][:1] == [
        ("fact.adverse_effect", "a finding is said to be due to loop diuretic")
    ]


def test_a_child_has_a_percentile(suggest_all: Suggests) -> None:
    text = "Exam: BMI 24, 97th percentile\nA/P: Obesity."
    codes = {s.code.display for s in suggest_all(text, patient=Patient(9)).suggestions}
    assert "Z68.54" in codes
    assert "Z68.24" not in codes


def test_after_a_stay_a_probable_cause_counts(suggest_all: Suggests) -> None:
    answer = suggest_all("A/P: Rhabdomyolysis, most likely secondary to simvastatin.", setting=Setting.INPATIENT)
    assert {"M62.82", "T46.6X5A"} <= {s.code.display for s in answer.suggestions}
