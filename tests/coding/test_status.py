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


def test_without_stopped_findings_there_is_nothing(lexicon: Lexicon) -> None:
    assert status_links(lexicon, []) == []
