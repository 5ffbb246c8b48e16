"""Edits that need an installed table: unit limits, codes and modifiers of an official file."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claims.edits import Desk
from claims.edits.desk import KnownProcedure
from claims.scrub import scrub_claims
from codesets.procedures.edits import UnitLimit
from codesets.procedures.types import Bundle
from codesets.registry import CodeSets
from tests.claims.clean import PROFESSIONAL, TODAY, changed


@pytest.fixture
def own_desk(tmp_path: Path) -> Desk:
    return Desk(CodeSets.open(tmp_path), TODAY)


@pytest.mark.parametrize(
    ("indicator", "edit"), [(1, "units.most_line"), (2, "units.most_day"), (3, "units.usual_day")]
)
def test_units_above_the_limit(indicator: int, edit: str, own_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"20610": UnitLimit(2, indicator, "a test")}
    monkeypatch.setattr(own_desk, "_limits", lambda day, services: limits)
    assert scrub_claims([changed(PROFESSIONAL, "lines.1.units", Decimal(2))], own_desk) == []
    found = scrub_claims([changed(PROFESSIONAL, "lines.1.units", Decimal(3))], own_desk)
    assert [(f.id, f.likely_denial) for f in found] == [(edit, "151")]
    assert "MUE 2, a test" in found[0].message


def test_a_code_that_the_official_file_ended(own_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = KnownProcedure(False, None)
    known = own_desk.procedure

    def procedure(code: str, day: date) -> KnownProcedure:
        return ended if code == "20610" else known(code, day)

    monkeypatch.setattr(own_desk, "procedure", procedure)
    assert [f.id for f in scrub_claims([PROFESSIONAL], own_desk)] == ["procedure.invalid"]


def test_a_modifier_that_the_official_file_lacks(own_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_desk, "has_official", lambda system, day: True)
    found = scrub_claims([changed(PROFESSIONAL, "lines.0.modifiers", ("25", "W9"))], own_desk)
    assert [f.id for f in found] == ["modifier.invalid"]


@pytest.mark.parametrize(("allowed", "modifiers", "edits"), [(False, ("59",), ["bundle.never"]), (True, ("59",), [])])
def test_an_official_pair(
    allowed: bool, modifiers: tuple[str, ...], edits: list[str], own_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = ("20610", "12001")
    official = {pair: Bundle(*pair, allowed, "a test", "NCCI v1")}
    monkeypatch.setattr(own_desk, "bundles", lambda claim, day: official)
    second = replace(PROFESSIONAL.lines[1], code="12001", modifiers=modifiers)
    first = changed(PROFESSIONAL, "lines.0", replace(second, code="20610", modifiers=()))
    found = scrub_claims([replace(changed(first, "lines.1", second), total=Decimal(130))], own_desk)
    assert [f.id for f in found] == edits
    assert all("NCCI v1" in f.message for f in found)
