"""The HCPCS Level II file of CMS as a workbook (`HCPC…_ANWEB.xlsx`): a row per code under a row of headings.

Disclaimers stand above the headings; a code whose words are too long for a cell goes on in a second row.
"""

from collections.abc import Iterator

from codesets.loaders.hcpcs import HcpcsRecord, HcpcsRow, joined
from codesets.loaders.rows import damaged
from codesets.loaders.workbook import read_sheet

_COLUMNS = ("HCPC", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "ADD DT", "ACT EFF DT", "TERM DT")
_MOST_ABOVE = 30


def read_hcpcs_workbook(name: str, data: bytes) -> list[HcpcsRow]:
    """Return the codes and modifiers of an ANWEB workbook, in its order.

    Raises BadCodeSetFile, with the row, when the headings are missing or a row is wrong as in the text file.
    """
    return joined(name, _records(name, data))


def has_headings(name: str, data: bytes) -> bool:
    """Tell whether the first rows of a workbook hold the headings of a HCPCS file."""
    for count, (_, cells) in enumerate(read_sheet(name, data)):
        if set(_COLUMNS) <= {cell.strip() for cell in cells}:
            return True
        if count == _MOST_ABOVE:
            break
    return False


def _records(name: str, data: bytes) -> Iterator[HcpcsRecord]:
    at: list[int] = []
    for line, cells in read_sheet(name, data):
        if not at:
            named = {cell.strip(): column for column, cell in enumerate(cells)}
            at = [named[c] for c in _COLUMNS] if set(_COLUMNS) <= set(named) else []
            continue
        value, record, *rest = ((cells[c] if c < len(cells) else "").strip() for c in at)
        if record not in ("3", "4", "7", "8"):
            raise damaged(name, line, "not a row of a HCPCS file: no record 3, 4, 7 or 8 under RECID")
        yield HcpcsRecord(line, value, record, *rest)
