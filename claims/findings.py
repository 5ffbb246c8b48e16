"""What an edit or the reader found, and the table that says how much it matters and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from claims.tables import rows


class Severity(StrEnum):
    """An error blocks export, a warning does not, info explains."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the edit `edit` holds; `where` says which part of the claim ('line 2', 'segment 14').

    Loop, segment and element are those of the edit's row where they are empty. `more` adds words to the message; no
    value of a field stands in any of them.
    """

    edit: str
    loop: str = ""
    segment: str = ""
    element: str = ""
    where: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as a biller reads it: how bad, where, what to do, and what it would become if it were sent."""

    id: str
    severity: Severity
    loop: str
    segment: str
    element: str
    message: str
    status_code: str
    likely_denial: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A row of the table of edits: what holds for each of its findings unless the hit says otherwise."""

    id: str
    severity: Severity
    loop: str
    segment: str
    element: str
    status_code: str
    likely_denial: str
    message: str


@cache
def edits() -> dict[str, Edit]:
    """Return every edit by id, in the table's order."""
    return {row[0]: Edit(row[0], Severity(row[1]), *row[2:]) for row in rows("edits")}


def finding_of(hit: Hit) -> Finding:
    """Return the finding that a hit is."""
    edit = edits()[hit.edit]
    message = ": ".join(filter(None, (hit.where, edit.message)))
    return Finding(
        edit.id,
        edit.severity,
        hit.loop or edit.loop,
        hit.segment or edit.segment,
        hit.element or edit.element,
        f"{message} ({hit.more})" if hit.more else message,
        edit.status_code,
        edit.likely_denial,
    )
