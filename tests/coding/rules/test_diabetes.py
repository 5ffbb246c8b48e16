from tests.coding.rules.conftest import Rules, why_gone


def test_the_finding_and_the_general_code_show_what_took_them_in(ruled: Rules) -> None:
    assert why_gone(ruled("E11.9. G62.9")) == {"E11.9": ("combined", "E11.42"), "G62.9": ("combined", "E11.42")}


def test_the_evidence_is_that_of_both(ruled: Rules) -> None:
    made = next(c for c in ruled("E11.9. R73.9").candidates)
    assert [e.text for e in made.evidence] == ["E11.9", "R73.9"]
