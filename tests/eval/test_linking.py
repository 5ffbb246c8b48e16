"""Linking: what its file may look like, and its measures."""

from pathlib import Path

import pytest

from codesets.errors import BadRequest
from eval.linking import mean_average_precision, micro, read_documents, recall_at

SEPARATOR = "\u2028"


def written(folder: Path, text: str) -> Path:
    path = folder / "documents.jsonl"
    path.write_bytes(text.encode())
    return path


def test_a_line_ends_at_a_line_feed_alone(tmp_path: Path) -> None:
    first = f'{{"id":1,"text":"gout{SEPARATOR}toe\x85end","icd10cm":["m10.9"]}}'
    documents = read_documents(written(tmp_path, f'{first}\r\n\n  \n{{"id":"b","text":"x","icd10cm":[]}}\n'))
    assert [(d.name, d.text, d.gold) for d in documents] == [
        ("1", f"gout{SEPARATOR}toe\x85end", frozenset({"M109"})),
        ("b", "x", frozenset()),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "no document", id="empty"),
        pytest.param("\n\n", "no document", id="blank"),
        pytest.param('{"id":1,"text":"zebra","icd10cm":[]}\n[]', "line 2", id="no object"),
        pytest.param('\n{"id":1,"text":"zebra"}', "line 2", id="a field is missing"),
        pytest.param('{"id":1,"text":"zebra","icd10cm":"I10"}', "line 1", id="no list of codes"),
        pytest.param('{"id":1,"text":"zebra","icd10cm":[1]}', "line 1", id="a code is no text"),
        pytest.param('{"id":1,"text":7,"icd10cm":[]}', "line 1", id="the text is none"),
        pytest.param("zebra", "line 1", id="no JSON"),
    ],
)
def test_a_bad_file_is_refused_without_its_words(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadRequest, match=said) as caught:
        read_documents(written(tmp_path, text))
    assert str(caught.value).startswith("--data: ")
    assert "zebra" not in str(caught.value)


def test_an_unreadable_file_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        read_documents(tmp_path / "absent.jsonl")


def test_measures_by_hand() -> None:
    gold = [frozenset({"A", "B"}), frozenset({"C"})]
    found = [["A", "X", "B"], ["Y"]]
    scores = micro(gold, found)
    assert (scores.precision, scores.recall) == (2 / 4, 2 / 3)
    assert scores.f1 == pytest.approx(4 / 7)
    assert mean_average_precision(gold, found) == pytest.approx((1 + 2 / 3) / 2 / 2)
    assert recall_at(gold, found, 2) == pytest.approx(1 / 3)
