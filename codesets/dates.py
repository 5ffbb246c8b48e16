"""Fiscal years, the calendar of ICD-10-CM: year N runs from 1 October N-1 to 30 September N."""

import re
from datetime import date

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def fiscal_year(day: date) -> int:
    """Return the fiscal year that holds `day`."""
    return day.year + (day.month >= 10)


def fiscal_start(year: int) -> date:
    """Return the first day of a fiscal year."""
    return date(year - 1, 10, 1)


def fiscal_end(day: date) -> date:
    """Return the last day of the fiscal year that holds `day`."""
    return date(fiscal_year(day), 9, 30)


def named_date(name: str) -> date | None:
    """Return the first day in force that an official file's name states, or None.

    `icd10cm_order_2027.txt` is fiscal year 2027 (2026-10-01); `icd10cm-codes-April-2026.txt` is the mid-year
    update of 2026-04-01. A name with two different years states nothing.
    """
    years = {int(y) for y in _YEAR.findall(name)}
    if len(years) != 1:
        return None
    year = years.pop()
    return date(year, 4, 1) if "april" in name.lower() else fiscal_start(year)
