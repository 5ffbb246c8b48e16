import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders.workbook import is_workbook, read_sheet
from tests.codesets.procedures.files import workbook, zipped

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _sheet(rows: str, above: str = "") -> bytes:
    sheet = f"{above}<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>"
    return zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet.encode()})


def test_cells_stand_in_their_columns() -> None:
    assert list(read_sheet("x", workbook([["a", "", "c & d"], [], ["", "b"]]))) == [
        (1, ["a", "", "c & d"]),
        (3, ["", "b"]),
    ]


def test_numbers_and_words_in_place() -> None:
    row = '<row r="7"><c r="A7"><v>3.0</v></c><c r="AB7" t="inlineStr"><is><t>far</t></is></c><c r="C7"/></row>'
    ((number, cells),) = read_sheet("x", _sheet(row))
    assert (number, cells[0], cells[27], len(cells)) == (7, "3", "far", 28)


def test_what_is_a_workbook() -> None:
    assert is_workbook(workbook([["a"]]))
    assert not is_workbook(zipped({"a.txt": b"a"}))
    assert not is_workbook(b"PK\3\4 cut")
    assert not is_workbook(b"text")


@pytest.mark.parametrize(
    ("data", "words", "reason"),
    [
        (workbook([["a"]])[:300], "truncated", "a cut zip"),
        (_sheet('<row r="1"><c r="A1" t="s"><v>5</v></c></row>'), "line 1", "a string that is not there"),
        (_sheet('<row r="2"><c r="A2"><v>1</v></c></row><row'), "line 2", "the sheet ends inside a row"),
        (_sheet("", '<!DOCTYPE x [<!ENTITY e "e">]>'), "document type", "entities are never expanded"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), "line 1", "no sheet"),
    ],
)
def test_damage_is_refused(data: bytes, words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        list(read_sheet("x.xlsx", data))
