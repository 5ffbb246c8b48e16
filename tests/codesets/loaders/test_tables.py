import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders.tables import read_fees, read_mue
from tests.codesets.procedures.files import fee_row, fee_text, mue_text

MUE = "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv"
FEES = "PPRRVU26_JAN.csv"
LIMITS = [("J1885", 8, 3), ("20610", 2, 3), ("0001U", 1, 2)]


def test_unit_limits() -> None:
    rows, heading = read_mue(MUE, mue_text(LIMITS))
    assert [(r.value, r.units, r.indicator) for r in rows] == LIMITS
    assert heading == "Practitioner Services MUE Values"
    assert (rows[0].rationale, rows[0].line) == ("Invented reason", 6)


@pytest.mark.parametrize(
    ("data", "words", "reason"),
    [
        (mue_text(LIMITS)[:-40], "line 8.*truncated", "the last row is cut"),
        (mue_text([*LIMITS, LIMITS[0]]), "line 9.*already stands on line 6", "a code twice"),
        (mue_text([("J1885", 8, 4)]), "line 6", "no such indicator"),
        (mue_text([]), "no code", "headings alone"),
    ],
)
def test_damaged_unit_limits_are_refused(data: bytes, words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        read_mue(MUE, data)


def test_fees_are_read_by_position_and_without_words() -> None:
    rows, year = read_fees(FEES, fee_text([fee_row("20610"), fee_row("71046", "26", "XXX")]))
    assert year == "2026"
    assert [(r.value, r.modifier, r.status, r.global_days, r.pctc) for r in rows] == [
        ("20610", "", "A", "000", "0"),
        ("71046", "26", "A", "XXX", "0"),
    ]
    assert rows[0].numbers == ("1.50", "2.00", "0.75", "0.10", "3.60", "2.35", "33.4009")
    assert "OWNER" not in repr(rows)


@pytest.mark.parametrize(
    ("data", "words", "reason"),
    [
        (fee_text([fee_row("20610"), fee_row("20611")])[:-20], "line 12.*columns", "the last row is cut"),
        (fee_text([fee_row("20610"), fee_row("20610")]), "line 12.*already stands on line 11", "a code twice"),
        (fee_text([fee_row("20610", work="high")]), "line 11.*numbers", "words in a column of numbers"),
        (fee_text([fee_row("20610", days="011")]), "line 11.*global", "no such global period"),
        (fee_text([fee_row("2061")]), "line 11.*code", "no code"),
        (fee_text([]), "no code", "headings alone"),
        (fee_text([fee_row("20610"), '"20611']), "line", "an open quote"),
    ],
)
def test_damaged_fees_are_refused(data: bytes, words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        read_fees(FEES, data)
