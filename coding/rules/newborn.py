"""The newborn: none of the mother's codes (I.C.15.a.1), chapter 16 in the first 28 days (I.C.16.a.1)."""

import re
from collections.abc import Iterator
from functools import cache

from codesets.types import dotted
from coding.rules.tables import by_prefix, codes_in, matching, rows
from coding.rules.types import Act, Change, Findings, Rule

_OPENING_CHARS = 300
_RECORD = re.compile(
    r"\b(?:newborn (?:\w+ )?(?:nursery|discharge|record|admission|history|h&p|note|summary|progress)"
    r"|(?:newborn |well[- ]baby )nursery|nicu|neonatal|neonatology|dol \d|day of life \d)\b",
    re.IGNORECASE,
)
_FIRST_DAYS = re.compile(
    r"\b(?:[1-9]|1\d|2[0-8])[- ]days?[- ]old|\b(?:[1-3]|one|two|three)[- ]weeks?[- ]old"
    r"|\b(?:newborn|neonat\w+|nicu)\b|\bday of life \d|\bdol ?#?\d",
    re.IGNORECASE,
)
_MOTHERS = ("O", "Z34", "Z3A", "Z37", "Z39", "Z331")


def _record(findings: Findings) -> Iterator[Change]:
    if not findings.starting("Z38") and not _RECORD.search(findings.note.text[:_OPENING_CHARS]):
        return
    own = [v for v in sorted(findings.codes) if not v.startswith(_MOTHERS)]
    mothers = tuple(findings.starting(*_MOTHERS))
    if own and mothers:
        yield Change(own[0], "the record is the newborn's, not the mother's", (), mothers)


def _first_days(findings: Findings) -> Iterator[Change]:
    if findings.note.patient.age != 0 or not _FIRST_DAYS.search(findings.note.text[:_OPENING_CHARS]):
        return
    for value, code in matching(_conditions(), findings.codes):
        if code in findings.release:
            yield Change(code, f"{dotted(value)} in the first 28 days is {dotted(code)}", (value,), (value,))


@cache
def _conditions() -> dict[str, list[tuple[int, str]]]:
    return by_prefix((codes_in(found), codes_in(code)[0]) for found, code, _ in rows("newborn.tsv", 3))


NEWBORN = Rule(
    "newborn.record",
    "I.C.15.a.1",
    "A newborn's record holds no codes of the mother's pregnancy.",
    _record,
    acts=(Act.SUPPRESS,),
)
FIRST_DAYS = Rule(
    "newborn.first_days",
    "I.C.16.a.1",
    "A condition of the first 28 days takes its chapter 16 code.",
    _first_days,
    acts=(Act.REPLACE,),
)
