from datetime import date

import pytest

from coding.visits.level import Elements, decide, level_of_minutes, runner_up
from coding.visits.types import Basis, Complexity, Element, Family
from nlp.types import PatientStatus

S, L, M, H = Complexity
DAY = date(2026, 1, 5)
ESTABLISHED, NEW = PatientStatus.ESTABLISHED, PatientStatus.NEW


def elements(problems: Complexity, data: Complexity, risk: Complexity) -> Elements:
    return Elements(Element(problems, "the problems"), Element(data, "the data"), Element(risk, "the risk"))


@pytest.mark.parametrize(
    ("levels", "level"),
    [((M, S, M), M), ((M, S, L), L), ((H, S, S), S), ((H, M, H), H), ((L, L, L), L), ((S, H, M), M)],
)
def test_two_of_three_elements_reach_the_level(
    levels: tuple[Complexity, Complexity, Complexity], level: Complexity
) -> None:
    assert decide(elements(*levels), None, None).level is level


@pytest.mark.parametrize(
    ("stated", "level", "doubts"),
    [
        pytest.param(M, M, False, id="the note agrees"),
        pytest.param(L, L, True, id="the note states less: less"),
        pytest.param(H, M, True, id="the note states more than anything shows: what shows"),
    ],
)
def test_a_stated_level_never_raises_without_support(stated: Complexity, level: Complexity, doubts: bool) -> None:
    decision = decide(elements(M, S, M), stated, None)
    assert (decision.level, decision.doubt is not None) == (level, doubts)


def test_a_stated_level_settles_what_one_element_reaches() -> None:
    decision = decide(elements(M, S, L), M, None)
    assert decision.level is M
    assert "problems" in str(decision.doubt)


def test_time_counts_where_it_reaches_more() -> None:
    assert decide(elements(L, S, L), None, M).basis is Basis.TIME
    assert decide(elements(M, S, M), None, L).basis is Basis.MDM


@pytest.mark.parametrize(
    ("family", "minutes", "status", "day", "level"),
    [
        (Family.OFFICE, 40, ESTABLISHED, DAY, H),
        (Family.OFFICE, 39, ESTABLISHED, DAY, M),
        (Family.OFFICE, 9, ESTABLISHED, DAY, None),
        (Family.OFFICE, 45, NEW, DAY, M),
        (Family.OFFICE, 54, ESTABLISHED, date(2022, 3, 1), H),
        (Family.HOSPITAL_SUBSEQUENT, 50, None, DAY, H),
        (Family.FACILITY_INITIAL, 45, None, DAY, M),
        (Family.FACILITY_INITIAL, 45, None, date(2023, 3, 1), H),
        (Family.ED, 90, None, DAY, None),
        (Family.OFFICE, None, ESTABLISHED, DAY, None),
    ],
)
def test_minutes_by_family_and_day(
    family: Family, minutes: int | None, status: PatientStatus | None, day: date, level: Complexity | None
) -> None:
    assert level_of_minutes(family, minutes, status, day) is level


def test_the_runner_up_is_what_one_fact_more_would_reach() -> None:
    found = elements(M, S, L)
    beside = runner_up(Family.OFFICE, found, decide(found, None, None), ESTABLISHED, DAY)
    assert beside is not None
    assert beside.code == "99214"
    assert beside.fact.startswith("risk: prescription drug management")


def test_where_one_fact_does_not_suffice_the_runner_up_is_the_level_below() -> None:
    found = elements(M, S, M)
    beside = runner_up(Family.OFFICE, found, decide(found, None, None), ESTABLISHED, DAY)
    assert beside is not None
    assert beside.code == "99213"
    assert "without" in beside.fact


def test_a_level_by_time_falls_with_the_minutes() -> None:
    found = elements(S, S, S)
    beside = runner_up(Family.OFFICE, found, decide(found, None, M), ESTABLISHED, DAY)
    assert beside is not None
    assert (beside.code, beside.fact) == ("99213", "time: fewer than 30 minutes")
