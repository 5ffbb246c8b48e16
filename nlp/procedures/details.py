"""Reads the details of procedures: the words of `details.tsv`, denied after 'no' or 'without'."""

from nlp.procedures.tables import detail_table
from nlp.procedures.types import Detail, ServiceReading

_DENIALS = frozenset({"no", "not", "without", "denies", "never", "deferred", "negative", "nor"})
_DENIAL_REACH = 4


def details_in(reading: ServiceReading, row: int) -> list[Detail]:
    """Return the details of a stretch."""
    stretch, folded = reading.stretches[row], reading.tokens.folded
    return [
        Detail(
            key, value, start, row, not _DENIALS.isdisjoint(folded[max(stretch.first, start - _DENIAL_REACH) : start])
        )
        for start, _, facts in detail_table().all_in(folded, stretch.first, stretch.last)
        for key, value in facts
    ]
