import pytest

from codesets.procedures.types import Procedure
from codesets.types import Code, CodeSystem
from coding.procedures.units import dose_units, timed_units
from nlp.procedures.types import Measure


@pytest.mark.parametrize(
    ("unit", "amount", "measure", "units"),
    [
        pytest.param("10mg", 40, "mg", 4, id="whole"),
        pytest.param("10mg", 41, "mg", 5, id="rounded up"),
        pytest.param("1000mcg", 1, "mg", 1, id="micrograms"),
        pytest.param("1g", 500, "mg", 1, id="grams"),
        pytest.param("1units", 155, "units", 155, id="units"),
        pytest.param("10mg", 40, "ml", None, id="another unit"),
        pytest.param("item", 40, "mg", None, id="not by dose"),
    ],
)
def test_doses(unit: str, amount: float, measure: str, units: int | None) -> None:
    drug = Procedure(Code(CodeSystem.HCPCS, "J0000"), "drug", "drug", unit=unit)
    assert dose_units(drug, [Measure("dose", amount, measure, 0, 1, 0)]) == units


@pytest.mark.parametrize(
    ("minutes", "units"),
    [
        pytest.param({"97110": 7}, {}, id="under 8 minutes"),
        pytest.param({"97110": 8}, {"97110": 1}, id="from 8 minutes"),
        pytest.param({"97110": 24, "97140": 8}, {"97110": 2}, id="9 minutes over against 8"),
        pytest.param({"97110": 33, "97140": 7}, {"97110": 2, "97140": 1}, id="3 minutes over against 7"),
        pytest.param({"97110": 7, "97140": 7, "97530": 7}, {"97110": 1}, id="21 minutes are one"),
    ],
)
def test_the_8_minute_rule(minutes: dict[str, float], units: dict[str, int]) -> None:
    assert timed_units(minutes) == units
