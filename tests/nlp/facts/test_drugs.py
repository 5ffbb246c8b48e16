import pytest

from tests.conftest import Reads

ROLES = [
    pytest.param("Meds: apixaban 5 mg bid", "apixaban", "current", id="a medication list"),
    pytest.param("A/P: continue metformin", "metformin", "current", id="continued"),
    pytest.param("HPI: on Eliquis and metformin", "metformin", "current", id="one cue for two drugs"),
    pytest.param("Plan: stop lisinopril, continue metoprolol 25 bid.", "lisinopril", "stopped", id="stopped"),
    pytest.param(
        "Plan: stop lisinopril, continue metoprolol 25 bid.", "metoprolol", "current", id="not the next one"
    ),
    pytest.param("Allergies: penicillin (hives), sulfa", "sulfonamide", "allergy", id="a list of allergies"),
    pytest.param("She is allergic to codeine.", "codeine", "allergy", id="allergic to"),
    pytest.param(
        "Vancomycin 1 g IV (he is allergic to penicillin).", "vancomycin", "named", id="allergic to another"
    ),
    pytest.param("Allergies: penicillin. Tolerated cefepime.", "cefepime", "side_effect", id="tolerated"),
    pytest.param("Allergies: codeine - nausea, an intolerance", "codeine", "side_effect", id="an intolerance"),
    pytest.param("Hypokalemia from the loop diuretic", "loop diuretic", "cause", id="from"),
    pytest.param("Thiazide-induced hyponatremia", "thiazide", "cause", id="induced"),
    pytest.param("Retention from BPH treated with tamsulosin", "tamsulosin", "current", id="the cause is another"),
    pytest.param("Seizure due to missed levetiracetam", "levetiracetam", "underdosed", id="missed"),
    pytest.param("She was given ceftriaxone 1 g IV", "ceftriaxone", "once", id="given once"),
    pytest.param("Prednisone 40 mg x 5 days", "prednisone", "short", id="a burst"),
    pytest.param("Iron deficiency anemia", "iron", "other", id="no drug"),
    pytest.param("Opioid use disorder", "opioid", "other", id="a disorder"),
    pytest.param("Consider starting apixaban", "apixaban", "not_taken", id="considered"),
    pytest.param("Flu shot: mom declines", "influenza vaccine", "refused", id="refused"),
]


@pytest.mark.parametrize(("text", "name", "role"), ROLES)
def test_the_role_of_a_drug(read: Reads, text: str, name: str, role: str) -> None:
    reading = read(text)
    assert [f.value for f in reading.facts if f.name == name] == [role]


def test_offsets_are_those_of_the_note(read: Reads) -> None:
    text = "HPI: takes  Lantus\r\nAllergies: PCN"
    spans = [text[f.start : f.end] for f in read(text).facts]
    assert spans == ["Lantus", "PCN"]
