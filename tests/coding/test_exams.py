import pytest

from tests.conftest import Suggests


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("A/P: Well child check, normal growth.", "Z00.129", id="nothing found"),
        pytest.param("A/P: Well child check with abnormal findings.", "Z00.121", id="said"),
        pytest.param("A/P: Well child check without abnormal findings.", "Z00.129", id="denied"),
        pytest.param("A/P: Well child check. Acute otitis media, right.", "Z00.121", id="an illness beside it"),
        pytest.param("A/P: Annual physical. Essential hypertension, stable.", "Z00.00", id="a chronic one is none"),
        pytest.param("A/P: Well woman exam. Acute pharyngitis.", "Z01.419", id="a finding of another kind"),
    ],
)
def test_exam(suggest_all: Suggests, text: str, code: str) -> None:
    found = {s.code.display for s in suggest_all(text).suggestions}
    assert code in found
    assert len([c for c in found if c[:5] == code[:5]]) == 1
