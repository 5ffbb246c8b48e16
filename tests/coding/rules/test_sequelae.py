import pytest

from tests.coding.rules.conftest import Rules, stands

CASES = [
    ("left G81.90 after stroke", "I69.354", "left is not dominant"),
    ("G81.90 of the right side following a stroke", "I69.351", "right is dominant"),
    ("R47.01 due to old CVA", "I69.320", "aphasia"),
    ("R13.10 after intracerebral hemorrhage", "I69.191 R13.10", "dysphagia keeps its phase"),
    ("left G81.90", "G81.94", "side alone"),
    ("left-handed, right G81.90", "G81.93", "a left-handed patient"),
    ("R47.1 status post stroke. Z86.73", "I69.322", "the history goes"),
    # must not fire
    ("G81.94 due to acute stroke I63.9", "G81.94 I63.9", "a stroke of today"),
    ("R47.01. Z86.73", "R47.01 Z86.73", "no tie"),
    ("G81.90", "G81.90", "no side"),
    ("left arm and right leg, G81.90", "G81.90", "two sides"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_sequelae(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())
