"""The numeric tables of CMS in CSV: medically unlikely edits (MUE) and the physician fee schedule (PPRRVU).

MUE: a quoted notice of several lines, headings, then code, value, adjudication indicator in words, rationale.
PPRRVU: ten rows of headings, 32 columns with names that repeat, so they are read by position (0 code, 1 modifier,
3 status, 5 work, 6 and 8 practice expense, 10 malpractice, 11 and 12 totals, 13 PC/TC, 14 global days,
25 conversion factor). Column 2 is the AMA's descriptor: it is never kept.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from codesets.loaders.rows import damaged, decoded

_CODE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]\Z")
_GLOBALS = frozenset({"000", "010", "090", "XXX", "ZZZ", "MMM", "YYY"})
_FEE_COLUMNS = 32
_NUMBERS = (5, 6, 8, 10, 11, 12, 25)
_RELEASED = re.compile(r"\b(20\d\d)\b.*fee schedule", re.IGNORECASE)
_MOST_ABOVE = 20


@dataclass(frozen=True, slots=True)
class MueRow:
    """The most units of a code that a day or a line may hold; `indicator` 1 is per line, 2 and 3 per day."""

    value: str
    units: int
    indicator: int
    rationale: str
    line: int


@dataclass(frozen=True, slots=True)
class FeeRow:
    """A code with its modifier ('' none) in the fee schedule: status, global days, PC/TC and its numbers as text."""

    value: str
    modifier: str
    status: str
    global_days: str
    pctc: str
    numbers: tuple[str, ...]
    line: int


def read_mue(name: str, data: bytes) -> tuple[list[MueRow], str]:
    """Return the rows of an MUE file and the heading that names the services it is for.

    Raises BadCodeSetFile, with the line, on a row of another layout or a code that stands twice.
    """
    rows: dict[str, MueRow] = {}
    heading = ""
    for line, cells in _cells(name, data):
        if not heading:
            heading = cells[1] if is_mue_heading(cells) else ""
            continue
        if len(cells) < 4 or not _CODE.match(cells[0]) or not cells[1].isdigit() or cells[2][:1] not in set("123"):
            raise damaged(name, line, "not a code, value, indicator and rationale (a truncated file?)")
        if cells[0] in rows:
            raise damaged(name, line, f"the code {cells[0]} already stands on line {rows[cells[0]].line}")
        rows[cells[0]] = MueRow(cells[0], int(cells[1]), int(cells[2][:1]), cells[3], line)
    if not rows:
        raise damaged(name, 1, "no code in the file")
    return list(rows.values()), heading


def is_mue_heading(cells: list[str]) -> bool:
    """Tell whether these cells are the headings of an MUE file."""
    return len(cells) >= 4 and cells[0].upper().startswith("HCPCS/") and "MUE VALUE" in cells[1].upper()


def read_fees(name: str, data: bytes) -> tuple[list[FeeRow], str]:
    """Return the rows of a PPRRVU file and the year that its headings state ('' if none).

    Raises BadCodeSetFile, with the line, on a row of another layout, a number that is none, or a code that stands
    twice with one modifier.
    """
    rows: dict[tuple[str, str], FeeRow] = {}
    year, begun = "", False
    for line, cells in _cells(name, data):
        if not begun:
            stated = _RELEASED.search(" ".join(cells))
            year = stated[1] if stated and not year else year
            begun = is_fee_heading(cells)
            continue
        if len(cells) != _FEE_COLUMNS:
            raise damaged(name, line, f"{len(cells)} columns where {_FEE_COLUMNS} are expected (a truncated file?)")
        if not _CODE.match(cells[0]) or len(cells[3]) != 1:
            raise damaged(name, line, "no code and status in columns 1 and 4")
        if not all(_is_number(cells[at]) for at in _NUMBERS):
            raise damaged(name, line, "a column of numbers holds something else")
        days = cells[14]
        if days and days not in _GLOBALS:
            raise damaged(name, line, "column 15 holds no global period")
        first = rows.get((cells[0], cells[1]))
        if first is not None:
            raise damaged(name, line, f"{cells[0]} {cells[1]} already stands on line {first.line}")
        numbers = tuple(cells[at] for at in _NUMBERS)
        rows[cells[0], cells[1]] = FeeRow(cells[0], cells[1], cells[3], days, cells[13], numbers, line)
    if not rows:
        raise damaged(name, 1, "no code in the file")
    return list(rows.values()), year


def is_fee_heading(cells: list[str]) -> bool:
    """Tell whether these cells are the last row of headings of a PPRRVU file."""
    return [cell.upper() for cell in cells[:3]] == ["HCPCS", "MOD", "DESCRIPTION"] and len(cells) == _FEE_COLUMNS


def first_cells(name: str, data: bytes) -> Iterator[list[str]]:
    """Yield the cells of the first rows of a CSV file; stops where it is none."""
    try:
        for count, (_, cells) in enumerate(_cells(name, data)):
            if count > _MOST_ABOVE:
                return
            yield cells
    except csv.Error:
        return


def _cells(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield (1-based line, stripped cells) of every row that holds anything."""
    lines = decoded(name, data).replace("\r\n", "\n").split("\n")
    reader = csv.reader(f"{line}\n" for line in lines)
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield reader.line_num, stripped
    except csv.Error:
        raise damaged(name, reader.line_num, "the quotes or columns break here (a truncated file?)") from None


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d*\.?\d+", text)) or not text
