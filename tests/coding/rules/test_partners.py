import pytest

from tests.coding.rules.conftest import Rules, stands
from tests.conftest import Suggests, diagnoses

CASES = [
    ("G30.9", "F02.80 G30.9", "Alzheimer disease has its dementia"),
    ("I11.0", "I11.0 I50.9", "hypertensive heart failure"),
    ("R65.20. N10", "A41.9 N10 R65.20", "severe sepsis"),
    ("E11.22", "E11.22 N18.9", "diabetic kidney disease"),
    ("I69.391", "I69.391 R13.10", "dysphagia after stroke"),
    # must not fire
    ("G30.9. F02.A0", "F02.A0 G30.9", "the dementia is there"),
    ("I11.0. I50.22", "I11.0 I50.22", "the failure is there"),
    ("R65.20. A41.51", "A41.51 R65.20", "the sepsis is there"),
    ("E11.42", "E11.42", "neuropathy asks for nothing"),
    ("F41.8", "F41.8", "no words of two conditions"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_partners(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("A/P: Anxiety and depression.", {"F41.9", "F32.A"}, id="two conditions"),
        pytest.param("A/P: Anxiety/depression.", {"F41.9", "F32.A"}, id="a slash"),
        pytest.param("A/P: Mixed anxiety and depressive disorder.", {"F41.8"}, id="one"),
    ],
)
def test_anxiety_and_depression(suggest: Suggests, text: str, codes: set[str]) -> None:
    assert set(diagnoses(suggest(text))) == codes
