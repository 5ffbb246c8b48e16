"""The record of a newborn holds no codes of the mother's pregnancy (I.C.15.a.1)."""

import re
from collections.abc import Iterator

from coding.rules.types import Act, Change, Findings, Rule

_OPENING_CHARS = 300
_RECORD = re.compile(
    r"\b(?:newborn (?:\w+ )?(?:nursery|discharge|record|admission|history|h&p|note|summary|progress)"
    r"|(?:newborn |well[- ]baby )nursery|nicu|neonatal|neonatology|dol \d|day of life \d)\b",
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


NEWBORN = Rule(
    "newborn.record",
    "I.C.15.a.1",
    "A newborn's record holds no codes of the mother's pregnancy.",
    _record,
    acts=(Act.SUPPRESS,),
)
