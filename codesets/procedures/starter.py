"""The starter sets of `codesets/data`: common CPT and HCPCS Level II codes in words of our own, for evaluation.

CPT is the AMA's: the files hold code numbers and our wording, no descriptor; see NOTICE.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files

from codesets.procedures.parts import Codes, PartOf
from codesets.procedures.types import Modifier, Procedure, ProcedureSet, Sides
from codesets.types import Code, CodeSet, CodeSystem

_STARTS = date(2026, 1, 1)
_SOURCE = "starter set written for chartcoder"


@cache
def starter_set(system: CodeSystem) -> ProcedureSet:
    """Return the starter set of CPT or HCPCS Level II."""
    code_set = CodeSet(system, f"starter-{_STARTS.year}", _STARTS, None, _SOURCE)
    procedures = (_procedure(system, row) for row in _rows(system.value))
    return ProcedureSet(code_set, {p.code.value: p for p in procedures})


@cache
def starter_modifiers() -> dict[str, Modifier]:
    """Return the modifiers by value."""
    return {row[0]: Modifier(*row) for row in _table("modifiers.tsv")}


@cache
def starter_bundles() -> tuple[PartOf, ...]:
    """Return which codes are part of which; they answer until the official NCCI edits are installed."""
    rows = _table("bundled.tsv")
    return tuple(PartOf(Codes(parts), Codes(of), allowed == "1", reason) for parts, of, allowed, reason in rows)


@cache
def usual_procedures() -> frozenset[str]:
    """Return the codes that are meant where nothing tells the codes of a family apart."""
    text = files("codesets.data").joinpath("usual_procedures.txt").read_text(encoding="utf-8")
    return frozenset(code for line in text.splitlines() if not line.startswith("#") for code in line.split())


def _rows(folder: str) -> Iterator[list[str]]:
    for file in sorted(files("codesets.data").joinpath(folder).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".tsv"):
            yield from _lines(file.read_text(encoding="utf-8"))


def _table(name: str) -> Iterator[list[str]]:
    return _lines(files("codesets.data").joinpath(name).read_text(encoding="utf-8"))


def _lines(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line after the header."""
    for line in text.splitlines()[1:]:
        yield line.split("\t")


def _procedure(system: CodeSystem, row: list[str]) -> Procedure:
    value, family, wording, synonyms, site, sides, addon_to, days, modifiers, unit, facts = row
    return Procedure(
        Code(system, value),
        family,
        wording,
        _split(synonyms),
        _split(site),
        Sides(sides or "no"),
        tuple((first, last or first) for first, _, last in (x.partition("-") for x in _split(addon_to))),
        days,
        _split(modifiers),
        unit or "each",
        dict(fact.split("=", 1) for fact in facts.split(";") if fact),
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
