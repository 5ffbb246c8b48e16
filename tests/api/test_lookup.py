from datetime import date

import pytest

from api.lookup import check_set, show_code, spelled_codes, warnings_of
from codesets.errors import BadCode, CodeSetMissing, UnknownCode
from codesets.procedures.types import CptUse
from codesets.registry import CodeSets
from codesets.types import Code, CodeSystem

DAY = date(2026, 5, 1)


@pytest.fixture
def sets(home_free: None) -> CodeSets:
    return CodeSets.open()


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        ("E11.42", ["icd10cm E1142"], "with its dot"),
        ("e1142", ["icd10cm E1142"], "no such HCPCS code"),
        ("99213", ["cpt 99213"], "digits"),
        ("j1885", ["hcpcs J1885"], "no such ICD-10-CM code"),
        ("G0439", ["hcpcs G0439", "icd10cm G0439"], "both, without a dot"),
        ("G04.39", ["icd10cm G0439"], "both, with its dot"),
        ("Z99.9", ["icd10cm Z999"], "in no set: what its shape says"),
        ("99999", ["cpt 99999"], "in no set: what its shape says"),
    ],
)
def test_what_a_text_spells(sets: CodeSets, text: str, codes: list[str], reason: str) -> None:
    assert [f"{c.system} {c.value}" for c in spelled_codes(sets, text, DAY)] == codes, reason


def test_a_text_that_spells_no_code(sets: CodeSets) -> None:
    with pytest.raises(BadCode, match="ICD-10-CM"):
        spelled_codes(sets, "CANARY!", DAY)


def test_codes_of_every_system_are_shown(sets: CodeSets) -> None:
    for text in ("E11.42", "99213", "J1885"):
        (code,) = spelled_codes(sets, text, DAY)
        assert show_code(sets, code, DAY)["billable"]
    with pytest.raises(UnknownCode, match="starter-2026"):
        show_code(sets, Code(CodeSystem.CPT, "99999"), DAY)


def test_a_system_that_is_off(home_free: None) -> None:
    sets = CodeSets.open(cpt=CptUse.OFF)
    with pytest.raises(CodeSetMissing, match="CHARTCODER_CPT"):
        check_set(sets, CodeSystem.CPT, DAY)
    check_set(sets, CodeSystem.HCPCS, DAY)
    check_set(sets, CodeSystem.ICD10CM, DAY)


def test_warnings_of_one_system_or_of_all(sets: CodeSets) -> None:
    old = date(2020, 1, 1)
    assert [w.release for w in warnings_of(sets, None, old)] == ["2026-04-01", "starter-2026", "starter-2026"]
    assert [w.release for w in warnings_of(sets, CodeSystem.HCPCS, old)] == ["starter-2026"]
    assert warnings_of(sets, None, DAY) == []
