import pytest

from tests.coding.rules.conftest import Rules, stands

CASES = [
    ("Newborn nursery discharge. P59.9. O24.414", "P59.9", "a newborn's record"),
    ("NICU note at 31w2d. P22.0. Z3A.31", "P22.0", "its weeks are no pregnancy"),
    ("Z38.00. O24.414", "Z38.00", "a birth"),
    # must not fire
    ("P59.9. O24.414", "O24.414 P59.9", "no newborn's record"),
    ("Newborn nursery discharge. O24.414", "O24.414", "nothing of its own to stand instead"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_newborn(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())
