"""Repairs touch format alone, each is told, and a sound claim has none."""

from dataclasses import replace

import pytest

from claims.model import Diagnosis, ExternalCause
from claims.repairs import Repair, repair
from tests.claims.clean import CLEAN, HOSPITAL, PROFESSIONAL, changed


@pytest.mark.parametrize("name", CLEAN)
def test_a_sound_claim_is_not_touched(name: str) -> None:
    claim, done = repair(CLEAN[name])
    assert claim is CLEAN[name]
    assert done == []


@pytest.mark.parametrize(
    ("path", "written", "kept"),
    [
        ("billing.contact.phone", "(937) 555-0100", "9375550100"),
        ("billing.tax_id", "31-1234567", "311234567"),
        ("billing.address.postal_code", "45402-0001", "454020001"),
        ("coverage.subscriber.name.last", "Núñez", "Nunez"),
        ("coverage.subscriber.name.first", "O’Dell  Ann", "O'Dell Ann"),
    ],
)
def test_a_repair_is_made_and_told(path: str, written: str, kept: str) -> None:
    claim, done = repair(changed(PROFESSIONAL, path, written))
    assert claim == changed(PROFESSIONAL, path, kept)
    assert [r.place for r in done] == [path]
    assert all(written not in r.what for r in done)


def test_dots_go_where_the_encounter_brings_codes() -> None:
    causes = (ExternalCause("W01.0XXA"),)
    stay = changed(
        changed(HOSPITAL, "institutional.admitting_diagnosis", "R10.11"), "institutional.external_causes", causes
    )
    claim, done = repair(stay)
    assert claim.institutional is not None
    assert claim.institutional.admitting_diagnosis == "R1011"
    assert claim.institutional.external_causes == (ExternalCause("W010XXA"),)
    assert Repair("institutional.admitting_diagnosis", "dot of a code left out") in done


def test_diagnoses_and_lines_are_never_touched() -> None:
    odd = replace(PROFESSIONAL, diagnoses=(Diagnosis("E11.42"),))
    assert repair(odd) == (odd, [])
