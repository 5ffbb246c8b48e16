import pytest

from tests.coding.rules.conftest import Rules, stands, why_gone

CASES = [
    ("hpi: R07.9\nI21.4", "I21.4", "chest pain of infarction"),
    ("chief_complaint: R06.02\nI50.9", "I50.9", "dyspnea of heart failure"),
    ("hpi: R60.0\nI50.9", "I50.9", "edema of heart failure"),
    ("exam: R06.2\nJ45.901", "J45.901", "wheezing of asthma"),
    ("hpi: R05.9. R50.9\nJ18.9", "J18.9", "cough and fever of pneumonia"),
    ("hpi: R10.31. R11.2\nK35.80", "K35.80", "pain and vomiting of appendicitis"),
    ("hpi: R10.9\nlabs: D72.829\nK57.32", "K57.32", "pain and leukocytosis of diverticulitis"),
    ("hpi: R30.0. R35.0\nN39.0", "N39.0", "burning and frequency of urinary infection"),
    ("indication: R31.9\nN20.1", "N20.1", "hematuria of a stone"),
    ("chief_complaint: M25.522\nS42.412A", "S42.412A", "elbow pain of a fracture near it"),
    ("chief_complaint: M79.671\nS92.301A", "S92.301A", "foot pain of its fracture"),
    ("hpi: M54.50\nM51.26", "M51.26", "back pain of a disc"),
    ("hpi: R51.9\nG43.909", "G43.909", "headache of migraine"),
    ("hpi: R41.0\nG93.41", "G93.41", "confusion of encephalopathy"),
    ("hpi: R20.2\nG56.01", "G56.01", "tingling of carpal tunnel syndrome"),
    ("hpi: R53.83\nE03.9", "E03.9", "fatigue of hypothyroidism"),
    ("hpi: G47.00\nF33.1", "F33.1", "insomnia of depression"),
    ("hpi: R44.0\nF33.3", "F33.3", "voices of psychotic depression"),
    ("hpi: L29.9\nL20.9", "L20.9", "itch of dermatitis"),
    ("R09.02. J96.01", "J96.01", "hypoxemia of respiratory failure, both listed"),
    ("labs: R79.89\nI21.4", "I21.4", "troponin of infarction"),
    ("R03.0. I10", "I10", "a reading beside the diagnosis"),
    ("R73.03. E11.9", "E11.9", "prediabetes beside diabetes"),
    ("R53.83 due to G35", "G35", "the note itself says so"),
    ("M79.605. I83.812", "I83.812", "leg pain of painful veins"),
    ("R65.10. J18.9", "J18.9", "inflammatory response of an infection"),
    # must not fire
    ("M79.601. I83.812", "I83.812 M79.601", "arm pain beside veins of the leg"),
    ("R65.10. K85.90", "K85.90 R65.10", "inflammatory response without infection"),
    ("hpi: R07.9\nS52.501A", "R07.9 S52.501A", "chest pain is no part of a broken wrist"),
    ("R07.9\npmh: K21.9", "K21.9 R07.9", "the history list does not explain the complaint of today"),
    ("hpi: R05.9\nI10\npmh: J44.9", "I10 J44.9 R05.9", "nor where the assessment names something else"),
    ("hpi: R50.9\nJ18.9?", "J18.9 R50.9", "the note also negates the pneumonia"),
    ("R51.9. I10", "I10 R51.9", "a headache that the assessment lists beside hypertension"),
    ("R53.83. D50.9", "D50.9 R53.83", "fatigue that the assessment lists beside anemia"),
    ("R45.851. F33.2", "F33.2 R45.851", "suicidal thoughts are coded beside depression"),
    ("hpi: R07.9\nconsent: I21.4", "I21.4 R07.9", "a risk in a consent confirms nothing"),
    ("hpi: M25.561\nS52.501A", "M25.561 S52.501A", "knee pain is no part of a broken wrist"),
    ("R31.0. N40.0", "N40.0 R31.0", "hematuria is coded beside an enlarged prostate"),
    ("R47.01. I63.9", "I63.9 R47.01", "a deficit that the assessment lists beside the stroke"),
    ("R40.2410. S06.5X0A", "R40.2410 S06.5X0A", "the coma scale goes with the injury"),
    ("R29.705. I63.9", "I63.9 R29.705", "the stroke scale goes with the stroke"),
    ("R55", "R55", "a symptom alone is the code"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_integral_symptoms(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())


def test_the_symptom_shows_its_diagnosis(ruled: Rules) -> None:
    outcome = ruled("hpi: R07.9\nI21.4")
    assert why_gone(outcome) == {"R07.9": ("integral_symptom", "I21.4")}
    assert outcome.suppressed[0].guideline == "I.B.5"
    assert "R07.9" in outcome.candidates[0].why[-1].detail
