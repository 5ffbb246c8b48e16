"""The order addenda of CMS (`icd10cm_order_addenda_YYYY.txt`): what changes from one year to the next.

Columns, 1-based: 1-13 action (`Add:`, `Delete:`, `Revise from:`, `Revise to:`), 14 flag, 16-22 code, 24-83
short title, 85 on long title. A leaf that becomes a header is a Delete and an Add. The closing lines count
headers and codes in the old and the new order file, and the changes of each.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from codesets.icd10cm.hierarchy import misplaced
from codesets.loaders.rows import CodeRow, checked_code, damaged, numbered_lines, starts_at

LINE = re.compile(r"(?:Add:|Delete:|Revise from:|Revise to:) +[01] [A-Z]")
_ACTIONS = ("Add", "Delete", "Revise from", "Revise to")
_TOTAL = re.compile(r"\s*(\d+) (headers|codes) in (\S+)\Z")
_COUNT = re.compile(r"\s*(\d+) (addition|deletion|revision)s?\Z")
_CLOSING = re.compile(r"\s*(?:Headers|Codes|of which|\d+ revisions? to .*)\Z")
_COUNTED_AS = {"addition": "Add", "deletion": "Delete", "revision": "Revise to"}


@dataclass(frozen=True, slots=True)
class Addenda:
    """The changes in the order of the file, each (action, row), and what its closing lines state.

    `before` and `after` are (headers, codes) of the old and the new order file, `new_file` the name of the
    latter.
    """

    changes: tuple[tuple[str, CodeRow], ...]
    before: tuple[int, int]
    after: tuple[int, int]
    new_file: str
    closing_line: int


def read_addenda(name: str, data: bytes) -> Addenda:
    """Return the changes of an order addenda file.

    Raises BadCodeSetFile, with the line, when a line has another layout, a revision is incomplete, the
    closing counts are missing (a truncated file) or the changes are not as many as they state.
    """
    changes: list[tuple[str, CodeRow]] = []
    totals: dict[str, list[tuple[int, str]]] = {"headers": [], "codes": []}
    stated: Counter[tuple[str, bool]] = Counter()
    line, group = 1, ""
    for line, text in numbered_lines(name, data):
        if total := _TOTAL.match(text):
            group = total[2]
            totals[group].append((int(total[1]), total[3]))
        elif count := _COUNT.match(text):
            stated[_COUNTED_AS[count[2]], group == "codes"] += int(count[1])
        elif not _CLOSING.match(text):
            if group:
                raise damaged(name, line, "a change after the closing counts (a mixed file?)")
            changes.append(_change(name, line, text, changes))
    if [len(t) for t in totals.values()] != [2, 2]:
        raise damaged(name, line, "the closing counts are missing: the file is truncated")
    found = Counter((action, row.billable) for action, row in changes if action != "Revise from")
    if +found != +stated:
        raise damaged(name, line, "the changes are not as many as the closing counts state")
    before, after = zip(totals["headers"], totals["codes"], strict=True)
    return Addenda(tuple(changes), (before[0][0], before[1][0]), (after[0][0], after[1][0]), after[0][1], line)


def _change(name: str, line: int, text: str, earlier: list[tuple[str, CodeRow]]) -> tuple[str, CodeRow]:
    action = text[:13].strip().removesuffix(":")
    if action not in _ACTIONS or text[13:14] not in ("0", "1") or not (starts_at(text, 24) and starts_at(text, 85)):
        raise damaged(name, line, "not a line of an order addenda: action, flag, code, short and long title")
    row = CodeRow(checked_code(name, line, text[15:22]), text[13] == "1", " ".join(text[84:].split()), line)
    opened = earlier[-1] if earlier and earlier[-1][0] == "Revise from" else None
    if (action == "Revise to") != (opened is not None) or (opened and opened[1].value != row.value):
        raise damaged(name, line, "'Revise from' and 'Revise to' do not come as a pair for one code")
    return action, row


def apply_addenda(name: str, addenda: Addenda, base: Mapping[str, CodeRow], label: str) -> dict[str, CodeRow]:
    """Return the codes of `base` (canonical value → row) with the changes made; `label` names the base.

    Raises BadCodeSetFile, with the line, when the base is not the release that the addenda amends: other
    counts, a Delete or Revise of a code that it lacks or holds with the other flag, an Add of one that it
    has.
    """
    _check_counts(name, addenda, base, addenda.before, f"release {label}")
    rows = dict(base)
    for action, row in addenda.changes:
        present = rows.get(row.value)
        if action == "Add":
            if present is not None:
                raise damaged(name, row.line, f"adds {row.value}, which release {label} already holds")
        elif present is None or present.billable != row.billable:
            raise damaged(name, row.line, f"{action} of {row.value}, not so in release {label}: another base?")
        if action == "Delete":
            del rows[row.value]
        elif action != "Revise from":
            rows[row.value] = row
    _check_counts(name, addenda, rows, addenda.after, "the result")
    wrong = misplaced({value: row.billable for value, row in rows.items()})
    if wrong is not None:
        lines = [r.line for _, r in addenda.changes if r.value[:3] == wrong[0][:3]]
        line = max(lines, default=addenda.closing_line)
        raise damaged(name, line, f"after the changes {wrong[0]} cannot stand: {wrong[1]}")
    return rows


def _check_counts(
    name: str, addenda: Addenda, rows: Mapping[str, CodeRow], stated: tuple[int, int], what: str
) -> None:
    billable = sum(row.billable for row in rows.values())
    if (len(rows) - billable, billable) != stated:
        raise damaged(
            name,
            addenda.closing_line,
            f"states {stated[0]} headers and {stated[1]} codes; "
            f"{what} has {len(rows) - billable} and {billable}: install the release that it amends first",
        )
