"""Timely filing and coverage by a site's file of payers."""

from datetime import date
from pathlib import Path

import pytest

from claims.edits import Desk
from claims.model import Claim
from claims.payers import read_payers
from claims.scrub import scrub_claims
from codesets.errors import BadClaim
from codesets.registry import CodeSets
from tests.claims.clean import CLEAN, PROFESSIONAL, changed

RULES = """
"60054":
  timely_filing_days: 90
  coverage:
    - {procedures: ["20610"], diagnoses: [M17, M25.5], source: A TABLE 2026-01}
"*": {timely_filing_days: 180}
"""


def found(claim: Claim, today: date, tmp_path: Path) -> list[tuple[str, str]]:
    path = tmp_path / "payers.yaml"
    path.write_text(RULES)
    desk = Desk(CodeSets.open(tmp_path), today, read_payers(path))
    return [(f.id, f.message.rpartition("(")[2].rstrip(")")) for f in scrub_claims([claim], desk)]


def test_a_covered_service_in_time_has_no_finding(tmp_path: Path) -> None:
    assert found(PROFESSIONAL, date(2026, 12, 14), tmp_path) == []


def test_each_payer_has_its_own_time(tmp_path: Path) -> None:
    assert found(PROFESSIONAL, date(2026, 12, 15), tmp_path) == [("date.late", "90 days")]
    other = changed(PROFESSIONAL, "coverage.payer.identifier", "1")
    assert found(other, date(2027, 3, 14), tmp_path) == []
    assert found(other, date(2027, 3, 15), tmp_path) == [("date.late", "180 days")]


def test_a_service_for_another_diagnosis_is_named_with_its_table(tmp_path: Path) -> None:
    claim = changed(PROFESSIONAL, "lines.1.diagnosis_pointers", (2,))
    assert found(claim, date(2026, 9, 30), tmp_path) == [("necessity.none", "A TABLE 2026-01")]


def test_without_a_file_a_year_is_the_limit(tmp_path: Path) -> None:
    desk = Desk(CodeSets.open(tmp_path), date(2027, 9, 15))
    assert scrub_claims([CLEAN["child"]], desk) == []


@pytest.mark.parametrize(
    "text", ["- 1", '"1": {timely_filing_days: 0}', '"1": {surprise: 1}', "a: [", '"1": {coverage: [{}]}']
)
def test_a_wrong_file_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "payers.yaml"
    path.write_text(text)
    with pytest.raises(BadClaim, match="file of payers"):
        read_payers(path)
