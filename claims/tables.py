"""The tables of `claims/data`: tab-separated, a header line, one row a fact."""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table below its header, each with as many cells as the header."""
    header, *lines = files("claims.data").joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    width = header.count("\t") + 1
    cells = (line.split("\t") for line in lines if line)
    return tuple((*row, *[""] * (width - len(row))) for row in cells)


@cache
def codes(name: str) -> frozenset[str]:
    """Return the first column of a table."""
    return frozenset(row[0] for row in rows(name))
