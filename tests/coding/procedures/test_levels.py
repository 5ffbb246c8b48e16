import pytest

from tests.coding.procedures.conftest import Bills, billed

PRE = "PREOPERATIVE DIAGNOSIS: disease.\nPOSTOPERATIVE DIAGNOSIS: same.\nPROCEDURE: "
POST = "\nANESTHESIA: general.\n"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param("Lumbar microdiscectomy L4-L5", {"63030": 1}, id="one space"),
        pytest.param(
            "Anterior cervical discectomy and fusion C4-C5, C5-C6 and C6-C7",
            {"22551": 1, "22552": 2},
            id="further spaces",
        ),
        pytest.param(
            "Lumbar medial branch blocks at L3-L4, L4-L5 and L5-S1",
            {"64493": 1, "64494": 1, "64495": 1},
            id="a code for each further joint",
        ),
        pytest.param("Transforaminal epidural steroid injection, C5-C6", {"64479": 1}, id="region"),
        pytest.param(
            "1. Anterior cervical discectomy, C5-C6.\n2. Anterior cervical fusion, C5-C6.\n"
            "3. Anterior cervical plate C5-C6.",
            {"22551": 1, "22845": 1},
            id="disc and fusion are one code",
        ),
        pytest.param(
            "1. Posterior lumbar fusion L2-L5.\n2. Pedicle screws and rods L2-L5.",
            {"22612": 1, "22614": 2, "22842": 1},
            id="implants by vertebrae",
        ),
    ],
)
def test_levels(bill: Bills, text: str, units: dict[str, int]) -> None:
    assert billed(bill(PRE + text + POST)) == units


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            "Right knee arthroscopy, medial meniscectomy and lateral meniscectomy", {"29880"}, id="both menisci"
        ),
        pytest.param("Tailor's bunionectomy, right foot", {"28110"}, id="not the big toe"),
        pytest.param("Open reduction internal fixation fifth metatarsal. Short leg cast.", {"28485"}, id="cast"),
        pytest.param("Repair of hamstring (27385)", {"27385"}, id="number in brackets"),
        pytest.param("Right frontal craniotomy for resection of tumor", {"61510"}, id="brain"),
        pytest.param("Open reduction, right both bone forearm fracture", {"25575"}, id="both bones are one side"),
    ],
)
def test_names(bill: Bills, text: str, codes: set[str]) -> None:
    assert billed(bill(PRE + text + POST)).keys() == codes
