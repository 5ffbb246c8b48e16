"""What edits must let pass: variants of clean claims that look like faults and are none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from claims.edits import Desk
from claims.edits.identifiers import npi_is_sound
from claims.model import (
    Ambulance,
    Diagnosis,
    Drug,
    ExternalCause,
    Occurrence,
    Provider,
    ServiceLine,
    ValueAmount,
)
from claims.scrub import scrub_claims
from tests.claims.clean import CLEAN, CLINIC, DAY, HERE, OTHER_DOCTOR, PROFESSIONAL, changed
from tests.claims.strategies import with_check_digit

LINE = PROFESSIONAL.lines[0]
FACILITY = Provider(replace(CLINIC.name, last="ELM CENTER"), with_check_digit("111111111"), address=HERE)


def _line(code: str, *modifiers: str) -> ServiceLine:
    return replace(LINE, code=code, modifiers=modifiers, diagnosis_pointers=(1,))


SOUND: list[tuple[str, str, dict[str, Any]]] = [
    ("a corrected claim names the original", "professional", {"frequency": "7", "original_reference": "ICN1"}),
    ("a void too", "professional", {"frequency": "8", "original_reference": "ICN1"}),
    (
        "a Medicare number",
        "professional",
        {"coverage.filing_code": "MB", "coverage.subscriber.member_id": "1EG4TE5MK73"},
    ),
    (
        "Medicare as second payer with its reason",
        "secondary",
        {
            "coverage.filing_code": "MB",
            "coverage.subscriber.member_id": "1EG4TE5MK73",
            "coverage.insurance_type": "12",
        },
    ),
    ("a pair told apart by 59", "professional", {"lines": (_line("29881"), _line("29870", "59"))}),
    ("a repeated service with 76", "professional", {"lines": (_line("20610", "RT"), _line("20610", "RT", "76"))}),
    ("the same service on both sides", "professional", {"lines": (_line("20610", "RT"), _line("20610", "LT"))}),
    ("an add-on beside its main code", "professional", {"lines": (_line("90471"), _line("90472"))}),
    (
        "an inpatient place with its admission",
        "professional",
        {"place_of_service": "21", "hospital_admission": DAY, "lines": (_line("99232"),)},
    ),
    (
        "anaesthesia in minutes",
        "professional",
        {"lines": (replace(_line("00142", "QK"), unit="MJ", units=Decimal(61)),)},
    ),
    ("a drug with its NDC", "professional", {"lines.1.drug": Drug("00026063512", Decimal("1.5"), "ML")}),
    (
        "an unlisted code with its description",
        "professional",
        {"lines.1": replace(_line("64999"), description="WORDS")},
    ),
    ("a laboratory test with the CLIA number", "professional", {"lines": (_line("80053"),), "clia": "36D0000001"}),
    ("an outside laboratory", "professional", {"lines": (_line("80053", "90"),)}),
    (
        "a car accident with state and date",
        "professional",
        {"related_causes": ("AA",), "accident_state": "OH", "accident_date": DAY},
    ),
    ("an external cause behind the injury", "professional", {"diagnoses.1.code": "W010XXA"}),
    ("a facility with nine digits of ZIP", "professional", {"facility": FACILITY}),
    ("a PO box as pay-to address", "professional", {"pay_to": replace(HERE, street="PO BOX 7")}),
    ("an ordering provider", "professional", {"lines.0.ordering": OTHER_DOCTOR}),
    (
        "a ride",
        "professional",
        {
            "place_of_service": "41",
            "lines": (
                replace(_line("A0427", "RH"), units=Decimal(1)),
                replace(_line("A0425", "RH"), units=Decimal("8.2")),
            ),
            "ambulance": Ambulance("A", Decimal("8.2"), HERE, HERE),
        },
    ),
    ("a claim at its limits", "professional", {"lines.0.diagnosis_pointers": (1, 2, 3), "control_number": "A" * 20}),
    ("an interim bill", "hospital", {"frequency": "2", "institutional.patient_status": "30"}),
    (
        "coded facts of a stay",
        "hospital",
        {
            "institutional.occurrences": (Occurrence("11", DAY), Occurrence("72", DAY, DAY)),
            "institutional.values": (ValueAmount("80", Decimal(3)), ValueAmount("A1", Decimal(10))),
            "institutional.conditions": ("09", "17"),
            "institutional.drg": "418",
        },
    ),
    ("a diagnosis that needs no mark", "hospital", {"diagnoses.1": Diagnosis("Z9049")}),
    ("an external cause of a stay", "hospital", {"institutional.external_causes": (ExternalCause("W010XXA", "Y"),)}),
    ("a day before ICD-10-CM", "professional", {"diagnoses": (Diagnosis("25060"),) * 1}),
]


@pytest.mark.parametrize(("name", "claim", "changes"), SOUND, ids=[name for name, _, _ in SOUND])
def test_what_is_sound_has_no_finding(name: str, claim: str, changes: dict[str, Any], desk: Desk) -> None:
    sound = CLEAN[claim]
    for path, value in changes.items():
        sound = changed(sound, path, value)
    if name == "a day before ICD-10-CM":
        sound = changed(replace(sound, lines=(_line("99214"),)), "lines.0.date_of_service", date(2014, 3, 1))
    if claim == "professional":
        sound = replace(sound, total=sum((line.charge for line in sound.lines), Decimal(0)))
    usual = {"date.late"} if name == "a day before ICD-10-CM" else set()
    assert {f.id for f in scrub_claims([sound], desk)} == usual


@pytest.mark.parametrize("nine", ["100000000", "123456789", "298765432", "111111111"])
def test_one_check_digit_of_ten_is_sound(nine: str) -> None:
    assert [d for d in "0123456789" if npi_is_sound(nine + d)] == [with_check_digit(nine)[-1]]


def test_a_known_npi_is_sound() -> None:
    assert npi_is_sound("1234567893")
    assert not npi_is_sound("1234567890")
