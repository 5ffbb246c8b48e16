"""The CPT files of the AMA, which a licence holder installs: LONGULT, MEDU, SHORTU and ConsolidatedCodeList.

The first three are notice lines, then a code, a blank or a tab, and its descriptor; the fourth has columns between
tabs, by heading. None of their text is part of chartcoder.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codesets.loaders.rows import damaged, numbered_lines

LINE = re.compile(r"[0-9]{4}[0-9A-Z][ \t]+\S")
_CODE = re.compile(r"[0-9]{4}[0-9A-Z]\Z")
_YEAR = re.compile(r"\b(20\d\d)\b")
_MOST_ABOVE = 60
LONGEST = {"SHORTU": 28, "MEDU": 48}


@dataclass(frozen=True, slots=True)
class CptRow:
    """A code with a descriptor of the AMA and further ones, and its line."""

    value: str
    text: str
    others: tuple[str, ...]
    line: int


def read_cpt(name: str, data: bytes, kind: str) -> tuple[list[CptRow], str]:
    """Return the rows of a LONGULT, MEDU or SHORTU file (`kind`), and the year of its notice ('' if none).

    Raises BadCodeSetFile, with the line, on a line that is no code and descriptor, a code that stands twice, and
    descriptors whose length is not that of the kind: another of the three under this name.
    """
    rows: dict[str, CptRow] = {}
    notice: list[str] = []
    for line, text in numbered_lines(name, data):
        if not LINE.match(text):
            if rows or len(notice) == _MOST_ABOVE:
                raise damaged(name, line, "not a code and its descriptor (a truncated or mixed file?)")
            notice.append(text)
            continue
        row = CptRow(text[:5], text[5:].strip(), (), line)
        if len(row.text) > LONGEST.get(kind, len(row.text)):
            raise damaged(name, line, f"a descriptor of more than {LONGEST[kind]} characters: no {kind} file")
        _add(name, rows, row)
    found = _listed(name, rows)
    if kind == "LONGULT" and all(len(row.text) <= LONGEST["MEDU"] for row in found):
        raise damaged(name, found[0].line, "no descriptor is longer than those of MEDU: no LONGULT file")
    return found, _year(notice)


def read_cpt_list(name: str, data: bytes) -> tuple[list[CptRow], str]:
    """Return the rows of a ConsolidatedCodeList, and the year of its notice ('' if none).

    Raises BadCodeSetFile, with the line, where the headings or cells are missing, or a code stands twice.
    """
    rows: dict[str, CptRow] = {}
    notice: list[str] = []
    columns: dict[str, int] = {}
    for line, text in numbered_lines(name, data):
        cells = [cell.strip().strip('"').strip() for cell in text.split("\t")]
        if not columns:
            columns = list_columns(cells)
            notice += [text] if not columns else []
            continue
        if len(cells) <= max(columns.values()) or not _CODE.match(cells[columns["cpt code"]]):
            raise damaged(name, line, "not a row of the code list: cells or the code are missing (truncated?)")
        long, *others = (cells[columns[c]] for c in ("long", "medium", "short", "consumer") if c in columns)
        if not long:
            raise damaged(name, line, "the code has no long descriptor")
        _add(name, rows, CptRow(cells[columns["cpt code"]], long, tuple(o for o in others if o), line))
    return _listed(name, rows), _year(notice)


def list_columns(cells: list[str]) -> dict[str, int]:
    """Return the columns of a ConsolidatedCodeList by heading in lower case; none where it is no row of headings."""
    named = {re.sub(r" descriptor\Z", "", cell.lower().strip()): at for at, cell in enumerate(cells)}
    return named if {"cpt code", "long", "short"} <= set(named) else {}


def first_lines(name: str, data: bytes) -> Iterator[str]:
    """Yield the first lines that are not blank: notice, headings, and the beginning of the codes."""
    for count, (_, text) in enumerate(numbered_lines(name, data)):
        if count > _MOST_ABOVE:
            return
        yield text


def _add(name: str, rows: dict[str, CptRow], row: CptRow) -> None:
    first = rows.setdefault(row.value, row)
    if first is not row:
        raise damaged(name, row.line, f"the code {row.value} already stands on line {first.line}")


def _listed(name: str, rows: dict[str, CptRow]) -> list[CptRow]:
    if not rows:
        raise damaged(name, 1, "no code in the file")
    return list(rows.values())


def _year(notice: list[str]) -> str:
    years = set(_YEAR.findall("\n".join(notice)))
    return max(years) if years else ""
