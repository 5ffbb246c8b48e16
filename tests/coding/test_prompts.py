import pytest

from tests.conftest import Suggests


@pytest.mark.parametrize(
    ("text", "code", "rules"),
    [
        pytest.param("knee pain", "M25.569", {"specificity.laterality"}, id="no side"),
        pytest.param("left knee pain", "M25.562", set(), id="side stated"),
        pytest.param("chronic kidney disease", "N18.9", {"specificity.stage"}, id="no stage"),
        pytest.param("CKD stage 3b", "N18.32", set(), id="stage stated"),
        pytest.param("systolic heart failure", "I50.20", {"specificity.acuity"}, id="acute or chronic?"),
        pytest.param("acute systolic heart failure", "I50.21", set(), id="acute stated"),
        pytest.param("essential hypertension", "I10", set(), id="nothing more specific exists"),
        pytest.param(
            "fracture of left radial styloid", "S52.512A", {"specificity.seventh_character"}, id="encounter assumed"
        ),
        pytest.param(
            "fracture of left radial styloid, subsequent encounter, routine healing",
            "S52.512D",
            set(),
            id="encounter stated",
        ),
    ],
)
def test_a_prompt_for_what_the_note_leaves_open(suggest: Suggests, text: str, code: str, rules: set[str]) -> None:
    (found,) = [s for s in suggest(text).suggestions if s.code.display == code]
    asked = {p.rule for p in found.prompts}
    assert rules <= asked if rules else not asked
    assert all(p.message and p.guideline for p in found.prompts)
