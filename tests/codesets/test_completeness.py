from datetime import date

import pytest

from codesets.completeness import check_complete
from codesets.errors import BadCodeSetFile
from codesets.icd10cm.carry import rows_of
from codesets.icd10cm.release import IcdRelease
from codesets.loaders import CodeRow

OCTOBER = date(2026, 10, 1)


@pytest.fixture(scope="module")
def rows(embedded: IcdRelease) -> list[CodeRow]:
    return list(rows_of(embedded).values())


def test_the_whole_list_passes(embedded: IcdRelease, rows: list[CodeRow]) -> None:
    check_complete("f", rows, embedded, OCTOBER)


@pytest.mark.parametrize(
    ("kept", "words", "reason"),
    [
        (lambda r: r.value < "T", "billable codes", "a third is missing"),
        (
            lambda r: r.value[:2] not in ("A0", "A1", "A2", "B0", "B1", "B2", "C0", "C1"),
            "categories",
            "categories are missing",
        ),
        (lambda r: r.value[0] != "U", "chapter 22", "the last chapter of the official order"),
    ],
)
def test_a_part_of_the_list(embedded: IcdRelease, rows: list[CodeRow], kept, words: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadCodeSetFile, match=words):
        check_complete("f", [r for r in rows if kept(r)], embedded, OCTOBER)


def test_the_last_category_of_the_official_order_is_missing(embedded: IcdRelease, rows: list[CodeRow]) -> None:
    official = [r for r in rows if r.value[0] != "U"] + [r for r in rows if r.value[:3] == "U07"]
    with pytest.raises(BadCodeSetFile, match="U09"):
        check_complete("f", official, embedded, OCTOBER)
    check_complete("f", official, embedded, date(2020, 10, 1))


def test_chapter_22_did_not_always_exist(embedded: IcdRelease, rows: list[CodeRow]) -> None:
    check_complete("f", [r for r in rows if r.value[0] != "U"], embedded, date(2018, 10, 1))


def test_the_last_title_is_cut(embedded: IcdRelease, rows: list[CodeRow]) -> None:
    last = rows[-1]
    cut = CodeRow(last.value, True, last.title[:-4], 9)
    with pytest.raises(BadCodeSetFile, match="line 9: the last title"):
        check_complete("f", [*rows[:-1], cut], embedded, OCTOBER)
