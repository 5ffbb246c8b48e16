from tests.coding.rules.conftest import Rules, stands


def test_severe_sepsis_that_the_note_negates_is_not_made(ruled: Rules) -> None:
    assert "R65.20" not in stands(ruled("N17.9 due to A41.9", denied=("R65.20",)))
