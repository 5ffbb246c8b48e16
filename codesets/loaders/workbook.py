"""The cells of an Excel workbook's first sheet, read without entities, formulas or macros."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator

from codesets.errors import BadCodeSetFile
from codesets.loaders.rows import damaged

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_MAX_BYTES = 200_000_000
_WHOLE = re.compile(r"(-?\d+)\.0+\Z")


def is_workbook(data: bytes) -> bool:
    """Tell whether a file is a zip that holds a workbook."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def read_sheet(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield (1-based row number, cells as text, '' where empty) of the rows of the first sheet that hold any.

    Raises BadCodeSetFile, with the row, where the workbook is damaged.
    """
    row = 1
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_BYTES:
                raise BadCodeSetFile(f"{name} unpacks to more than any official file; nothing was installed")
            sheets = [n for n in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)]
            shared = _shared(name, archive)
            first = min(sheets, key=lambda n: int(re.sub(r"\D", "", n)))
            for element in _elements(name, archive.read(first), "row"):
                row = int(element.get("r", row))
                cells = list(_cells(element, shared))
                if cells:
                    width = max(column for column, _ in cells) + 1
                    texts = [""] * width
                    for column, text in cells:
                        texts[column] = text
                    yield row, texts
                element.clear()
    except (zipfile.BadZipFile, zlib.error, ET.ParseError, ValueError, IndexError, KeyError, EOFError, OSError):
        raise damaged(name, row, "the workbook breaks after this row (a truncated file?)") from None


def _shared(name: str, archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    items = _elements(name, archive.read("xl/sharedStrings.xml"), "si")
    return ["".join(t.text or "" for t in item.iter(f"{_SPACE}t")) for item in items]


def _elements(name: str, data: bytes, tag: str) -> Iterator[ET.Element]:
    if _DECLARED.search(data):
        raise damaged(name, 1, "an official workbook declares no document type")
    for _, element in ET.iterparse(io.BytesIO(data)):  # noqa: S314 - no entity can be declared here
        if element.tag == _SPACE + tag:
            yield element


def _cells(row: ET.Element, shared: list[str]) -> Iterator[tuple[int, str]]:
    for cell in row.iter(f"{_SPACE}c"):
        value = cell.find(f"{_SPACE}v")
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            text = "".join(t.text or "" for t in cell.iter(f"{_SPACE}t"))
        elif value is None or value.text is None:
            continue
        else:
            text = shared[int(value.text)] if kind == "s" else _WHOLE.sub(r"\1", value.text)
        yield _column(cell.get("r", "")), text


def _column(reference: str) -> int:
    """Return the 0-based column of a reference (`A1` → 0, `AB7` → 27)."""
    number = 0
    for letter in re.match(r"[A-Z]+", reference)[0]:  # type: ignore[index]
        number = number * 26 + ord(letter) - 64
    return number - 1
