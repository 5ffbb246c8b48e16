import pytest

from nlp.facts.labs import LabReader
from nlp.tokens import tokenize

READER = LabReader()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("A1c 8.4", [("a1c", "8.4")], id="a name and its number"),
        pytest.param("Hemoglobin A1c was 9.1 today", [("a1c", "9.1")], id="the longer name"),
        pytest.param("Na 128, K 4.1", [("sodium", "128"), ("potassium", "4.1")], id="symbols"),
        pytest.param("k 500 mg", [], id="a small letter is no potassium"),
        pytest.param("goal A1c < 7", [], id="a goal"),
        pytest.param("sodium from 128 to 135", [], id="a change"),
        pytest.param("platelets 140/l", [], id="a ratio"),
        pytest.param("Hgb 9.8 g/dL", [("hemoglobin", "9.8")], id="with its unit"),
        pytest.param("no lab values", [], id="nothing"),
    ],
)
def test_labs(text: str, found: list[tuple[str, str]]) -> None:
    tokens = tokenize(text)
    assert [(name, value) for _, _, name, value in READER.read(tokens, 0, len(tokens.folded))] == found
