from dataclasses import replace
from datetime import date

import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders.hcpcs import HcpcsRow, read_hcpcs
from codesets.procedures.whole import check_against_former, check_hcpcs, check_known, latest_day
from tests.codesets.procedures.files import hcpcs_text, whole_hcpcs

ROWS = read_hcpcs("x.txt", hcpcs_text(whole_hcpcs()))
STARTS = date(2019, 1, 1)


def test_a_whole_file_is_let_through() -> None:
    check_hcpcs("x.txt", ROWS, STARTS)


@pytest.mark.parametrize(
    ("rows", "starts", "words", "reason"),
    [
        ([r for r in ROWS if r.value[0] != "Q"], STARTS, "begins with Q", "a letter is missing"),
        (ROWS[:-1], STARTS, "ends before V5364", "the last code is missing"),
        ([r for r in ROWS if not r.is_modifier], STARTS, "0 modifiers", "no modifiers"),
        ([r for at, r in enumerate(ROWS) if at % 2 or at > 5480], STARTS, "no whole file", "half the codes"),
        (ROWS, date(2026, 1, 1), "latest change is of 2019-01-01", "the file of another year"),
    ],
)
def test_what_is_not_whole_is_refused(rows: list[HcpcsRow], starts: date, words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=f"x.txt, line .*{words}"):
        check_hcpcs("x.txt", rows, starts)


def test_the_latest_day_is_that_of_the_last_change() -> None:
    row = replace(ROWS[0], added=date(2001, 1, 1), effective=date(2018, 1, 1))
    assert latest_day(row) == date(2018, 1, 1)
    assert latest_day(replace(row, effective=None)) == date(2001, 1, 1)


def test_common_codes_must_be_there() -> None:
    expected = [f"{n:05d}" for n in range(100)]
    check_known("x", 9, expected[:90], expected)
    with pytest.raises(BadCodeSetFile, match=r"line 9: 11 common codes are missing, 00089 first"):
        check_known("x", 9, expected[:89], expected)


def test_a_table_must_not_shrink() -> None:
    check_against_former("x", 9, 90, 100)
    check_against_former("x", 9, 5, 0)
    with pytest.raises(BadCodeSetFile, match=r"line 9: 89 rows where the installed release has 100"):
        check_against_former("x", 9, 89, 100)
