"""Known wrong answers by their smallest example: strict xfails, so that a mended one has to move up."""

import pytest

from nlp.types import Setting
from tests.conftest import Suggests

MENDED = [
    pytest.param("Seropositive rheumatoid arthritis", "M05.9", "M06.9", id="seropositive"),
    pytest.param(
        "Alcohol use disorder, severe, in sustained remission", "F10.21", "F10.20", id="sustained remission"
    ),
    pytest.param("Varicella immune", None, "B01.9", id="immune is not ill"),
]
DEFECTS = [
    pytest.param(
        "Rheumatoid arthritis without rheumatoid factor, right knee", "M06.061", "M05.761", id="says 'without'"
    ),
    pytest.param("HIV", "Z21", "B97.35", id="HIV alone is HIV-2 in diseases classified elsewhere"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), MENDED)
def test_mended_defect(suggest: Suggests, text: str, right: str | None, wrong: str) -> None:
    suggested = {s.code.display for s in suggest(text, Setting.OUTPATIENT).suggestions}
    assert wrong not in suggested
    assert right is None or right in suggested


@pytest.mark.xfail(reason="known defect, see the id")
@pytest.mark.parametrize(("text", "right", "wrong"), DEFECTS)
def test_known_defect(suggest: Suggests, text: str, right: str | None, wrong: str) -> None:
    suggested = {s.code.display for s in suggest(text, Setting.OUTPATIENT).suggestions}
    assert wrong not in suggested
    assert right is None or right in suggested
