"""Clean claims have no finding, typed or written, and pass the independent validator."""

import io

import pytest

from claims.check import check_837
from claims.edits import Desk
from claims.scrub import scrub_claims, scrub_file
from claims.x12.write837 import write_837
from tests.claims.clean import CLEAN, TRANSMISSION


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_claim_has_no_finding(name: str, desk: Desk) -> None:
    assert scrub_claims([CLEAN[name]], desk) == []


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_claim_has_no_finding_in_a_file(name: str, desk: Desk) -> None:
    text = write_837([CLEAN[name]], TRANSMISSION)
    assert list(scrub_file(io.BytesIO(text.encode()), desk)) == []
    assert check_837(text).passed
