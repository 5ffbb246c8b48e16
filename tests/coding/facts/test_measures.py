import pytest

from coding.facts.measures import birth_weight_code, body_mass_code, body_mass_percentile_code, preterm_code


@pytest.mark.parametrize(
    ("value", "code"),
    [(19.9, "Z681"), (20.0, "Z6820"), (39.9, "Z6839"), (40.0, "Z6841"), (49.9, "Z6842"), (70.0, "Z6845")],
)
def test_body_mass(value: float, code: str) -> None:
    assert body_mass_code(value) == code


@pytest.mark.parametrize(("value", "code"), [(4, "Z6851"), (5, "Z6852"), (85, "Z6853"), (95, "Z6854")])
def test_percentile(value: float, code: str) -> None:
    assert body_mass_percentile_code(value) == code


@pytest.mark.parametrize(
    ("weeks", "code"), [(22, "P0721"), (23, "P0722"), (27, "P0726"), (28, "P0731"), (36, "P0739")]
)
def test_preterm(weeks: int, code: str) -> None:
    assert preterm_code(weeks) == code


@pytest.mark.parametrize(
    ("grams", "code"),
    [(480, "P0701"), (999, "P0703"), (1000, "P0714"), (1999, "P0717"), (2499, "P0718"), (2500, None)],
)
def test_birth_weight(grams: int, code: str | None) -> None:
    assert birth_weight_code(grams) == code
