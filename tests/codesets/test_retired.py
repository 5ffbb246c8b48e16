from datetime import date
from pathlib import Path

from codesets.icd10cm.carry import rows_of
from codesets.icd10cm.release import IcdRelease
from codesets.loaders import apply_addenda, read_addenda
from codesets.retired import retired_codes


def test_thirty_facts_about_billable_codes(embedded: IcdRelease) -> None:
    facts = retired_codes()
    assert len(facts) == 30
    assert all(embedded.is_billable(v) for v in facts)
    assert {f.retired_on for f in facts.values()} == {date(2026, 10, 1)}
    assert all(f.successors for f in facts.values())


def test_the_facts_are_those_of_the_addenda(embedded: IcdRelease, shared: Path) -> None:
    name = "icd10cm_order_addenda_2027.txt"
    addenda = read_addenda(name, (shared / name).read_bytes())
    rows = apply_addenda(name, addenda, rows_of(embedded), "2026-04-01")
    billable = {v for v, row in rows.items() if row.billable}
    assert set(retired_codes()) == {v for v in embedded if embedded.is_billable(v)} - billable
    for fact in retired_codes().values():
        assert set(fact.successors) <= billable
        assert {v for v in billable if v.startswith(fact.value)} <= set(fact.successors)
