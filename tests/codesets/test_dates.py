from datetime import date

import pytest

from codesets.dates import (
    fiscal_end,
    fiscal_start,
    fiscal_year,
    named_date,
    named_quarter,
    ncci_quarter,
    stated_day,
)


@pytest.mark.parametrize(
    ("name", "day", "reason"),
    [
        ("icd10cm_order_2027.txt", date(2026, 10, 1), "a fiscal year"),
        ("icd10cm-codes-April-2026.txt", date(2026, 4, 1), "the mid-year update"),
        ("icd10c-tabular-April-1-2026.xml", date(2026, 4, 1), "a day in the name"),
        ("2027-code-descriptions.zip", date(2026, 10, 1), "the year first"),
        ("order-2026-2027.txt", None, "two years"),
        ("icd10cm_order.txt", None, "no year"),
        ("export20271001.txt", None, "digits that run on are no year"),
    ],
)
def test_named_date(name: str, day: date | None, reason: str) -> None:
    assert named_date(name) == day, reason


def test_fiscal_years() -> None:
    assert [fiscal_year(date(2026, 9, 30)), fiscal_year(date(2026, 10, 1))] == [2026, 2027]
    assert (fiscal_start(2027), fiscal_end(date(2027, 4, 1))) == (date(2026, 10, 1), date(2027, 9, 30))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("HCPC2019_CONTR_ANWEB.txt", date(2019, 1, 1)),
        ("HCPC2025_OCT_ANWEB.txt", date(2025, 10, 1)),
        ("2019-Alpha-Numeric-HCPCS-File.zip", date(2019, 1, 1)),
        ("april-2026-alpha-numeric-hcpcs-file.zip", date(2026, 4, 1)),
        ("PPRRVU26_JUL.csv", date(2026, 7, 1)),
        ("PPRRVU2026_Jan_nonQPP.csv", date(2026, 1, 1)),
        ("LONGULT.txt", None),
        ("2025-2026.txt", None),
    ],
)
def test_quarters_in_names(name: str, day: date | None) -> None:
    assert named_quarter(name) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("ccipra-v320r0-f1.txt", date(2026, 1, 1)),
        ("ccioph-v313r1-f4.txt", date(2025, 10, 1)),
        ("ccipra-f1.txt", None),
    ],
)
def test_versions_of_ncci(name: str, day: date | None) -> None:
    assert ncci_quarter(name) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [("Eff_04-01-2026.csv", date(2026, 4, 1)), ("Eff_13-01-2026.csv", None), ("Eff.csv", None)],
)
def test_days_in_names(name: str, day: date | None) -> None:
    assert stated_day(name) == day
