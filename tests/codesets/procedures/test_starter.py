import re
from importlib.resources import files

import pytest

from codesets.procedures.starter import starter_bundles, starter_modifiers, starter_set
from codesets.types import Code, CodeSystem

SYSTEMS = (CodeSystem.CPT, CodeSystem.HCPCS)
PERIODS = {"", "000", "010", "090", "XXX", "ZZZ", "MMM", "YYY"}
RANGE = re.compile(r"[A-Z]?\d{2,4}[0-9A-Z]?\Z")


@pytest.mark.parametrize(("system", "least"), [(CodeSystem.CPT, 900), (CodeSystem.HCPCS, 700)])
def test_codes_stand_once_and_are_well_shaped(system: CodeSystem, least: int) -> None:
    folder = files("codesets.data").joinpath(system.value)
    rows = sum(len(f.read_text(encoding="utf-8").splitlines()) - 1 for f in folder.iterdir())
    procedures = starter_set(system)
    assert len(procedures) == rows >= least
    assert all(Code.parse(value, system) == p.code for value, p in procedures.procedures.items())


@pytest.mark.parametrize("system", SYSTEMS)
def test_rows_are_whole(system: CodeSystem) -> None:
    known = set(starter_modifiers())
    wrong = [
        p.code.value
        for p in starter_set(system).procedures.values()
        if not (p.wording and p.family and p.global_days in PERIODS and set(p.modifiers) <= known)
        or not all(RANGE.match(end) for span in p.addon_to for end in span)
    ]
    assert not wrong


def test_families_hold_their_codes() -> None:
    procedures = starter_set(CodeSystem.CPT)
    assert {p.code.value for p in procedures.families["office-visit"]} >= {"99202", "99205", "99212", "99215"}
    assert sum(map(len, procedures.families.values())) == len(procedures)


def test_parts_and_wholes_are_codes_of_the_sets() -> None:
    values = {value for system in SYSTEMS for value in starter_set(system).procedures}
    rows = starter_bundles()
    assert len(rows) >= 200
    assert [r for r in rows if not any(v in r.parts for v in values) or not any(v in r.of for v in values)] == []
    assert [r for r in rows if any(first > last for first, last in (*r.parts.ranges, *r.of.ranges))] == []


def test_modifiers_say_when_they_apply() -> None:
    modifiers = starter_modifiers()
    assert {"25", "59", "LT", "RT", "E1", "F9", "TA", "P6", "XU"} <= set(modifiers)
    assert all(m.name and m.when and m.systems and m.kind for m in modifiers.values())
