import pytest

from codesets.procedures.bounds import read_bounds


@pytest.mark.parametrize(
    ("written", "inside", "outside"),
    [("3", 3, 4), ("1.1-2.0", 2.0, 2.1), ("15-", 99, 14), ("-0.5", 0.2, 0.6)],
)
def test_bounds(written: str, inside: float, outside: float) -> None:
    bounds = read_bounds(written)
    assert bounds is not None
    assert bounds.holds(inside)
    assert not bounds.holds(outside)


def test_a_word_is_no_range() -> None:
    assert read_bounds("additional") is None
