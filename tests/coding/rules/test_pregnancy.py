import pytest

from coding.rules.gestation import find_weeks
from coding.types import Evidence
from nlp.types import Note, Patient, Sex
from tests.coding.rules.conftest import Rules, stands
from tests.conftest import DAY


def test_a_man_is_not_pregnant(ruled: Rules) -> None:
    assert stands(ruled("Z34.90 at 22w3d. D50.9", patient=Patient(sex=Sex.MALE))) == {"D50.9", "Z34.90"}


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        pytest.param("IUP at 32w2d", 32, id="weeks and days"),
        pytest.param("12 weeks gestation", 12, id="words"),
        pytest.param("28 weeks pregnant", 28, id="pregnant"),
        pytest.param("GA 39w", 39, id="gestational age"),
        pytest.param("24 4/7 weeks", 24, id="sevenths"),
        pytest.param("12w4d, at 12w4d, last seen at 8w1d", 12, id="the most frequent"),
        pytest.param("took it for 6 weeks", None, id="a duration"),
        pytest.param("return in 4 weeks", None, id="a plan"),
        pytest.param("50w1d", None, id="no such pregnancy"),
    ],
)
def test_weeks(text: str, weeks: int | None) -> None:
    found = find_weeks(Note(text, DAY), [Evidence(0, 1, text[:1], "hpi")])
    assert (found[0] if found else None) == weeks
    assert found is None or text[found[1].start : found[1].end] == found[1].text
