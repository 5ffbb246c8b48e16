"""Whether a file of procedure codes is whole: one that was cut off at a line end looks well formed."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from codesets.loaders.hcpcs import HcpcsRow
from codesets.loaders.rows import damaged

HCPCS_LETTERS = frozenset("ABCEGHJKLMPQRSTV")
HCPCS_LAST = "V5364"
LEAST_CODES, LEAST_MODIFIERS = 5_000, 250
KNOWN_SHARE = 0.9
_NEAR = timedelta(days=200)


def check_hcpcs(name: str, rows: Sequence[HcpcsRow], starts: date) -> None:
    """Raise BadCodeSetFile, with the last line, unless the rows can be a whole HCPCS file of about that day.

    Every file holds codes of all letters up to the speech services V5362 to V5364, thousands of codes and hundreds
    of modifiers, and its latest change took effect near its first day.
    """
    last = rows[-1]
    codes = {row.value for row in rows if not row.is_modifier}
    modifiers = sum(row.is_modifier for row in rows)
    missing = HCPCS_LETTERS - {value[0] for value in codes}
    if missing:
        raise damaged(name, last.line, f"no code begins with {min(missing)}: truncated?")
    if max(codes) < HCPCS_LAST:
        raise damaged(name, last.line, f"the file ends before {HCPCS_LAST}: truncated?")
    if len(codes) < LEAST_CODES or modifiers < LEAST_MODIFIERS:
        raise damaged(name, last.line, f"{len(codes)} codes and {modifiers} modifiers are no whole file: truncated?")
    newest = max(rows, key=lambda row: latest_day(row))
    if abs(latest_day(newest) - starts) > _NEAR:
        day = latest_day(newest)
        raise damaged(name, newest.line, f"the latest change is of {day}, no file of {starts} (a swapped file?)")


def latest_day(row: HcpcsRow) -> date:
    """Return the day of a code's last change."""
    return max(row.added, row.effective or row.added)


def check_known(name: str, last_line: int, values: Collection[str], expected: Collection[str]) -> None:
    """Raise BadCodeSetFile, with the last line, unless nearly all codes that every such file holds are there."""
    missing = sorted(set(expected) - set(values))
    if len(expected) - len(missing) < KNOWN_SHARE * len(expected):
        raise damaged(
            name,
            last_line,
            f"{len(missing)} common codes are missing, {missing[0]} first: truncated?",
        )


def check_against_former(name: str, last_line: int, rows: int, former: int) -> None:
    """Raise BadCodeSetFile, with the last line, where a table has lost more than a tenth of the former one's rows."""
    if rows < KNOWN_SHARE * former:
        raise damaged(name, last_line, f"{rows:,} rows where the installed release has {former:,}: truncated?")
