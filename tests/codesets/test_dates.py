from datetime import date

import pytest

from codesets.dates import fiscal_end, fiscal_start, fiscal_year, named_date


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
