"""The HCPCS Level II file of CMS (`HCPC…_ANWEB.txt`, fixed width): codes, modifiers and their dates.

Columns, 1-based: 1-5 code (a modifier stands in 4-5), 6-10 sequence, 11 record (3 code, 4 its continuation,
7 modifier, 8 its continuation), 12-91 long, 92-119 short, 269-276 added, 277-284 effective, 285-292 terminated,
293 action. Disclaimers come first; the last column is filled in every record, so that a cut shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from codesets.loaders.rows import damaged, numbered_lines

LINE = re.compile(r"(?:[A-Z][0-9]{4}|   [0-9A-Z]{2})[0-9]{5}[3478]")
CODE = re.compile(r"[A-CE-V][0-9]{4}\Z")
MODIFIER = re.compile(r"[0-9A-Z]{2}\Z")
_CONTINUES = {"4": "3", "8": "7"}


@dataclass(frozen=True, slots=True)
class HcpcsRow:
    """A code or a modifier with its official words and days; `effective` is that of its last change."""

    value: str
    is_modifier: bool
    long: str
    short: str
    added: date
    effective: date | None
    terminated: date | None
    line: int


@dataclass(frozen=True, slots=True)
class HcpcsRecord:
    """One record as a file holds it, in text or in a workbook."""

    line: int
    value: str
    record: str
    long: str
    short: str
    added: str
    effective: str
    terminated: str


def read_hcpcs(name: str, data: bytes) -> list[HcpcsRow]:
    """Return the codes and modifiers of an ANWEB text file, in its order.

    Raises BadCodeSetFile, with the line, when a line has another layout, a record is cut short, a continuation
    follows another code, a code stands twice or is a D code (those are the ADA's), or a date is none.
    """
    return joined(name, _records(name, data))


def joined(name: str, records: Iterator[HcpcsRecord]) -> list[HcpcsRow]:
    """Return the rows that records make with their continuations; raises BadCodeSetFile like `read_hcpcs`."""
    rows: dict[tuple[bool, str], HcpcsRow] = {}
    last: tuple[bool, str] | None = None
    for record in records:
        key = (record.record in "78", record.value)
        if record.record in _CONTINUES:
            if key != last:
                raise damaged(name, record.line, f"continues {record.value}, which does not stand before it")
            rows[key] = replace(rows[key], long=" ".join(f"{rows[key].long} {record.long}".split()))
            continue
        if key in rows:
            raise damaged(name, record.line, f"{record.value} already stands on line {rows[key].line}")
        rows[key] = _row(name, record)
        last = key
    if not rows:
        raise damaged(name, 1, "no code in the file")
    return list(rows.values())


def _records(name: str, data: bytes) -> Iterator[HcpcsRecord]:
    begun, previous = False, ("", 0)
    for line, text in numbered_lines(name, data):
        if not LINE.match(text):
            if begun:
                raise damaged(name, line, "not a record of a HCPCS file: code, sequence, record in columns 1-11")
            continue
        begun = True
        value, sequence, record = text[:5].strip(), int(text[5:10]), text[10]
        if record in _CONTINUES and (value, sequence - 100) != previous:
            raise damaged(name, line, f"the continuation of {value} is out of sequence")
        if record not in _CONTINUES and len(text) < 293:
            raise damaged(name, line, "the record is cut short (a truncated file?)")
        previous = (value, sequence)
        days = (text[at : at + 8].strip() for at in (268, 276, 284))
        yield HcpcsRecord(line, value, record, text[11:91].strip(), text[91:119].strip(), *days)


def _row(name: str, record: HcpcsRecord) -> HcpcsRow:
    is_modifier = record.record == "7"
    if record.value.startswith("D") and not is_modifier:
        raise damaged(name, record.line, f"{record.value} is a dental code of the ADA, which is never installed")
    if not (MODIFIER if is_modifier else CODE).match(record.value):
        raise damaged(name, record.line, "not shaped like a HCPCS Level II code or modifier")
    if not record.long:
        raise damaged(name, record.line, f"{record.value} has no description")
    added = day_of(name, record.line, record.added)
    if added is None:
        raise damaged(name, record.line, f"{record.value} has no date on which it was added")
    return HcpcsRow(
        record.value,
        is_modifier,
        " ".join(record.long.split()),
        " ".join(record.short.split()),
        added,
        day_of(name, record.line, record.effective),
        day_of(name, record.line, record.terminated),
        record.line,
    )


def day_of(name: str, line: int, text: str) -> date | None:
    """Return the day that YYYYMMDD spells, None where the field is blank; raises BadCodeSetFile otherwise."""
    if not text:
        return None
    try:
        if len(text) != 8 or not text.isdigit():
            raise ValueError
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise damaged(name, line, "a date field does not hold a day as YYYYMMDD") from None
