"""Codes that lost their billable status on a known day, for releases that do not reach that day.

Source: the official order addenda. A code that became a header is followed by the billable codes now below
it; a code that vanished, by those that say the same in the new release.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class RetiredCode:
    """A canonical code, its first day without billable status, the canonical codes to choose from."""

    value: str
    retired_on: date
    successors: tuple[str, ...]


@cache
def retired_codes() -> dict[str, RetiredCode]:
    """Return the facts of `codesets/data/retired.tsv` by canonical code."""
    text = (files("codesets") / "data" / "retired.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line and not line.startswith("#")]
    return {
        code: RetiredCode(code, date.fromisoformat(day), tuple(successors.split("|")))
        for code, day, successors in rows
    }
