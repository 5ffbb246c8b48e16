"""Lines of a batch: what stands in the input, and the answer or error that a line gets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from api.json_input import Json, read_json
from api.ports import Suggests
from api.replies import dump, to_bytes, to_response
from api.schemas import Identifier, NoteTooLarge, read_batch_line, to_note
from codesets.errors import BadRequest, ChartcoderError

_BOM = b"\xef\xbb\xbf"
_IDENTIFIER: TypeAdapter[str | int] = TypeAdapter(Identifier)


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every line: the date of lines that state none, and the limits."""

    today: date
    max_note_bytes: int
    max_line_bytes: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of the output without its line end, and whether it is an error."""

    line: bytes
    failed: bool


def read_lines(source: Path, max_line_bytes: int, start: int = 0) -> Iterator[tuple[bytes, int]]:
    """Return the lines that are not blank, without their ends, each with the place in the file where it ends.
    `start` is such a place.

    A line beyond the limit comes cut, one byte longer than the limit. Raises BadRequest where the file
    cannot be read.
    """
    try:
        with source.open("rb") as file:
            if start or file.read(len(_BOM)) != _BOM:
                file.seek(start)
            yield from _lines(file, max_line_bytes)
    except OSError as error:
        reason = (error.strerror or "not readable").lower()
        raise BadRequest(f"the batch cannot be read ({reason}): name a file of JSON Lines") from None


def _lines(file: BinaryIO, max_line_bytes: int) -> Iterator[tuple[bytes, int]]:
    while line := file.readline(max_line_bytes + 2):
        rest = line
        while not rest.endswith(b"\n") and rest:
            rest = file.readline(1 << 20)
        line = line.rstrip(b"\r\n")[: max_line_bytes + 1]
        if line.strip():
            yield line, file.tell()


def answer_line(suggester: Suggests, line: bytes, terms: Terms) -> Answered:
    """Return the answer to a line of input, or its error; never raises; repeats the id alone."""
    value: Json = None
    try:
        if len(line) > terms.max_line_bytes:
            raise NoteTooLarge(f"the line has more than {terms.max_line_bytes:,} bytes: one encounter each")
        value = read_json(line)
        asked = read_batch_line(value)
        answer = suggester.suggest(to_note(asked, terms.today, terms.max_note_bytes))
        return Answered(to_bytes(to_response(answer), asked.id), failed=False)
    except ChartcoderError as error:
        return failed_line(identity(value), error.code, str(error))
    except Exception as error:
        return failed_line(identity(value), "internal", f"unexpected {type(error).__name__}: please report it")


def failed_line(line_id: str | int | None, code: str, message: str) -> Answered:
    """Return the line that reports an error."""
    return Answered(dump({"id": line_id, "error": {"code": code, "message": message}}), failed=True)


def identity(value: Json) -> str | int | None:
    """Return the id in the JSON of a line, None where there is none of the right kind."""
    try:
        return _IDENTIFIER.validate_python(value.get("id") if isinstance(value, dict) else None, strict=True)
    except ValidationError:
        return None


def line_identity(line: bytes, max_line_bytes: int) -> tuple[str | int | None, str | None]:
    """Return the id and the text of a line of input, each None where it cannot be read."""
    try:
        value = read_json(line) if len(line) <= max_line_bytes else None
    except BadRequest:
        return None, None
    text = value.get("text") if isinstance(value, dict) else None
    return identity(value), text if isinstance(text, str) else None
