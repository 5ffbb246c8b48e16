"""The procedure-to-procedure edits of NCCI (`ccipra-…-f1.txt`, `ccioph-…`; CMS): pairs not paid together.

Between tabs: column 1, column 2, `*` where older than 1996, effective, deleted (`*` none), modifier (0 not allowed,
1 allowed, 9 not applicable), rationale. Six lines of notice and headings come first.
"""

import re
from array import array
from dataclasses import dataclass, field

from codesets.loaders.rows import damaged, numbered_lines

LINE = re.compile(
    r"([0-9A-Z]{5})[ ]*\t([0-9A-Z]{5})[ ]*\t[ ]*\*?[ ]*\t(\d{8})[ ]*\t[ ]*(\d{8}|\*)?[ ]*\t([019])[ ]*\t[ ]*(\S.*)"
)
_MOST_ABOVE = 20


@dataclass(slots=True)
class PtpEdits:
    """Pairs in parallel columns: `pairs` are both codes in one string, days are YYYYMMDD (`deleted` 0: none)."""

    pairs: list[str] = field(default_factory=list)
    effective: "array[int]" = field(default_factory=lambda: array("I"))
    deleted: "array[int]" = field(default_factory=lambda: array("I"))
    modifiers: "array[int]" = field(default_factory=lambda: array("B"))
    rationales: list[str] = field(default_factory=list)
    reasons: "array[int]" = field(default_factory=lambda: array("B"))


def read_ptp(name: str, data: bytes) -> PtpEdits:
    """Return the edits of a PTP text file, in its order.

    Raises BadCodeSetFile, with the line, on a line of another layout (the last of a truncated file), a pair that
    stands twice for one day, and column-1 codes out of order.
    """
    edits = PtpEdits()
    known: dict[str, int] = {}
    seen: set[tuple[str, int]] = set()
    column1 = ""
    for line, text in numbered_lines(name, data):
        found = LINE.fullmatch(text)
        if found is None:
            if edits.pairs or line > _MOST_ABOVE:
                raise damaged(name, line, "not a pair with its days, modifier and rationale (a truncated file?)")
            continue
        one, two, effective, deleted, modifier, rationale = found.groups()
        key = (one + two, int(effective))
        if key in seen:
            raise damaged(name, line, f"the pair {one}, {two} stands twice for one day")
        if one < column1:
            raise damaged(name, line, f"{one} stands after {column1}: the pairs are not in order (a mixed file?)")
        column1 = one
        seen.add(key)
        edits.pairs.append(key[0])
        edits.effective.append(key[1])
        edits.deleted.append(int(deleted) if deleted and deleted != "*" else 0)
        edits.modifiers.append(int(modifier))
        edits.reasons.append(known.setdefault(rationale.strip(), len(known)))
    if not edits.pairs:
        raise damaged(name, 1, "no pair in the file")
    edits.rationales = list(known)
    return edits
