import pytest

from tests.conftest import Reads

MEASURES = [
    pytest.param("BMI 33.4", "body_mass", "33.4", id="plain"),
    pytest.param("Body mass index is 44.6 kg/m2", "body_mass", "44.6", id="spelled out"),
    pytest.param("BMI 24, 97th percentile", "body_mass_percentile", "97", id="a child's percentile"),
    pytest.param("IUP at 32w2d", "gestation", "32", id="weeks and days together"),
    pytest.param("G1P0 at 32 2/7 weeks", "gestation", "32", id="sevenths"),
    pytest.param("presented at 37-3/7 weeks", "gestation", "37", id="sevenths behind a dash"),
    pytest.param("12 weeks gestation", "gestation", "12", id="weeks of gestation"),
    pytest.param("Born at 34w2d", "birth_gestation", "34", id="a newborn's"),
    pytest.param("BW 1820 g", "birth_weight", "1820", id="grams"),
    pytest.param("Birth weight: 1,820 grams", "birth_weight", "1820", id="a thousands comma"),
    pytest.param("Birth weight 1.82 kg", "birth_weight", "1820", id="kilograms"),
]


@pytest.mark.parametrize(("text", "kind", "value"), MEASURES)
def test_a_measure(read: Reads, text: str, kind: str, value: str) -> None:
    assert [(f.kind.value, f.value) for f in read(text).facts] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Goal BMI 25", id="a goal"),
        pytest.param("BMI > 40 qualifies", id="a bound"),
        pytest.param("Prepregnancy BMI 43.2", id="an earlier one"),
        pytest.param("Follow up in 6 weeks", id="weeks of time"),
        pytest.param("Previa at 20w scan resolved", id="an earlier scan"),
        pytest.param("8 to 9 weeks gestation", id="a range"),
    ],
)
def test_no_measure(read: Reads, text: str) -> None:
    assert read(text).facts == ()
