import pytest

from coding.visits.minutes import Spent, read_minutes
from tests.coding.visits.conftest import Scans


@pytest.mark.parametrize(
    ("text", "minutes", "spent"),
    [
        pytest.param("Total time today 32 minutes.", 32, Spent.TOTAL, id="total"),
        pytest.param("I spent 45 min on this visit.", 45, Spent.TOTAL, id="spent"),
        pytest.param("47 min total", 47, Spent.TOTAL, id="total behind"),
        pytest.param("Total time: 1 hour 10 minutes", 70, Spent.TOTAL, id="hours and minutes"),
        pytest.param("Total time thirty-five minutes.", 35, Spent.TOTAL, id="in words"),
        pytest.param("Total time 42min.", 42, Spent.TOTAL, id="joined"),
        pytest.param("Time spent on discharge: 38 min", 38, Spent.DISCHARGE, id="discharge"),
        pytest.param("D/C >30 min (42).", 42, Spent.DISCHARGE, id="exact in parentheses"),
        pytest.param("More than 30 minutes spent on discharge.", 31, Spent.DISCHARGE, id="more than"),
        pytest.param("Less than 30 minutes spent on discharge.", 29, Spent.DISCHARGE, id="less than"),
        pytest.param("Critical care time 40 min excl procedures", 40, Spent.CRITICAL, id="critical care"),
        pytest.param("Tobacco, 5 min counseling.", 5, Spent.TOBACCO, id="tobacco"),
        pytest.param("FIVE MINUTES SPENT ON CESSATION COUNSELING", 5, Spent.TOBACCO, id="tobacco in words"),
        pytest.param("Smoking cessation counseling 3-10 minutes.", 4, Spent.TOBACCO, id="the code's own band"),
        pytest.param("Advance care planning, 20 minutes.", 20, Spent.ACP, id="advance care planning"),
    ],
)
def test_minutes_and_what_they_went_to(scan: Scans, text: str, minutes: int, spent: Spent) -> None:
    found = read_minutes(scan(text))
    assert [(m.minutes, m.spent) for m in found] == [(minutes, spent)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Seizure lasting 5 minutes.", id="how long a seizure was"),
        pytest.param("Psychotherapy 20 minutes in addition to the visit.", id="billed by itself"),
        pytest.param("Walks 30 minutes a day.", id="exercise"),
        pytest.param("Morning stiffness 10 minutes.", id="a symptom"),
        pytest.param("Stable for 24 hours at discharge.", id="hours of the stay"),
    ],
)
def test_other_minutes_are_no_time_of_the_visit(scan: Scans, text: str) -> None:
    assert {m.spent for m in read_minutes(scan(text))} <= {Spent.OTHER}


def test_offsets_name_the_number_and_its_unit(scan: Scans) -> None:
    text = "Seen. Total time today 32 minutes."
    stated = read_minutes(scan(text))[0]
    assert text[stated.start : stated.end] == "32 minutes"
