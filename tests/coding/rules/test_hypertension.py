from tests.coding.rules.conftest import Rules, stands


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
