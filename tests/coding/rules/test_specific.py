from tests.coding.rules.conftest import Rules, why_gone


def test_because_names_a_code_that_stands(ruled: Rules) -> None:
    assert why_gone(ruled("E11.9. E11.21. N18.31"))["E11.9"] == ("combined", "E11.22")
