"""What the readers of the fixed-width files share: lines, rows, and the error that names a line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codesets.errors import BadCodeSetFile

CODE_SHAPE = re.compile(r"[A-Z][0-9A-Z]{2}[0-9A-Z]{0,4}\Z")


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of an official file: canonical value, whether it is billable, long title, 1-based line."""

    value: str
    billable: bool
    title: str
    line: int


def damaged(name: str, line: int, reason: str) -> BadCodeSetFile:
    """Return the error for a file that cannot be used, naming the 1-based line where that is known."""
    return BadCodeSetFile(f"{name}, line {line}: {reason}; nothing was installed")


def decoded(name: str, data: bytes) -> str:
    """Return the text of a file, UTF-8 or else Windows-1252; raises BadCodeSetFile on binary content."""
    if b"\0" in data:
        raise damaged(name, data[: data.index(b"\0")].count(b"\n") + 1, "binary content")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def numbered_lines(name: str, data: bytes) -> Iterator[tuple[int, str]]:
    """Yield (1-based number, text without its line end) of every line that is not blank."""
    for number, line in enumerate(decoded(name, data).replace("\r\n", "\n").split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip()


def checked_code(name: str, line: int, text: str) -> str:
    """Return a code field stripped; raises BadCodeSetFile where it is not shaped like a code."""
    value = text.strip()
    if not CODE_SHAPE.match(value):
        raise damaged(name, line, "the code field does not hold an ICD-10-CM code")
    return value


def starts_at(text: str, column: int) -> bool:
    """Tell whether a field begins in this 1-based column: a blank before it, none in it."""
    return text[column - 2 : column - 1] == " " and text[column - 1 : column].strip() != ""


def unique(name: str, rows: Iterable[CodeRow]) -> list[CodeRow]:
    """Return the rows as a list; raises BadCodeSetFile on an empty file and on a code that stands twice."""
    found: dict[str, CodeRow] = {}
    for row in rows:
        first = found.setdefault(row.value, row)
        if first is not row:
            raise damaged(name, row.line, f"the code {row.value} already stands on line {first.line}")
    if not found:
        raise damaged(name, 1, "no code in the file")
    return list(found.values())
