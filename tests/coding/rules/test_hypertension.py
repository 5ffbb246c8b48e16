import pytest

from tests.coding.rules.conftest import Rules, stands

CASES = [
    ("I10. I50.9", "I11.0 I50.9", "heart failure is presumed hypertensive"),
    ("I10. I50.23", "I11.0 I50.23", "the type of heart failure stays"),
    ("pmh: I10\nI50.32", "I11.0 I50.32", "hypertension from the history list is current"),
    ("I10. N18.31", "I12.9 N18.31", "kidney disease, stages 1 to 4"),
    ("I10. N18.9", "I12.9 N18.9", "kidney disease of unspecified stage"),
    ("I10. N18.5", "I12.0 N18.5", "stage 5"),
    ("I10. N18.6", "I12.0 N18.6", "end stage"),
    ("I10. I50.9. N18.32", "I13.0 I50.9 N18.32", "heart failure and kidney disease: all in one"),
    ("I10. I50.9. N18.6", "I13.2 I50.9 N18.6", "heart failure and end stage"),
    ("I12.9. I50.9. N18.4", "I13.0 I50.9 N18.4", "the combination of two becomes that of three"),
    ("I11.0. I50.9. N18.4", "I13.0 I50.9 N18.4", "the same from the heart's side"),
    ("I10. I51.89", "I11.9 I51.89", "heart disease of I51"),
    ("I10. I51.89. N18.4", "I13.10 I51.89 N18.4", "heart disease without failure, and kidney disease"),
    ("I10. I51.89. N18.6", "I13.11 I51.89 N18.6", "the same with end stage"),
    ("N18.31 due to E11.9. I10", "I12.9 N18.31 E11.22", "kidney disease of diabetes is presumed hypertensive too"),
    ("I11.0. I50.9. N18.4", "I13.0 I50.9 N18.4", "hypertensive heart failure with kidney disease"),
    ("I11.9. N18.4", "I13.10 N18.4", "hypertensive heart disease with kidney disease"),
    # must not fire
    ("I10", "I10", "hypertension alone"),
    ("I50.9. N18.4", "I50.9 N18.4", "no hypertension"),
    ("I10. N17.9", "I10 N17.9", "acute kidney injury is not chronic kidney disease"),
    ("I50.9 due to I42.6. I10", "I10 I42.6 I50.9", "the note names another cause of the heart failure"),
    ("N18.4 secondary to Q61.2. I10", "I10 N18.4 Q61.2", "the note names another cause of the kidney disease"),
    ("N18.31 not due to I10", "I10 N18.31", "the note denies the link"),
    ("I10 is unrelated to N18.31", "I10 N18.31", "the note denies the link the other way round"),
    ("I10. I25.10", "I10 I25.10", "coronary disease is not among the codes"),
    ("R03.0. I50.9", "R03.0 I50.9", "a reading is not a diagnosis"),
    ("I15.0. N18.4", "I15.0 N18.4", "secondary hypertension has a cause"),
    ("I10\nimaging: I51.7", "I10 I51.7", "a large heart on a film alone is no heart disease"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_hypertension(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())


def test_the_dropped_code_names_what_took_it_in(ruled: Rules) -> None:
    outcome = ruled("I10. I50.9. N18.32")
    (gone,) = outcome.suppressed
    assert (gone.code.display, gone.reason.value, gone.because, gone.guideline) == (
        "I10",
        "combined",
        "I13.0",
        "I.C.9.a",
    )
    made = next(c for c in outcome.candidates if c.code.display == "I13.0")
    assert [e.text for e in made.evidence] == ["I10", "I50.9", "N18.32"]
    assert made.why[-1].step == "hypertension.with"


def test_a_code_that_the_note_negates_is_not_made(ruled: Rules) -> None:
    assert stands(ruled("I10. I50.9", denied=("I11.0",))) == {"I10", "I50.9"}
