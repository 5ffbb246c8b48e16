import os
from pathlib import Path

import pytest

from codesets.procedures.types import Procedure
from codesets.types import Code, CodeSystem
from training.starter_sets import check_starter_sets, kind_of_service, main

DATA = Path(os.environ.get("CHARTCODER_DATA", Path(__file__).parents[3] / "shared" / "data"))


def _cpt(value: str, days: str = "", addon_to: tuple[tuple[str, str], ...] = ()) -> Procedure:
    return Procedure(Code(CodeSystem.CPT, value), value, "words", global_days=days, addon_to=addon_to)


def test_findings() -> None:
    hcpcs = [Procedure(Code(CodeSystem.HCPCS, v), v, "words") for v in ("J1885", "J0000")]
    procedures = [
        _cpt("20610", "000"),
        _cpt("27447", "010"),
        _cpt("80053"),
        _cpt("11732", "ZZZ", (("11730", "11730"),)),
        _cpt("11001", "ZZZ", (("11000", "11000"),)),
        *hcpcs,
    ]
    periods = {"20610": "000", "27447": "090", "11732": "ZZZ", "11730": "000", "11001": "ZZZ"}
    findings = check_starter_sets(procedures, periods, ["J1885"])
    assert findings.codes == {"cpt": 5, "hcpcs": 2}
    assert findings.unlisted == {"CPT laboratory": ("80053",), "HCPCS J": ("J0000",)}
    assert findings.globals_differ == (("27447", "010", "090"),)
    assert findings.adrift == ("11001",)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("00100", "CPT anesthesia"),
        ("80053", "CPT laboratory"),
        ("90686", "CPT vaccines and immune globulins"),
        ("91320", "CPT vaccines and immune globulins"),
        ("90471", "CPT vaccine administration"),
        ("99213", "CPT other"),
        ("0042T", "CPT category T"),
        ("J1885", "HCPCS J"),
    ],
)
def test_kinds_of_service(value: str, kind: str) -> None:
    assert kind_of_service(value) == kind


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here: set CHARTCODER_DATA")
def test_the_starter_sets_stand_up_to_the_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert "in no list, CPT anesthesia" in capsys.readouterr().out
