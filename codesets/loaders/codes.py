"""The ICD-10-CM codes file of CMS (`icd10cm-codes-YYYY.txt`): the billable codes, without headers.

Columns, 1-based: 1-7 code without dot, 9 on long title.
"""

import re
from collections.abc import Iterator

from codesets.icd10cm.hierarchy import nearest_prefix
from codesets.loaders.rows import CodeRow, checked_code, damaged, numbered_lines, starts_at, unique

LINE = re.compile(r"[A-Z](?=[0-9A-Z]?[0-9])[0-9A-Z]{2}[0-9A-Z ]{4} \S")


def read_codes(name: str, data: bytes) -> list[CodeRow]:
    """Return the rows of a codes file, all billable, in its order.

    Raises BadCodeSetFile, with the line, when a line has another layout, a code stands twice, or one code
    begins another (then one of the two would be a header).
    """
    rows = unique(name, _rows(name, data))
    values = {row.value for row in rows}
    for row in rows:
        header = nearest_prefix(row.value, values)
        if header is not None:
            raise damaged(name, row.line, f"the code {header} is listed as billable and has {row.value} below it")
    return rows


def _rows(name: str, data: bytes) -> Iterator[CodeRow]:
    for line, text in numbered_lines(name, data):
        if not starts_at(text, 9):
            raise damaged(name, line, "not a line of a codes file: a code in columns 1-7, a title from column 9")
        yield CodeRow(checked_code(name, line, text[:7]), True, " ".join(text[8:].split()), line)
