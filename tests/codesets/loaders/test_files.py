import zipfile
from pathlib import Path
from typing import Any

import pytest

from codesets.errors import BadCodeSetFile, BadRequest
from codesets.loaders import FileKind, recognise
from codesets.loaders.files import kind_of

ORDER = "00001 A00     0 Cholera                                                      Cholera\r\n"
CODES = "A000    Cholera due to Vibrio cholerae\n"


@pytest.mark.parametrize(
    ("head", "kind", "reason"),
    [
        (ORDER, FileKind.ORDER, "numbers and flags"),
        ("\r\n" + ORDER, FileKind.ORDER, "a blank line before it"),
        (CODES, FileKind.CODES, "code and title"),
        ("QA00101 CDKL5\n", FileKind.CODES, "seven characters"),
        ("Add:         1 C7831   Secondary", FileKind.ORDER_ADDENDA, "actions with a flag"),
        ("Add:         C7831   Secondary", FileKind.CODES_ADDENDA, "actions without a flag"),
        ("<?xml?><ICD10CM.tabular><version>", FileKind.TABULAR, "the tabular list"),
        ("<ICD10CM.index><letter><mainTerm>", FileKind.INDEX, "the Index"),
        ("<ICD10CM.index><title>ICD-10-CM EXTERNAL CAUSE of", FileKind.EXTERNAL_INDEX, "by its title"),
        ('<ICD10CM.index><head col="2">Malignant Primary<', FileKind.NEOPLASM_TABLE, "by its headings"),
        ('<ICD10CM.index><head col="2">Poisoning Acc', FileKind.DRUG_TABLE, "by its headings"),
        ("HCPCS codes are five characters", None, "prose in capitals"),
        ("code,title\nA000,Cholera", None, "a CSV"),
        ("%PDF-1.4 \0", None, "a PDF"),
        ("", None, "empty"),
    ],
)
def test_kind_of(head: str, kind: FileKind | None, reason: str) -> None:
    assert kind_of("f", head.encode()) is kind, reason


def _zip(folder: Path, members: dict[str, str]) -> Path:
    path = folder / "official.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_a_zip_with_several_files(tmp_path: Path) -> None:
    path = _zip(tmp_path, {"2027/order_2027.txt": ORDER, "2027/codes.txt": CODES, "guide.pdf": "%PDF", "a.xsd": "<"})
    found = recognise(path)
    assert [(f.name, f.kind) for f in found.files] == [
        ("order_2027.txt", FileKind.ORDER),
        ("codes.txt", FileKind.CODES),
    ]
    assert found.passed_over == ("guide.pdf", "a.xsd")


@pytest.mark.parametrize(
    ("members", "words", "reason"),
    [
        ({"a.txt": ORDER, "b.txt": ORDER}, "more than one order file", "two years in one zip"),
        ({"a.pdf": "x"}, "no official", "nothing of use"),
    ],
)
def test_a_zip_that_is_refused(tmp_path: Path, members: dict[str, str], words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        recognise(_zip(tmp_path, members))


def test_a_damaged_zip(tmp_path: Path) -> None:
    path = _zip(tmp_path, {"a.txt": ORDER * 50})
    data = bytearray(path.read_bytes())
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(BadCodeSetFile, match="truncated"):
        recognise(path)
    data[45] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(BadCodeSetFile, match="damaged"):
        recognise(path)


def test_no_file_and_no_official_file(tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        recognise(tmp_path / "absent.txt")
    (tmp_path / "notes.txt").write_text("patient words")
    with pytest.raises(BadCodeSetFile, match="line 1") as refused:
        recognise(tmp_path / "notes.txt")
    assert "patient" not in str(refused.value)


def test_files_beside_the_official_ones(shared: Any) -> None:
    for name in ("hcpcs_2025_oct.csv", "icd10cm-index-2025.xsd"):
        with pytest.raises(BadCodeSetFile):
            recognise(shared / name)
