import pytest

from tests.coding.procedures.conftest import Bills, billed

PRE = "PREOPERATIVE DIAGNOSIS: {dx}.\nPOSTOPERATIVE DIAGNOSIS: {dx}.\nPROCEDURE: "
POST = "\nANESTHESIA: {how}.\nDESCRIPTION OF PROCEDURE: The patient was prepped and draped. {body}\n"


def report(title: str, dx: str = "disease", how: str = "Local", body: str = "The wound was dressed.") -> str:
    return PRE.format(dx=dx) + title + POST.format(how=how, body=body)


@pytest.mark.parametrize(
    ("title", "units"),
    [
        pytest.param(
            "Excision of basal cell carcinoma of the right cheek, 1.5 cm, with 4 mm margins.",
            {"11643": 1},
            id="margins on both sides",
        ),
        pytest.param(
            "1. Excision of nevus of the back, 1.2 cm. 2. Excision of nevus of the chest, 1.8 cm.",
            {"11402": 2},
            id="a unit for each lesion",
        ),
        pytest.param(
            "1. Excision of nevus of the nose, 0.4 cm. 2. Excision of nevus of the back, 0.8 cm.",
            {"11440": 1, "11401": 1},
            id="a line for each code",
        ),
        pytest.param(
            "Wide excision of melanoma of the back, excised diameter 4.0 cm, with layered closure 8 cm.",
            {"11604": 1, "12034": 1},
            id="sizes beside their names",
        ),
        pytest.param(
            "1. Layered repair of 3 cm forehead laceration. 2. Layered repair of 2.5 cm chin laceration.",
            {"12053": 1},
            id="lengths of one kind added up",
        ),
        pytest.param("Complex repair of left leg laceration, 12 cm.", {"13121": 1, "13122": 1}, id="further length"),
        pytest.param(
            "Split-thickness skin graft to the left thigh, 250 sq cm.", {"15100": 1, "15101": 2}, id="further area"
        ),
        pytest.param(
            "Excision of sebaceous cyst of the scalp, 2 cm, with simple closure.", {"11422": 1}, id="simple closure"
        ),
        pytest.param("Alveoloplasty in all four quadrants.", {"41874": 4}, id="quadrants"),
        pytest.param("Quadrilateral blepharoplasty.", {"15820": 1, "15822": 1}, id="four lids"),
    ],
)
def test_counted(bill: Bills, title: str, units: dict[str, int]) -> None:
    assert billed(bill(report(title))) == units


@pytest.mark.parametrize(
    ("title", "dx", "how", "codes"),
    [
        pytest.param(
            "Excision of lesion of the left arm, 1 cm.", "squamous cell carcinoma", "Local", {"11601"}, id="malignant"
        ),
        pytest.param(
            "Pars plana vitrectomy with endolaser, left eye.", "Retinal detachment", "MAC", {"67108"}, id="detachment"
        ),
        pytest.param("Removal of foreign body, right ear.", "Bead in ear", "General", {"69205"}, id="asleep"),
        pytest.param("Removal of foreign body, right ear.", "Bead in ear", "Topical", {"69200"}, id="awake"),
        pytest.param(
            "Incision and drainage of a large left auricular hematoma.", "Hematoma", "Local", {"69000"}, id="specific"
        ),
        pytest.param(
            "Bilateral total ethmoidectomy, bilateral maxillary antrostomy.",
            "Sinusitis",
            "General",
            {"31255", "31256"},
            id="sites of their own",
        ),
    ],
)
def test_told_apart(bill: Bills, title: str, dx: str, how: str, codes: set[str]) -> None:
    assert billed(bill(report(title, dx, how))).keys() == codes


def test_breathing_tube_is_part_of_an_operation(bill: Bills) -> None:
    text = "POSTOPERATIVE DIAGNOSIS: caries.\nPROCEDURE IN DETAIL: The patient was intubated. The arm was prepped.\n"
    assert billed(bill(text)) == {}


def test_leaving_the_room_is_no_side(bill: Bills) -> None:
    body = "The sclerotomies were closed. The patient left the operating room in good condition."
    lines = bill(report("Pars plana vitrectomy, right eye.", "Hemorrhage", "MAC", body)).lines
    assert [line.modifiers for line in lines] == [("RT",)]


def test_both_ends_are_one_side(bill: Bills) -> None:
    body = "The Ahmed valve was sewn down through both fenestrations."
    lines = bill(report("Ahmed valve with patch graft.", "Glaucoma", "MAC", body)).lines
    assert [(line.code.value, line.modifiers) for line in lines] == [("66180", ())]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        pytest.param("The wound was irrigated and closed in layers.", set(), id="the way to an operation"),
        pytest.param("The 3 cm forearm laceration was closed in layers.", {"12032"}, id="an injury"),
        pytest.param("The bladder laceration repair was watertight.", {"51860"}, id="beneath the skin"),
    ],
)
def test_closures_without_a_title(bill: Bills, body: str, codes: set[str]) -> None:
    text = f"POSTOPERATIVE DIAGNOSIS: disease.\nDESCRIPTION OF PROCEDURE: The patient was prepped. {body}\n"
    assert billed(bill(text)).keys() == codes
