import pytest

from tests.coding.procedures.conftest import Bills, billed

NOTE = "DELIVERY NOTE: The patient was admitted in labor at 39 weeks. {}\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            "She pushed well and the head was delivered, then the body. Cord clamped. The placenta separated.",
            {"59409"},
            id="told without a name",
        ),
        pytest.param(
            "A Pfannenstiel incision was made, the uterus was incised and the infant was delivered. The hysterotomy "
            "was closed in two layers.",
            {"59514"},
            id="by cuts",
        ),
        pytest.param(
            "A normal spontaneous vaginal delivery followed. Apgars 8 and 9, intact placenta, no lacerations.",
            {"59409"},
            id="named",
        ),
        pytest.param("She is 4 cm dilated and comfortable. Apgars are awaited.", set(), id="labor only"),
    ],
)
def test_births(bill: Bills, text: str, codes: set[str]) -> None:
    assert billed(bill(NOTE.format(text))).keys() == codes


def test_the_note_of_the_child_bills_no_birth(bill: Bills) -> None:
    note = "NEWBORN EXAM: Viable male infant, Apgars 8 and 9, nuchal cord at birth. Heart regular, lungs clear.\n"
    assert not {"59409", "59514"} & billed(bill(note)).keys()


def test_a_whole_stay_is_the_global_service(bill: Bills) -> None:
    note = "OPERATIVE REPORT\nPROCEDURE: Low transverse cesarean section.\nDISCHARGE DIAGNOSIS: Delivered.\n"
    assert billed(bill(note)).keys() == {"59510"}
