import pytest

from coding.visits.data import assess_data
from coding.visits.types import Complexity
from nlp.types import Patient
from tests.coding.visits.conftest import ESTABLISHED, Scans

NONE, LOW, MODERATE, HIGH = Complexity
CHILD = Patient(4)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        pytest.param("Labs: none.", NONE, id="nothing"),
        pytest.param("Labs: TSH 1.9.", NONE, id="one test"),
        pytest.param("Labs: TSH 1.9, A1c 6.8.", LOW, id="two tests"),
        pytest.param("Labs: Na 139, K 4.1, Cr 0.9.", NONE, id="a panel is one test"),
        pytest.param("Labs: TSH 1.9, TSH was 2.2. Plan: repeat TSH.", NONE, id="the same test counts once"),
        pytest.param("Labs: TSH 1.9, A1c 6.8, ferritin 20.", MODERATE, id="three tests"),
        pytest.param("Exam: Lungs CTA b/l.\nLabs: TSH 1.9.", NONE, id="clear to auscultation is no CT angiography"),
        pytest.param("Imaging: CTA head normal.\nLabs: TSH 1.9.", LOW, id="CT angiography is a test"),
        pytest.param("PMH: MRI brain, EEG and TSH normal in 2011.", NONE, id="tests of the past"),
        pytest.param("HPI: history obtained from daughter.", LOW, id="an independent historian"),
        pytest.param("Imaging: CT chest, images reviewed by me.", MODERATE, id="independent interpretation"),
        pytest.param("Plan: discussed with cardiology.", MODERATE, id="discussion"),
        pytest.param("Plan: discussed with patient and family.", NONE, id="a talk with the family"),
        pytest.param("Imaging: CT chest, read by me.\nPlan: d/w pulmonology.", HIGH, id="two categories"),
        pytest.param("Exam: rapid strep, flu and covid negative, all run here.", NONE, id="run in the office"),
        pytest.param("Imaging: ECG in office today, read by me.", NONE, id="a tracing that is billed"),
        pytest.param("Plan: flu shot and covid vaccine given.", NONE, id="vaccines are no tests"),
        pytest.param("HPI: outside records reviewed.\nLabs: TSH 1.9.", LOW, id="a document and a test"),
    ],
)
def test_level_of_the_data(scan: Scans, text: str, level: Complexity) -> None:
    assert assess_data(scan(text), (), is_acute_care=False).level is level


def test_a_parent_tells_a_small_child_s_history(scan: Scans) -> None:
    text = "HPI: mom noticed a rash."
    assert assess_data(scan(text, CHILD), (), is_acute_care=False).level is LOW
    assert assess_data(scan(text, ESTABLISHED), (), is_acute_care=False).level is NONE


def test_an_image_whose_reading_is_billed_does_not_count(scan: Scans) -> None:
    text = "Imaging: XR elbow, my read: no fracture."
    assert assess_data(scan(text), (), is_acute_care=True).level is MODERATE
    assert assess_data(scan(text), ("73070",), is_acute_care=True).level is NONE


def test_what_counts_is_shown_in_words_and_evidence(scan: Scans) -> None:
    element = assess_data(scan("Labs: TSH 1.9, A1c 6.8, ferritin 20."), (), is_acute_care=False)
    assert element.words == "3 tests"
    assert [e.text for e in element.evidence] == ["TSH", "A1c", "ferritin"]
