from datetime import date
from pathlib import Path

import pytest

from codesets.errors import CodeSetError
from codesets.loaders.ptp import read_ptp
from codesets.procedures.edits import NcciBundles, PtpRelease, write_part
from codesets.procedures.parts import Codes, PartOf, StarterBundles
from codesets.procedures.starter import starter_bundles
from codesets.stored import open_stored, store
from tests.codesets.procedures.files import ptp_text

STARTER = StarterBundles(starter_bundles())
PAIRS = [
    ("20610", "20600", "20020101", "20101231", "0"),
    ("20610", "20600", "20200101", "*", "1"),
    ("20610", "20605", "20020101", "20020101", "9"),
    ("99213", "36415", "20020101", "*", "0"),
]


@pytest.fixture
def release(tmp_path: Path) -> PtpRelease:
    edits = read_ptp("f1", ptp_text(PAIRS))
    folder = tmp_path / "ncci-practitioner" / "2026-01-01"
    store(folder, (date(2026, 1, 1), None), "a test", {"rows": 4}, lambda draft: write_part(draft, "f1", edits))
    return PtpRelease(open_stored(folder))


@pytest.mark.parametrize(
    ("pair", "day", "allowed", "reason"),
    [
        (("20610", "20600"), date(2005, 1, 1), False, "the older row of a pair"),
        (("20610", "20600"), date(2010, 12, 31), False, "its last day"),
        (("20610", "20600"), date(2015, 1, 1), None, "between two rows"),
        (("20610", "20600"), date(2026, 5, 1), True, "the newer row"),
        (("20610", "20605"), date(2002, 1, 1), None, "modifier 9: never an edit"),
        (("20600", "20610"), date(2026, 5, 1), None, "the other way round"),
        (("99213", "36415"), date(2026, 5, 1), False, "the last pair"),
        (("99999", "99999"), date(2026, 5, 1), None, "behind the last pair"),
    ],
)
def test_pairs_by_day(
    release: PtpRelease, pair: tuple[str, str], day: date, allowed: bool | None, reason: str
) -> None:
    found = NcciBundles(release, day, "practitioner", STARTER).get(pair)
    assert (None if found is None else found.modifier_allowed) is allowed, reason
    if found is not None:
        assert (found.column1, found.column2, found.source) == (*pair, "NCCI 2026-01-01 (practitioner)")
        assert found.reason == f"Invented reason {int(found.modifier_allowed)}"


def test_the_source_is_named(release: PtpRelease) -> None:
    assert NcciBundles(release, date(2026, 5, 1), "practitioner", STARTER).source == "NCCI 2026-01-01 (practitioner)"
    assert StarterBundles(starter_bundles()).source == "starter"


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (("20610", "36000"), True),
        (("20611", "36005"), True),
        (("36000", "20610"), False),
        (("20612", "36000"), False),
        (("36000", "36005"), False),
    ],
)
def test_the_starter_rows_hold_for_ranges_of_codes(pair: tuple[str, str], expected: bool) -> None:
    row = PartOf(Codes("36000|36005-36010"), Codes("20610-20611|36000"), False, "Invented reason")
    found = StarterBundles([row]).get(pair)
    assert (found is not None) == expected
    assert found is None or (found.column1, found.column2, found.reason) == (*pair, "Invented reason")


def test_the_starter_pairs_answer_for_parts_that_are_not_installed(release: PtpRelease) -> None:
    bundles = NcciBundles(release, date(2026, 5, 1), "practitioner", STARTER)
    outside, inside = ("11401", "12001"), ("43239", "43235")
    assert STARTER.get(outside) is not None
    assert bundles.get(outside) == STARTER.get(outside)
    assert STARTER.get(inside) is not None
    assert bundles.get(inside) is None


def test_damaged_pairs_are_named(release: PtpRelease) -> None:
    (release.stored.folder / "f1-pairs.npy").write_bytes(b"x")
    with pytest.raises(CodeSetError, match="install its files again"):
        NcciBundles(release, date(2026, 5, 1), "practitioner", STARTER).get(("20610", "20600"))
