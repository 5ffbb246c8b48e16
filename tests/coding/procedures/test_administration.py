"""Giving drugs: what comes first, how long, how often."""

import pytest

from nlp.types import Setting
from tests.conftest import Suggests

HEAD = "Infusion visit.\nAssessment: on treatment, tolerating well.\nGiven today:\n"


def lines(suggest: Suggests, text: str, setting: Setting = Setting.OUTPATIENT) -> dict[str, int | None]:
    answer = suggest(HEAD + text, setting)
    return {s.code.display: s.units for s in answer.suggestions if s.code.value[:2] == "96"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Infliximab 400 mg IV infused over 2 hours.", {"96413": 1, "96415": 1}, id="a biologic"),
        pytest.param("Iron sucrose 200 mg IV infused over 40 minutes.", {"96365": 1}, id="another drug"),
        pytest.param("Iron sucrose 200 mg in 100 mL from 1:10 to 1:47 p.m.", {"96365": 1}, id="by the clock"),
        pytest.param("Ketorolac 30 mg IV push.", {"96374": 1}, id="a push"),
        pytest.param("Iron sucrose 200 mg IV infused over 10 minutes.", {"96374": 1}, id="too short for a drip"),
        pytest.param(
            "Carboplatin 450 mg IV over 60 minutes.\nPalonosetron 0.25 mg IV push.",
            {"96413": 1, "96375": 1},
            id="chemotherapy comes first",
        ),
        pytest.param("Ketorolac 60 mg IM.\nCeftriaxone 1 g IM.", {"96372": 2}, id="two shots"),
        pytest.param("Fulvestrant 500 mg IM.", {"96402": 1}, id="a hormone"),
    ],
)
def test_lines(suggest: Suggests, text: str, expected: dict[str, int]) -> None:
    assert lines(suggest, text) == expected


def test_a_drip_without_times_is_a_push_and_asks(suggest: Suggests) -> None:
    answer = suggest(HEAD + "Iron sucrose 200 mg IVPB.")
    (line,) = [s for s in answer.suggestions if s.code.value == "96374"]
    assert [p.rule for p in line.prompts] == ["procedure.stop_time"]


def test_a_hospital_bills_no_administration_to_the_physician(suggest: Suggests) -> None:
    assert lines(suggest, "Ketorolac 30 mg IV push.", Setting.ED) == {}


def test_what_is_taken_at_home_is_not_given(suggest: Suggests) -> None:
    assert lines(suggest, "Methotrexate 25 mg SC weekly at home.") == {}
