"""Reads the details of procedures: the words of `details.tsv`, denied after 'no' or before 'was not'."""

from collections.abc import Sequence

from nlp.procedures.tables import detail_table
from nlp.procedures.types import Detail, ServiceReading

_DENIALS = frozenset(
    {"no", "not", "without", "denies", "never", "deferred", "negative", "nor", "going", "attempted", "unsuccessful"}
    | {"failed", "unable", "aborted", "declined", "refused"}
)
_DENIAL_REACH = 4
_DENIED_AFTER = frozenset({"was", "were", "is"})


def details_in(reading: ServiceReading, row: int) -> list[Detail]:
    """Return the details of a stretch."""
    stretch, folded = reading.stretches[row], reading.tokens.folded
    return [
        Detail(key, value, start, row, _is_denied(folded, stretch.first, start, end))
        for start, end, facts in detail_table().all_in(folded, stretch.first, stretch.last)
        for key, value in facts
    ]


def _is_denied(folded: Sequence[str], first: int, start: int, end: int) -> bool:
    """Tell whether a denial stands before a detail, or 'was not' after it."""
    if not _DENIALS.isdisjoint(folded[max(first, start - _DENIAL_REACH) : start]):
        return True
    after = folded[end : end + 2]
    return len(after) > 1 and after[0] in _DENIED_AFTER and after[1] == "not"
