from tests.coding.rules.conftest import Rules, why_gone


def test_the_symptom_shows_its_diagnosis(ruled: Rules) -> None:
    outcome = ruled("hpi: R07.9\nI21.4")
    assert why_gone(outcome) == {"R07.9": ("integral_symptom", "I21.4")}
    assert outcome.suppressed[0].guideline == "I.B.5"
    assert "R07.9" in outcome.candidates[0].why[-1].detail
