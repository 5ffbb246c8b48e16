"""What a visit bills beside its level, and what it does not, on short invented notes."""

from datetime import date
from pathlib import Path

import pytest

from codesets.types import CodeSystem
from coding.suggest import Suggester
from nlp.types import Note, Patient, Setting

_DAY = date(2026, 6, 1)
_ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("office.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
_LEVELLED = ("992", "993")


@pytest.mark.parametrize(("text", "age", "codes", "reason"), _ROWS, ids=[f"{r[3]}: {r[0][:30]}" for r in _ROWS])
def test_what_is_billed(real_suggester: Suggester, text: str, age: str, codes: str, reason: str) -> None:
    written = [] if codes == "-" else [code.partition("*") for code in codes.split()]
    expected = {code: int(units or 1) for code, _, units in written}
    answer = real_suggester.suggest(Note(text, _DAY, Setting.OUTPATIENT, Patient(int(age))))
    found = {
        s.code.display: s.units or 1
        for s in answer.suggestions
        if s.code.system is not CodeSystem.ICD10CM and "JW" not in s.modifiers
    }
    kept = {c: units for c, units in found.items() if not c.startswith(_LEVELLED) or c in expected}
    assert kept == expected, reason
