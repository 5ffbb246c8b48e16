from codesets.procedures.starter import starter_set, usual_procedures
from codesets.types import CodeSystem

CPT = starter_set(CodeSystem.CPT)
HCPCS = starter_set(CodeSystem.HCPCS)


def test_sizes() -> None:
    assert len(CPT) >= 900
    assert len(HCPCS) >= 700


def test_usual_codes_are_in_the_sets() -> None:
    assert [code for code in usual_procedures() if code not in CPT and code not in HCPCS] == []
