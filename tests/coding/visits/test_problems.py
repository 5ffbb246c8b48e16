from collections.abc import Mapping

import pytest

from coding.visits.problems import assess_problems, nature_of
from coding.visits.types import Complexity
from tests.coding.visits.conftest import Scans, diagnoses_of

LOW, MODERATE, HIGH = Complexity.LOW, Complexity.MODERATE, Complexity.HIGH
FILL = " Seen and examined, discussed at length with the patient, all questions answered and plan agreed upon today."


@pytest.mark.parametrize(
    ("plan", "codes", "level"),
    [
        pytest.param("Cold, fluids.", {"J00": "Cold"}, Complexity.STRAIGHTFORWARD, id="one self-limited"),
        pytest.param("Cold. Wart, leave.", {"J00": "Cold", "B07.9": "Wart"}, LOW, id="two self-limited"),
        pytest.param("Strep pharyngitis.", {"J02.0": "Strep pharyngitis"}, LOW, id="one acute"),
        pytest.param("HTN, at goal.", {"I10": "HTN"}, LOW, id="one stable chronic"),
        pytest.param("HTN at goal.\n2. Gout quiet.", {"I10": "HTN", "M1A.9XX0": "Gout"}, MODERATE, id="two stable"),
        pytest.param("HTN, uncontrolled.", {"I10": "HTN"}, MODERATE, id="one worse"),
        pytest.param("Worsening HTN.", {"I10": "HTN"}, MODERATE, id="worse stands before it"),
        pytest.param("Cold, worse. HTN.", {"I10": "HTN"}, LOW, id="another's worsening"),
        pytest.param("HTN: increase lisinopril to 40 mg.", {"I10": "HTN"}, MODERATE, id="a drug is raised"),
        pytest.param("Eczema flare.", {"L30.9": "Eczema"}, MODERATE, id="a flare of what may be acute or chronic"),
        pytest.param(
            "Headache: titrate topiramate to 100 mg.", {"R51.9": "Headache"}, MODERATE, id="a drug is adjusted"
        ),
        pytest.param(
            "Breast cancer, no evidence of disease.", {"Z85.3": "Breast cancer"}, LOW, id="a disease watched"
        ),
        pytest.param("HTN: no exacerbation.", {"I10": "HTN"}, LOW, id="a denied worsening"),
        pytest.param("Pneumonia.", {"J18.9": "Pneumonia"}, MODERATE, id="systemic symptoms"),
        pytest.param("Distal radius fracture.", {"S52.501A": "radius fracture"}, MODERATE, id="complicated injury"),
        pytest.param("Finger laceration.", {"S61.211A": "laceration"}, LOW, id="uncomplicated injury"),
        pytest.param("Hematuria, CT urogram ordered.", {"R31.0": "Hematuria"}, MODERATE, id="worked up"),
        pytest.param("Hematuria.", {"R31.0": "Hematuria"}, LOW, id="a symptom left alone"),
        pytest.param("COPD, severe exacerbation.", {"J44.9": "COPD"}, HIGH, id="severe exacerbation"),
        pytest.param("Sepsis.", {"A41.9": "Sepsis"}, HIGH, id="threat to life"),
        pytest.param("No problem.", {}, Complexity.STRAIGHTFORWARD, id="nothing"),
        pytest.param("Ex-smoker.", {"Z87.891": "Ex-smoker"}, Complexity.STRAIGHTFORWARD, id="a status"),
    ],
)
def test_level_of_the_problems(scan: Scans, plan: str, codes: Mapping[str, str], level: Complexity) -> None:
    found = scan(f"HPI: here today.\nA/P: {plan}{FILL}")
    element = assess_problems(found, diagnoses_of(found.reading, codes), is_acute_care=False)
    assert element.level is level
    assert element.words


def test_a_problem_only_in_the_history_is_not_addressed(scan: Scans) -> None:
    found = scan(f"PMH: gout, asthma.\nA/P: HTN at goal.{FILL}")
    codes = {"I10": "HTN", "M1A.9XX0": "gout", "J45.909": "asthma"}
    element = assess_problems(found, diagnoses_of(found.reading, codes), is_acute_care=False)
    assert (element.level, [e.text for e in element.evidence]) == (LOW, ["HTN"])


def test_a_symptom_in_the_emergency_department_is_of_uncertain_prognosis(scan: Scans) -> None:
    found = scan(f"A/P: Chest pain.{FILL}")
    element = assess_problems(found, diagnoses_of(found.reading, {"R07.9": "Chest pain"}), is_acute_care=True)
    assert element.level is MODERATE


def test_the_history_of_the_only_problem_tells_its_course(scan: Scans) -> None:
    codes = {"F41.1": "GAD"}
    worse = scan(f"HPI: anxiety has been worsening.\nA/P: GAD, therapy.{FILL}")
    assert assess_problems(worse, diagnoses_of(worse.reading, codes), is_acute_care=False).level is MODERATE
    two = scan(f"HPI: anxiety has been worsening.\nA/P: GAD, therapy. Cold.{FILL}")
    both = diagnoses_of(two.reading, codes | {"J00": "Cold"})
    assert assess_problems(two, both, is_acute_care=False).level is LOW


@pytest.mark.parametrize(
    ("code", "nature"),
    [("E119", "chronic"), ("E1165", "worse"), ("J1282", "systemic"), ("Z794", "none"), ("J9601", "threat")],
)
def test_the_longest_prefix_tells_the_nature(code: str, nature: str) -> None:
    assert nature_of(code) == nature
