import codecs
from pathlib import Path

import pytest

from api.note_file import decode_note, read_note
from api.schemas import NoteTooLarge
from codesets.errors import BadNote, BadRequest


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\r\n", "a\r\nb\r\n"),
        (codecs.BOM_UTF8 + "é".encode(), "é"),
        ("é\r\n".encode("utf-16"), "é\r\n"),
        (codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), "é"),
        (b"", ""),
    ],
)
def test_text_as_received(data: bytes, text: str) -> None:
    assert decode_note(data) == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param("CANARY é".encode("latin-1"), "iconv -f WINDOWS-1252", id="Latin-1: how to convert"),
        pytest.param(b"%PDF-1.7 CANARY \xe2\xe3", "export it as plain text", id="PDF"),
        pytest.param(b"CANARY\0", "NUL", id="binary"),
        pytest.param("CANARY".encode("utf-32"), "NUL", id="UTF-32 begins as UTF-16 does"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8C\x00", "not UTF-8 text", id="half of a pair"),
    ],
)
def test_what_is_no_text(data: bytes, words: str) -> None:
    with pytest.raises(BadNote) as caught:
        decode_note(data)
    assert words in str(caught.value)
    assert "CANARY" not in str(caught.value)


def test_limits(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    for data in (b"x" * 10, "x".encode("utf-16") + b"x\0" * 9, codecs.BOM_UTF8 + b"x" * 10):
        note.write_bytes(data)
        assert read_note(str(note), 10) == "x" * 10
    for data in (b"x" * 11, b"x" * 1000, "x".encode("utf-16") + b"x\0" * 10):
        note.write_bytes(data)
        with pytest.raises(NoteTooLarge, match="more than 10 bytes"):
            read_note(str(note), 10)


def test_a_file_that_cannot_be_read_is_not_named(tmp_path: Path) -> None:
    for name in ("CANARY.txt", ""):
        with pytest.raises(BadRequest, match="cannot be read") as caught:
            read_note(str(tmp_path / name), 10)
        assert "CANARY" not in str(caught.value)
