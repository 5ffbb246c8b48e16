"""Codes that are made up of what a report states, and those that details add or stand in for."""

import pytest

from nlp.types import Setting
from tests.coding.procedures.conftest import Bills, billed

PRE = "PREOPERATIVE DIAGNOSIS: disease.\nPOSTOPERATIVE DIAGNOSIS: same.\nPROCEDURE PERFORMED: "
POST = "\nANESTHESIA: general.\nDESCRIPTION OF PROCEDURE: The patient was prepped and draped in the usual fashion. "


@pytest.mark.parametrize(
    ("title", "body", "codes"),
    [
        pytest.param("Coronary angiography", "", {"93454"}, id="vessels alone"),
        pytest.param(
            "Cardiac catheterization", "The LVEDP was measured. The left main was normal.", {"93458"}, id="body"
        ),
        pytest.param(
            "Right and left heart catheterization with coronary angiography", "", {"93460"}, id="both chambers"
        ),
        pytest.param(
            "Left heart catheterization and coronary angiography",
            "The saphenous vein graft to the diagonal was patent.",
            {"93459"},
            id="grafts",
        ),
        pytest.param(
            "Coronary angiography",
            "Left ventriculography was not performed.",
            {"93454"},
            id="a part that was left out",
        ),
        pytest.param(
            "Left heart catheterization and coronary angiography",
            "The lesion of the circumflex was stented with a good result.",
            {"93458", "92928"},
            id="a stent of the body",
        ),
        pytest.param(
            "Stent to the proximal LAD for ST elevation myocardial infarction", "", {"92941"}, id="infarct artery"
        ),
        pytest.param(
            "Cardiac surgery consultation", "He went to the cardiac catheterization laboratory.", set(), id="a place"
        ),
    ],
)
def test_heart_catheters(bill: Bills, title: str, body: str, codes: set[str]) -> None:
    assert billed(bill(PRE + title + POST + body, 60, Setting.INPATIENT)).keys() == codes


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        pytest.param(
            "Coronary artery bypass x2, LIMA to LAD and SVG to the PDA", {"33533", "33517"}, id="one of each"
        ),
        pytest.param(
            "Coronary artery bypass grafting times four: left internal mammary artery to the LAD, saphenous vein "
            "grafts to the diagonal, obtuse marginal and right coronary artery",
            {"33533", "33519"},
            id="counted in words",
        ),
        pytest.param("Triple coronary bypass with saphenous vein grafts", {"33512"}, id="vein only"),
        pytest.param(
            "Coronary artery bypass x3 with bilateral internal mammary arteries and vein graft to the PDA",
            {"33534", "33517"},
            id="two arteries",
        ),
    ],
)
def test_bypass_grafts_are_counted(bill: Bills, title: str, codes: set[str]) -> None:
    assert billed(bill(PRE + title + "." + POST, 60, Setting.INPATIENT)).keys() == codes


def test_details_add_guidance(bill: Bills) -> None:
    text = PRE + "Port-A-Cath placement." + POST + "The wire was advanced under fluoroscopy."
    assert billed(bill(text, 60)).keys() == {"36561", "77001"}


@pytest.mark.parametrize(
    ("title", "code"),
    [
        pytest.param("Right VATS with wedge resection of the upper lobe", "32666", id="through the scope"),
        pytest.param("Right thoracotomy with wedge resection of the upper lobe", "32505", id="open"),
    ],
)
def test_scope_codes_stand_in_for_open_ones(bill: Bills, title: str, code: str) -> None:
    assert billed(bill(PRE + title + "." + POST, 60)).keys() == {code}


def test_steps_of_an_operation_are_part_of_it(bill: Bills) -> None:
    body = "He was intubated. Pulse oximetry was normal. A 32-French chest tube was placed."
    lines = bill(PRE + "Left thoracotomy with left lower lobectomy." + POST + body, 60)
    assert billed(lines).keys() == {"32480"}
    assert {s.code.value: s.because for s in lines.suppressed}["32100"] == "32480"


def test_an_add_on_of_the_title_brings_its_primary_from_the_body(bill: Bills) -> None:
    text = PRE + "Mediastinal lymph node dissection." + POST + "A left upper lobectomy was then performed."
    assert billed(bill(text, 60)).keys() == {"32480", "38746"}


def test_sedation_is_billed_by_its_minutes(bill: Bills) -> None:
    body = "Conscious sedation was given by me for 20 minutes."
    assert "99152" in billed(bill(PRE + "Cardioversion." + POST + "\nPROCEDURE: " + body, 60))
    assert "99152" not in billed(bill(PRE + "Cardioversion with conscious sedation." + POST, 60))


def test_removal_is_not_placement(bill: Bills) -> None:
    assert "32551" not in billed(bill(PRE + "Removal of bilateral 32-French chest tubes." + POST, 60))
    title = "Removal of left chest tube and insertion of right chest tube."
    assert "32551" in billed(bill(PRE + title + POST, 60))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            "PULMONARY FUNCTION STUDY\nSpirometry is normal. Lung volumes by plethysmography are normal. "
            "Diffusing capacity is reduced.\nIMPRESSION: Isolated fall of gas transfer.",
            {"94010", "94726", "94729"},
            id="breathing tests",
        ),
        pytest.param(
            "EXAM: Venous duplex.\nFINDINGS: The veins of the left calf compress.\nIMPRESSION: No clot.",
            {"93971"},
            id="one leg",
        ),
        pytest.param(
            "CAROTID DUPLEX STUDY\nVelocities are normal.\nIMPRESSION: No stenosis.", {"93880"}, id="a title"
        ),
    ],
)
def test_reports_of_tests(bill: Bills, text: str, codes: set[str]) -> None:
    assert billed(bill(text, 60)).keys() == codes
