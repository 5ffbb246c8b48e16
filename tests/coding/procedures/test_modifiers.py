import pytest

from coding.procedures.sides import side_of
from tests.coding.procedures.conftest import Bills

PRE = "PREOPERATIVE DIAGNOSIS: disease.\nPOSTOPERATIVE DIAGNOSIS: same.\nPROCEDURE: "


@pytest.mark.parametrize(
    ("words", "side"),
    [(["left"], "left"), (["od"], "right"), (["r", "l"], "both"), (["ou"], "both"), (["knee"], "")],
)
def test_sides(words: list[str], side: str) -> None:
    assert side_of(words) == side


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        pytest.param("Right carpal tunnel release", ("RT",), id="right"),
        pytest.param("Bilateral carpal tunnel release", ("50",), id="both"),
        pytest.param("Right ring finger trigger finger release", ("F8",), id="finger"),
        pytest.param("Laparoscopic appendectomy", (), id="no side"),
    ],
)
def test_of_operations(bill: Bills, text: str, modifiers: tuple[str, ...]) -> None:
    (line,) = bill(PRE + text + "\nANESTHESIA: local\n").lines
    assert line.modifiers == modifiers


def test_screening_colonoscopy(bill: Bills) -> None:
    (line,) = bill("PROCEDURE: Colonoscopy\nINDICATION: screening, average risk\nFINDINGS: normal colon\n").lines
    assert line.modifiers == ("33",)


def test_the_reading_part_in_a_hospital(bill: Bills) -> None:
    text = "HOSPITAL RADIOLOGY\nEXAM: MRI brain\nTECHNIQUE: planar\nFINDINGS: normal\nIMPRESSION: normal"
    (line,) = bill(text).lines
    assert line.modifiers == ("26",)
