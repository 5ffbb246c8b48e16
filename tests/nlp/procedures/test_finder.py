import pytest

from tests.nlp.procedures.conftest import ReadsServices, codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("Laparoscopic cholecystectomy.", "47562", id="plain"),
        pytest.param("Repair of the right inguinal hernia, Lichtenstein repair.", "49505", id="words between"),
        pytest.param("US pelvis today.", "76856", id="US is ultrasound"),
        pytest.param("CT of the abdomen and pelvis with contrast", "74177", id="facts between"),
        pytest.param("EKG: sinus rhythm", "93000", id="in a heading"),
        pytest.param("Bilateral hydrocelectomies.", "55041", id="plural in -ies"),
        pytest.param("cpt code 29881", "29881", id="by its number"),
    ],
)
def test_names(read_services: ReadsServices, text: str, code: str) -> None:
    assert any(code in codes(named) for named in read_services(text).named)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Further evaluation and treatment of the arm.", id="generic words"),
        pytest.param("The sac was seen in the pelvis.", id="anatomy"),
        pytest.param("The cat sat on the bun.", id="words that are acronyms in capitals"),
        pytest.param("Bennett fracture of the thumb.", id="a finding"),
        pytest.param("", id="nothing"),
    ],
)
def test_names_nothing(read_services: ReadsServices, text: str) -> None:
    assert read_services(text or " ").named == ()


def test_another_item_of_a_list_within_a_name_is_its_own(read_services: ReadsServices) -> None:
    named = read_services("Radical hysterectomy, ovarian transposition, pelvic lymphadenectomy.").named
    assert {"58210", "58825"} <= {code for name in named for code in codes(name)}


def test_the_longest_name_wins(read_services: ReadsServices) -> None:
    named = read_services("Laparoscopic cholecystectomy with cholangiogram.").named
    assert len(named) == 1
    assert "47563" in codes(named[0])


def test_a_title_names_what_it_comes_near_to(read_services: ReadsServices) -> None:
    text = "PREOPERATIVE DIAGNOSIS: Fracture.\nPROCEDURE: Application of PMT large halo crown.\nANESTHESIA: Local."
    named = read_services(text).named
    assert any("20660" in codes(n) or "20661" in codes(n) for n in named)
