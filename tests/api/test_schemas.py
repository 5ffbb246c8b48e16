from datetime import date

import pytest

from api.json_input import Json
from api.schemas import NoteTooLarge, read_batch_line, read_request, to_note
from codesets.errors import BadRequest
from nlp.types import Note, Patient, PatientStatus, Setting, Sex

TODAY = date(2026, 11, 10)
SECRET = "Mrs Canary"


def test_the_least_request_is_today_without_setting() -> None:
    assert to_note(read_request({"text": "x\r\n"}), TODAY, 10) == Note("x\r\n", TODAY)


def test_every_field_arrives() -> None:
    request = read_request(
        {
            "text": "x",
            "date_of_service": "2026-09-15",
            "setting": "ed",
            "patient": {"age": 63, "sex": "F", "status": "new"},
            "id": 7,
        }
    )
    patient = Patient(63, Sex.FEMALE, PatientStatus.NEW)
    assert to_note(request, TODAY, 10) == Note("x", date(2026, 9, 15), Setting.ED, patient)
    assert request.id == 7


def test_null_is_absence() -> None:
    request = read_request({"text": "x", "date_of_service": None, "setting": None, "patient": None, "id": None})
    assert to_note(request, TODAY, 10) == Note("x", TODAY)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": 7}, "text: "),
        ({"text": None}, "text: "),
        ({}, "text: field required"),
        ({"text": "x", "date_of_service": SECRET}, "date_of_service: expected a date as YYYY-MM-DD"),
        ({"text": "x", "date_of_service": "2026-02-30"}, "date_of_service: no such day"),
        ({"text": "x", "date_of_service": "20260230"}, "date_of_service: expected a date"),
        ({"text": "x", "date_of_service": 20260101}, "date_of_service: "),
        ({"text": "x", "setting": SECRET}, "setting: expected 'outpatient', 'inpatient' or 'ed'"),
        ({"text": "x", "patient": {"age": "63"}}, "patient.age: "),
        ({"text": "x", "patient": {"age": 63.0}}, "patient.age: "),
        ({"text": "x", "patient": {"age": True}}, "patient.age: "),
        ({"text": "x", "patient": {"age": 131}}, "patient.age: must be less than or equal to 130"),
        ({"text": "x", "patient": {"age": -1}}, "patient.age: must be greater than or equal to 0"),
        ({"text": "x", "patient": {"sex": "f"}}, "patient.sex: expected 'F' or 'M'"),
        ({"text": "x", "patient": [SECRET]}, "patient: expected a JSON object"),
        ({"text": "x", "patient": {SECRET: 1}}, "patient: an unknown field; known are age, sex, status"),
        ({"text": "x", SECRET: SECRET}, "the request: an unknown field; known are text, date_of_service"),
        ({"text": "x", "id": ""}, "id: "),
        ({"text": "x", "id": 1.5}, "id: "),
        ([SECRET], "the request: expected a JSON object"),
        (SECRET, "the request: expected a JSON object"),
        (None, "the request: expected a JSON object"),
    ],
)
def test_a_wrong_field_is_named_without_its_value(fields: Json, words: str) -> None:
    with pytest.raises(BadRequest) as caught:
        read_request(fields)
    assert words in str(caught.value)
    assert "Canary" not in str(caught.value)


def test_a_batch_line_needs_an_id() -> None:
    with pytest.raises(BadRequest, match="id: field required"):
        read_batch_line({"text": "x"})


def test_size_counts_bytes_of_utf8() -> None:
    assert to_note(read_request({"text": "é" * 5}), TODAY, 10).text == "ééééé"
    with pytest.raises(NoteTooLarge, match="more than 10 bytes"):
        to_note(read_request({"text": "é" * 5 + "e"}), TODAY, 10)
