"""Everything we write passes pyx12, and comes back as what it was."""

import os

from hypothesis import HealthCheck, given, settings

from claims.check import check_837
from claims.model import Claim, Transmission
from claims.x12.read837 import read_file
from claims.x12.write837 import write_837
from tests.claims.batches import batches, transmissions

MANY = int(os.environ.get("CHARTCODER_CLAIM_EXAMPLES", "60"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=MANY, deadline=None, suppress_health_check=SLOW)
@given(batches(), transmissions)
def test_what_we_write_passes_pyx12_and_comes_back(claims: list[Claim], transmission: Transmission) -> None:
    text = write_837(claims, transmission)
    verdict = check_837(text)
    assert verdict.passed, verdict.errors
    read = read_file(text)
    assert read.hits == ()
    assert all(c.hits == () for c in read.claims)
    assert [c.claim for c in read.claims] == claims
    assert read.transmission is not None
    assert write_837([c.claim for c in read.claims], read.transmission) == text
