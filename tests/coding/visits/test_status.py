import pytest

from coding.visits.status import patient_status
from nlp.types import Patient, PatientStatus
from tests.coding.visits.conftest import NEW, Scans

UNKNOWN = Patient(50)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("New patient visit. Cough.", PatientStatus.NEW, id="new patient"),
        pytest.param("Est pt, here for cough.", PatientStatus.ESTABLISHED, id="est pt"),
        pytest.param("Follow-up of hypertension.", PatientStatus.ESTABLISHED, id="follow-up"),
        pytest.param("Returns for her knees.", PatientStatus.ESTABLISHED, id="returns"),
        pytest.param("Referred by PCP for palpitations.", PatientStatus.NEW, id="referred"),
        pytest.param("New patient, follow-up of an outside CT.", PatientStatus.NEW, id="new decides over follow-up"),
        pytest.param(
            "Reason for consultation: follow-up of tremor.", PatientStatus.NEW, id="a consultation asked for"
        ),
        pytest.param("Consultation from her dentist, back for results.", PatientStatus.NEW, id="asked over back"),
        pytest.param("Cough for two days.", None, id="nothing says it"),
    ],
)
def test_the_words_tell_the_status(scan: Scans, text: str, status: PatientStatus | None) -> None:
    assert patient_status(scan(text, UNKNOWN))[0] is status


def test_the_request_decides_over_the_words(scan: Scans) -> None:
    assert patient_status(scan("Follow-up of hypertension.", NEW)) == (PatientStatus.NEW, ())


def test_a_follow_up_that_is_planned_tells_nothing(scan: Scans) -> None:
    text = "Cough.\n" + "Long story of the cough. " * 60 + "\nPlan: follow-up in 2 weeks"
    assert patient_status(scan(text, UNKNOWN))[0] is None
