from datetime import date

import pytest

from coding.visits.codes import code_for_age, code_of, is_supported, least_minutes
from coding.visits.types import Complexity, Family
from nlp.types import PatientStatus

S, L, M, H = Complexity


@pytest.mark.parametrize(
    ("family", "level", "status", "code"),
    [
        ("office-visit", S, PatientStatus.ESTABLISHED, "99212"),
        ("office-visit", H, PatientStatus.NEW, "99205"),
        ("ed-visit", L, None, "99283"),
        ("hospital-initial", S, None, "99221"),
        ("hospital-initial", M, None, "99222"),
        ("hospital-subsequent", H, None, "99233"),
        ("consult-outpatient", M, None, "99244"),
        ("home-visit", M, PatientStatus.NEW, "99344"),
    ],
)
def test_code_of_a_level(family: str, level: Complexity, status: PatientStatus | None, code: str) -> None:
    found = code_of(family, level, status)
    assert found is not None
    assert found.code.value == code


def test_an_unknown_family_has_no_code() -> None:
    assert code_of("no-such-family", M) is None


@pytest.mark.parametrize(
    ("family", "age", "code"),
    [
        ("preventive-new", 0, "99381"),
        ("preventive-established", 1, "99392"),
        ("preventive-established", 17, "99394"),
        ("preventive-established", 46, "99396"),
        ("preventive-new", 80, "99387"),
    ],
)
def test_preventive_codes_go_by_age(family: str, age: int, code: str) -> None:
    found = code_for_age(family, age)
    assert found is not None
    assert found.code.value == code


def test_families_are_supported_from_their_reform_on() -> None:
    assert is_supported(Family.OFFICE, date(2021, 1, 1))
    assert not is_supported(Family.OFFICE, date(2020, 12, 31))
    assert is_supported(Family.ED, date(2023, 1, 1))
    assert not is_supported(Family.ED, date(2022, 12, 31))


def test_least_minutes_of_a_day() -> None:
    assert least_minutes("99214", date(2026, 1, 1)) == 30
    assert (least_minutes("99306", date(2023, 6, 1)), least_minutes("99306", date(2024, 6, 1))) == (45, 50)
