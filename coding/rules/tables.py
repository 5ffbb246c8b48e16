"""The data files of the rules: tab-separated, a comment line with the columns and the source at the top."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

from codesets.errors import CodeSetError

Row = TypeVar("Row")


@cache
def rows(name: str, width: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a data file as tuples of `width` cells; raises CodeSetError at a row of another width."""
    found = []
    lines = (files("codesets") / "data" / name).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) != width:
            raise CodeSetError(f"{name}:{number}: expected {width} columns, found {len(cells)}")
        found.append(cells)
    return tuple(found)


def codes_in(cell: str) -> tuple[str, ...]:
    """Return the canonical prefixes of a cell: codes with or without dot, separated by |."""
    return tuple(code.strip().replace(".", "") for code in cell.split("|") if code.strip())


def by_prefix(table: Iterable[tuple[tuple[str, ...], Row]]) -> dict[str, list[tuple[int, Row]]]:
    """Return prefix → the rows filed under it with their place in the table, for `matching`."""
    found: dict[str, list[tuple[int, Row]]] = {}
    for place, (prefixes, row) in enumerate(table):
        for prefix in prefixes:
            found.setdefault(prefix, []).append((place, row))
    return found


def matching(index: Mapping[str, list[tuple[int, Row]]], values: Iterable[str]) -> Iterator[tuple[str, Row]]:
    """Yield (code, row) where a code starts with a prefix of a row, in the order of the table, then of the codes."""
    found = {
        (place, value): row
        for value in values
        for n in range(1, len(value) + 1)
        for place, row in index.get(value[:n], ())
    }
    for place, value in sorted(found):
        yield value, found[place, value]
