"""The ICD-10-CM order file of CMS (`icd10cm_order_YYYY.txt`): every code with its billable flag.

Columns, 1-based: 1-5 order number, 7-13 code without dot, 15 flag (1 billable, 0 header), 17-76 short title,
78 on long title.
"""

import re
from collections.abc import Iterator

from codesets.icd10cm.hierarchy import misplaced
from codesets.loaders.rows import CodeRow, checked_code, damaged, numbered_lines, starts_at, unique

LINE = re.compile(r"[0-9]{5} [A-Z][0-9A-Z]{2}[0-9A-Z ]{4} [01] ")


def read_order(name: str, data: bytes) -> list[CodeRow]:
    """Return the rows of an order file, in its order.

    Raises BadCodeSetFile, with the line, when a line has another layout, the numbers are not consecutive
    from 1, a code stands twice, a category is missing, or a flag contradicts the hierarchy.
    """
    rows = unique(name, _rows(name, data))
    wrong = misplaced({row.value: row.billable for row in rows})
    if wrong is not None:
        line = next(row.line for row in rows if row.value == wrong[0])
        raise damaged(name, line, f"the code {wrong[0]} cannot stand: {wrong[1]} (a truncated file?)")
    return rows


def _rows(name: str, data: bytes) -> Iterator[CodeRow]:
    for expected, (line, text) in enumerate(numbered_lines(name, data), start=1):
        if not text[:5].isdigit() or text[5:6] != " ":
            raise damaged(name, line, "not a line of an order file: columns 1-5 hold no order number")
        if int(text[:5]) != expected:
            raise damaged(name, line, f"order number {int(text[:5])} where {expected} was expected")
        value = checked_code(name, line, text[6:13])
        if text[14:15] not in ("0", "1") or text[13:14] != " " or text[15:16] != " ":
            raise damaged(name, line, "column 15 does not hold the flag 0 or 1")
        if not starts_at(text, 17) or not starts_at(text, 78):
            raise damaged(name, line, "no title in column 17 or 78 (a truncated file?)")
        yield CodeRow(value, text[14] == "1", " ".join(text[77:].split()), line)
