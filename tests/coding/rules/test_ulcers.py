import pytest

from tests.coding.rules.conftest import Rules, stands

CASES = [
    ("L89.90 of the sacrum, stage IV", "L89.154", "site and stage"),
    ("unstageable L89.90, right hip", "L89.210", "unstageable"),
    ("deep tissue injury, coccyx, L89.96", "L89.156", "deep tissue"),
    ("L89.629, stage 2", "L89.622", "stage"),
    ("L97.509, right hallux, fat layer exposed", "L97.512", "side and depth"),
    ("E11.621: ulcer of the left heel, bone exposed", "E11.621 L97.426", "a diabetic foot ulcer"),
    ("E11.621: ulcer", "E11.621 L97.509", "nothing else is said"),
    # must not fire
    ("L89.154, stage 2", "L89.154", "a stage that stands"),
    ("L89.90, sacrum and heel, stage 2", "L89.92", "two sites"),
    ("L89.159\nexam: stage 3 cancer", "L89.159", "another line"),
    ("L97.419, right heel", "L97.419", "no depth"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_ulcers(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())
