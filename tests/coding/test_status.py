import pytest

from codesets.index.lexicon import Lexicon
from coding.status import status_links
from tests.conftest import Suggests


@pytest.mark.parametrize(
    ("text", "status", "finding"),
    [
        pytest.param("PMH: breast cancer 2009, NED", "Z85.3", "C50", id="a past cancer in a history list"),
        pytest.param("History of breast cancer.", "Z85.3", "C50", id="history of"),
        pytest.param("Mother had breast cancer.", "Z80.3", "C50", id="a relative's cancer"),
        pytest.param("FHx: breast cancer in mother", "Z80.3", "C50", id="the section says so"),
        pytest.param("Father had a stroke.", "Z82.3", "I63", id="a relative's stroke"),
        pytest.param("History of pulmonary embolism in 2015.", "Z86.711", "I26", id="a past embolism"),
        pytest.param("PMH: bulimia as a teenager", "Z86.59", "F50", id="from the table"),
        pytest.param("PMH: gastric ulcer 2009", "Z87.11", "K25", id="from the table, in a history list"),
    ],
)
def test_a_status_code_in_place_of_the_finding(suggest_all: Suggests, text: str, status: str, finding: str) -> None:
    suggested = {s.code.display for s in suggest_all(text).suggestions}
    assert status in suggested
    assert not [c for c in suggested if c.startswith(finding)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        pytest.param("Denies breast cancer.", ("Z85", "Z80", "C50"), id="negated leaves no status"),
        pytest.param("Mother had breast cancer.", ("Z85",), id="a relative's is no personal history"),
        pytest.param("History of breast cancer.", ("Z80",), id="one's own is no family history"),
        pytest.param("Possible breast cancer.", ("Z85", "Z80", "C50"), id="uncertain leaves no status"),
    ],
)
def test_no_other_status_is_made(suggest_all: Suggests, text: str, wrong: tuple[str, ...]) -> None:
    assert not [s for s in suggest_all(text).suggestions if s.code.value.startswith(wrong)]


@pytest.mark.parametrize(
    ("text", "status", "stands"),
    [
        pytest.param("FHx: father glaucoma\nA/P: Open-angle glaucoma.", "Z83.511", True, id="the patient has it too"),
        pytest.param("FHx: father glaucoma\nA/P: Hypertension.", "H40.9", False, id="a relative's is not coded"),
        pytest.param("Her wife had bipolar disorder. Major depression.", "Z81.8", False, id="a wife is no kin"),
        pytest.param("Family history is negative for stroke.", "Z82.3", False, id="denied amid the phrase"),
    ],
)
def test_a_relatives_finding(suggest_all: Suggests, text: str, status: str, stands: bool) -> None:
    assert (status in {s.code.display for s in suggest_all(text).suggestions}) is stands


def test_without_stopped_findings_there_is_nothing(lexicon: Lexicon) -> None:
    assert status_links(lexicon, "", [], frozenset()) == []
