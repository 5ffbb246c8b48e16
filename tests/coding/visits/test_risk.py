import pytest

from coding.visits.risk import assess_risk
from coding.visits.types import Complexity
from tests.coding.visits.conftest import Scans

NONE, LOW, MODERATE, HIGH = Complexity
FILL = (
    " Seen and examined, discussed at length with the patient, all questions answered and agreed upon, back in May."
)


@pytest.mark.parametrize(
    ("plan", "level"),
    [
        pytest.param("Reassured.", NONE, id="nothing"),
        pytest.param("Acetaminophen as needed.", LOW, id="over the counter"),
        pytest.param("Physical therapy referral.", LOW, id="therapy"),
        pytest.param("Continue lisinopril 20.", MODERATE, id="a drug goes on"),
        pytest.param("Start amoxicillin 500 bid x10d.", MODERATE, id="a drug is started"),
        pytest.param("Stop glipizide for good.", MODERATE, id="a drug is stopped"),
        pytest.param("Azelix 20 mg nightly.", MODERATE, id="an unknown name with a dose"),
        pytest.param("Refills sent.", MODERATE, id="refills"),
        pytest.param("No antibiotics.", NONE, id="no drug"),
        pytest.param("If worse we could start prednisone.", NONE, id="a drug that may come"),
        pytest.param("Flu vaccine given.", NONE, id="a vaccine"),
        pytest.param("Lidocaine 1% injected.", LOW, id="a local anesthetic is part of a procedure"),
        pytest.param("Start apixaban, warned of bleeding if he falls.", MODERATE, id="a warning after a drug"),
        pytest.param("Prescription for physical therapy of the neck.", LOW, id="a prescription for therapy"),
        pytest.param("Order MRI of the knee.", LOW, id="a study is ordered"),
        pytest.param("He wishes to proceed with knee arthroplasty.", MODERATE, id="proceeds with an operation"),
        pytest.param("Proceed with the same plan.", NONE, id="proceeds with no operation"),
        pytest.param("Antibiotic ointment to the nose.", LOW, id="an ointment"),
        pytest.param("Surgery scheduled for May.", MODERATE, id="elective surgery"),
        pytest.param("Cannot afford insulin pens.", MODERATE, id="social determinants"),
        pytest.param("Admit to medicine.", HIGH, id="hospitalization"),
        pytest.param("Admission offered and discussed.", HIGH, id="admission was offered"),
        pytest.param("No need for admission.", NONE, id="no admission"),
        pytest.param("Methotrexate, drug monitoring for toxicity, CBC monthly.", HIGH, id="toxicity"),
        pytest.param("DNR, comfort care.", HIGH, id="not to resuscitate"),
    ],
)
def test_level_of_the_risk(scan: Scans, plan: str, level: Complexity) -> None:
    found = scan(f"HPI: here.\nA/P: {plan}{FILL}")
    element = assess_risk(found, (), is_acute_care=False, is_inpatient=False)
    assert element.level is level
    assert level is NONE or element.evidence


def test_drugs_of_the_list_alone_are_not_managed(scan: Scans) -> None:
    found = scan(f"Medications: lisinopril 20 mg daily, metformin 1000 mg bid.\nA/P: Reassured.{FILL}")
    assert assess_risk(found, (), is_acute_care=False, is_inpatient=False).level is NONE


def test_a_procedure_that_is_billed_carries_a_low_risk(scan: Scans) -> None:
    found = scan(f"A/P: Reassured.{FILL}")
    assert assess_risk(found, ("12002",), is_acute_care=True, is_inpatient=False).level is LOW
    assert assess_risk(found, ("93010",), is_acute_care=True, is_inpatient=False).level is NONE
