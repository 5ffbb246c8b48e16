import json
from datetime import date
from pathlib import Path

import pytest

from api.batch.lines import Terms, answer_line, read_lines
from codesets.errors import BadRequest
from tests.api.fakes import FakeSuggester

TERMS = Terms(date(2026, 9, 15), max_note_bytes=100, max_line_bytes=400)


def lines_of(source: Path, data: bytes, limit: int = 20, start: int = 0) -> list[tuple[bytes, int]]:
    source.write_bytes(data)
    return list(read_lines(source, limit, start))


def test_lines_their_ends_and_blank_ones(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfone\r\n\n  \ntwo\nthree"
    found = lines_of(tmp_path / "in", data)
    assert found == [(b"one", 8), (b"two", 16), (b"three", 21)]
    assert lines_of(tmp_path / "in", data, start=8) == found[1:]


def test_long_lines_are_cut_and_passed(tmp_path: Path) -> None:
    data = b"x" * 20 + b"\n" + b"y" * 21 + b"\n" + b"z" * 5_000_000 + b"\n" + b"end\n"
    found = [line for line, _ in lines_of(tmp_path / "in", data)]
    assert found == [b"x" * 20, b"y" * 21, b"z" * 21, b"end"]


def test_a_folder_is_no_batch(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="is a directory"):
        list(read_lines(tmp_path, 10))


def test_the_answer_to_a_line() -> None:
    line = b'{"id":"a","text":"diabetes"}'
    answered = answer_line(FakeSuggester(), line, TERMS)
    assert not answered.failed
    assert answered.line.startswith(b'{"id":"a","note_sha256":"')
    assert json.loads(answered.line)["date_of_service"] == "2026-09-15"


@pytest.mark.parametrize(
    ("line", "line_id", "code"),
    [
        (b'{"id":"a","text":""}', "a", "bad_note"),
        (b'{"id":7,"text":"x","CANARY":1}', 7, "bad_request"),
        (b'{"id":true,"text":"CANARY"}', None, "bad_request"),
        (b'{"text":"CANARY"}', None, "bad_request"),
        (b'{"id":"a","text":"CANARY"', None, "bad_request"),
        (b'{"id":"a","text":"CANARY","text":"x"}', None, "bad_request"),
        (b"CANARY", None, "bad_request"),
        (b'["CANARY"]', None, "bad_request"),
        (b'{"id":"a","text":"' + b"CANARY" * 20 + b'"}', "a", "too_large"),
        (b'{"id":"a","text":"' + b"CANARY" * 100 + b'"}', None, "too_large"),
        (b'{"id":"a","text":"BOOM CANARY"}', "a", "internal"),
    ],
)
def test_the_error_of_a_line(line: bytes, line_id: object, code: str) -> None:
    answered = answer_line(FakeSuggester(), line, TERMS)
    assert answered.failed
    value = json.loads(answered.line)
    assert list(value) == ["id", "error"]
    assert value["id"] == line_id
    assert value["error"]["code"] == code
    assert b"CANARY" not in answered.line
