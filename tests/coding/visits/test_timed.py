import pytest

from coding.visits.minutes import read_minutes
from coding.visits.timed import counselling, discharge_day, neonatal_day, prolonged
from tests.coding.visits.conftest import Scans


def test_advance_care_planning_by_its_minutes(scan: Scans) -> None:
    short, enough, long = (scan(f"Advance care planning with patient, {n} minutes.") for n in ("10", "20", "50"))
    assert counselling(short, read_minutes(short)) == []
    assert [x.code for x in counselling(enough, read_minutes(enough))] == ["99497"]
    assert [x.code for x in counselling(long, read_minutes(long))] == ["99497", "99498"]


def test_a_nursing_home_has_its_own_discharge_codes(scan: Scans) -> None:
    found = scan("Time spent on discharge 40 minutes.")
    assert discharge_day(found, read_minutes(found), in_facility=True).code == "99316"
    assert discharge_day(found, [], in_facility=True).code == "99315"


@pytest.mark.parametrize(
    ("text", "is_initial", "code"),
    [
        ("NICU note. Intubated on HFOV.", True, "99468"),
        ("NICU note. Intubated on HFOV.", False, "99469"),
        ("NICU note. Not intubated, room air, 1400 g.", False, "99478"),
        ("NICU note. Room air, 2100 g.", False, "99479"),
        ("NICU note. Room air.", True, "99477"),
    ],
)
def test_a_day_of_the_intensive_care_nursery(scan: Scans, text: str, is_initial: bool, code: str) -> None:
    assert neonatal_day(scan(text), (), is_initial=is_initial).code == code


def test_prolonged_time_needs_the_highest_level_and_a_quarter_hour(scan: Scans) -> None:
    found = scan("Total time today 54 minutes.")
    total = read_minutes(found)[0]
    assert prolonged(found, "99215", total) is None
    assert prolonged(found, "99214", total) is None
    more = scan("Total time today 55 minutes.")
    line = prolonged(more, "99215", read_minutes(more)[0])
    assert line is not None
    assert (line.code, line.units) == ("99417", 1)
