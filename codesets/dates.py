"""The calendars of the official files and the days that their names state.

ICD-10-CM goes by fiscal years: year N runs from 1 October N-1 to 30 September N. HCPCS, CPT, fees and edits go by
calendar years and quarters.
"""

import re
from datetime import date

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"pprrvu(\d\d)(?!\d)|rvu(\d\d)[a-d](?![a-z])", re.IGNORECASE)
_QUARTER = re.compile(r"(?<![a-z])(jan|apr|jul|oct)(?:uary|il|y|ober)?(?![a-z])", re.IGNORECASE)
_FIRST_MONTHS = {"jan": 1, "apr": 4, "jul": 7, "oct": 10}
_US_DAY = re.compile(r"(?<!\d)(\d\d)-(\d\d)-(20\d\d)(?!\d)")
_NCCI_VERSION = re.compile(r"v(\d\d)([0-3])r")
_NCCI_YEAR_0 = 1994


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


def named_quarter(name: str) -> date | None:
    """Return the first day of the quarter that an official file's name states, January where it says the year alone.

    `HCPC2025_OCT_ANWEB.txt` is 2025-10-01, `PPRRVU26_JAN.csv` 2026-01-01. A name with two years states nothing.
    """
    years = {int(y) for y in _YEAR.findall(name)}
    years |= {2000 + int(a or b) for a, b in _SHORT_YEAR.findall(name)}
    month = _QUARTER.search(name.replace("_", " "))
    return date(years.pop(), _FIRST_MONTHS[month[1].lower()] if month else 1, 1) if len(years) == 1 else None


def ncci_quarter(name: str) -> date | None:
    """Return the first day of the quarter of an NCCI version in a name: `v321r0` is the second quarter of 2026."""
    found = _NCCI_VERSION.search(name)
    return date(_NCCI_YEAR_0 + int(found[1]), 3 * int(found[2]) + 1, 1) if found else None


def stated_day(name: str) -> date | None:
    """Return the day that a name states as MM-DD-YYYY (`Eff_01-01-2026`), or None."""
    found = _US_DAY.search(name)
    try:
        return date(int(found[3]), int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None
