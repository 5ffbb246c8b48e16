"""Which codes are part of which, by ranges of codes: the rows of `bundled.tsv`."""

from collections.abc import Sequence
from typing import NamedTuple

from codesets.procedures.types import Bundle


class Codes:
    """Codes and ranges of codes, as `44005|58660-58662`."""

    def __init__(self, written: str) -> None:
        parts = (x.partition("-") for x in written.split("|") if x)
        self.ranges = tuple((first, last or first) for first, _, last in parts)

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and any(first <= value <= last for first, last in self.ranges)


class PartOf(NamedTuple):
    """Codes that are part of each of others, and whether a modifier may set them apart."""

    parts: Codes
    of: Codes
    modifier_allowed: bool
    reason: str


class StarterBundles:
    """The pairs that were written for chartcoder."""

    source = "starter"

    def __init__(self, rows: Sequence[PartOf]) -> None:
        self._rows = tuple(rows)
        self._of_part: dict[str, tuple[PartOf, ...]] = {}

    def get(self, pair: tuple[str, str]) -> Bundle | None:
        """Return what holds for (first code, part of it), or None; of several rows the first."""
        whole, part = pair
        rows = self._of_part.get(part)
        if rows is None:
            rows = self._of_part[part] = tuple(row for row in self._rows if part in row.parts)
        row = next((row for row in rows if whole in row.of and whole not in row.parts), None)
        return None if row is None else Bundle(whole, part, row.modifier_allowed, row.reason)
