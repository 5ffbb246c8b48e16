import pytest

from tests.coding.rules.conftest import Rules, stands

CASES = [
    ("A41.9 due to E. coli", "A41.51", "sepsis takes its organism"),
    ("A41.9 with methicillin resistant Staphylococcus", "A41.02", "methicillin resistant"),
    ("J18.9, Klebsiella", "J15.0", "pneumonia takes its organism"),
    ("N39.0 due to E. coli", "B96.20 N39.0", "an infection that asks for an additional code"),
    ("L03.116 from methicillin sensitive staph", "B95.61 L03.116", "cellulitis with its organism"),
    ("N17.9 due to A41.9", "A41.9 N17.9 R65.20", "organ dysfunction due to sepsis is severe sepsis"),
    ("G93.41 secondary to A41.51", "A41.51 G93.41 R65.20", "encephalopathy likewise"),
    ("A41.9 from MSSA with N17.9", "A41.9 N17.9 R65.20", "with it"),
    ("R65.21", "A41.9 R65.21", "septic shock asks for its sepsis"),
    # must not fire
    ("A41.9, N17.9", "A41.9 N17.9", "side by side"),
    ("A41.9", "A41.9", "no organism named"),
    ("N39.0, E. coli negative", "N39.0", "the organism is denied"),
    ("N39.0\nplan: Klebsiella", "N39.0", "an organism named elsewhere"),
    ("I10, Klebsiella", "I10", "no infection"),
    ("N17.9. A41.9", "A41.9 N17.9", "no link is named"),
    ("N17.9 due to A41.9. R65.21", "A41.9 N17.9 R65.21", "shock says it already"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_infection(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())


def test_severe_sepsis_that_the_note_negates_is_not_made(ruled: Rules) -> None:
    assert "R65.20" not in stands(ruled("N17.9 due to A41.9", denied=("R65.20",)))
