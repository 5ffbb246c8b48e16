import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders.hcpcs_workbook import has_headings, read_hcpcs_workbook
from tests.codesets.procedures.files import HEADINGS, workbook

NAME = "HCPC2019_CONTR_ANWEB.xlsx"
ABOVE = [["***Disclaimers"], [], ["*Words"], list(HEADINGS)]
CODE = ["A0001", "0010", "3", "Invented ride", "Short", "", "20010101", "20180101", "20171231", "N"]
MORE = ["A0001", "0020", "4", "with more words"]


def test_a_row_a_code_and_a_second_row_for_more_words() -> None:
    rows = read_hcpcs_workbook(
        NAME, workbook([*ABOVE, ["   A1", "0010", "7", "Circumstance", "", "", "20010101"], CODE, MORE])
    )
    assert [(r.value, r.is_modifier, r.long, r.line) for r in rows] == [
        ("A1", True, "Circumstance", 5),
        ("A0001", False, "Invented ride with more words", 6),
    ]
    assert str(rows[1].terminated) == "2017-12-31"


def test_dates_and_records_may_be_numbers() -> None:
    rows = read_hcpcs_workbook(NAME, workbook([*ABOVE, CODE], numbers=(2, 6, 7, 8)))
    assert str(rows[0].added) == "2001-01-01"


@pytest.mark.parametrize(
    ("rows", "words", "reason"),
    [
        ([*ABOVE, CODE, CODE], "line 6.*already stands on line 5", "a code twice"),
        ([*ABOVE, MORE], "line 5.*does not stand before it", "a second row without its first"),
        ([*ABOVE, ["A0001", "0010", "", "Invented"]], "line 5.*RECID", "no record"),
        ([*ABOVE, ["D0001", "0010", "3", "Invented", "", "", "20010101"]], "ADA", "a dental code"),
        ([["HCPCS/MOD", "TYPE OF CHANGE"], CODE], "no code in the file", "the list of changes"),
    ],
)
def test_damage_is_refused(rows: list[list[str]], words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        read_hcpcs_workbook(NAME, workbook(rows))


def test_headings() -> None:
    assert has_headings(NAME, workbook([*ABOVE, CODE]))
    assert not has_headings(NAME, workbook([["HCPCS/MOD", "TYPE OF CHANGE"]]))
