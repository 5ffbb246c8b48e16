import pytest

from tests.conftest import Suggests, diagnoses


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
