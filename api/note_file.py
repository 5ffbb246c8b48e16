"""A note from a file or from standard input: bytes to the text whose offsets the answer refers to."""

import codecs
import sys
from pathlib import Path

from api.schemas import check_size
from codesets.errors import BadNote, BadRequest

STANDARD_INPUT = "-"
_BYTES_PER_UTF8_BYTE = 2  # of UTF-16, for ASCII
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_note(name: str, max_note_bytes: int) -> str:
    """Return the text of the note in a file, or of standard input for `-`.

    A byte order mark is no part of the note; line ends stay as they are. Raises BadRequest where the file
    cannot be read, BadNote where it is no text, NoteTooLarge.
    """
    limit = max_note_bytes * _BYTES_PER_UTF8_BYTE + len(codecs.BOM_UTF8) + 1
    try:
        if name == STANDARD_INPUT:
            data = sys.stdin.buffer.read(limit)
        else:
            with Path(name).open("rb") as file:
                data = file.read(limit)
    except OSError as error:
        reason = (error.strerror or "not readable").lower()
        raise BadRequest(f"the note cannot be read ({reason}): name a text file, or - for standard input") from None
    check_size(len(data) if len(data) == limit else 0, max_note_bytes)
    text = decode_note(data)
    check_size(len(text.encode()), max_note_bytes)
    return text


def decode_note(data: bytes) -> str:
    """Return the text that the bytes spell: UTF-8, or UTF-16 with its byte order mark. Raises BadNote."""
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadNote(
            f"the note is not UTF-8 text (byte {error.start}): export it as plain text in UTF-8, or convert "
            "it: iconv -f WINDOWS-1252 -t UTF-8 NOTE.txt > NOTE.utf8.txt"
        ) from None
    if "\0" in text:
        raise BadNote("the note holds NUL characters: it is no plain text; export it as plain text in UTF-8")
    return text
