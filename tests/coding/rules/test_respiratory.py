import pytest

from tests.coding.rules.conftest import Rules, stands

CASES = [
    ("acute on chronic hypoxic and hypercapnic J96.92", "J96.21 J96.22", "both gases"),
    ("acute J96.90 with hypoxia", "J96.01", "course and gas"),
    ("J96.01. J96.12", "J96.21 J96.22", "acute and chronic are one"),
    ("J96.00. J96.10", "J96.20", "and without a gas"),
    ("J96.00. J96.22", "J96.22", "acute on chronic takes the acute in"),
    # must not fire
    ("J96.01", "J96.01", "nothing to add"),
    ("J96.90", "J96.90", "nothing said"),
    ("J96.90. acute pain", "J96.90", "the word of another phrase"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_respiratory(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())
