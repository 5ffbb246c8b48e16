import pytest

from tests.conftest import Reads

STATUSES = [
    pytest.param("Current smoker, 1 pack a day", "cigarettes", "current", id="packs"),
    pytest.param("Quit smoking 2010", "dependence", "former", id="quit"),
    pytest.param("50 pack-years, quit 2014", "cigarettes", "former", id="pack-years, quit"),
    pytest.param("Smokes 10 cigarettes a day, wants to quit", "cigarettes", "current", id="wants to quit"),
    pytest.param("Smoked 1 ppd, quit two weeks ago", "cigarettes", "current", id="quit only now"),
    pytest.param("Vapes daily", "other_product", "current", id="vapes"),
    pytest.param("Mom smokes indoors", "dependence", "secondhand", id="others' smoke"),
]


@pytest.mark.parametrize(("text", "product", "status"), STATUSES)
def test_tobacco(read: Reads, text: str, product: str, status: str) -> None:
    assert [(f.name, f.value) for f in read(text).facts] == [(product, status)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Never smoker", id="never"),
        pytest.param("Non smoker", id="non"),
        pytest.param("Denies tobacco", id="denied"),
        pytest.param("Father smoked heavily", id="a relative"),
        pytest.param("Smokes marijuana daily", id="no tobacco"),
        pytest.param("Smoke detectors at home", id="no smoke"),
    ],
)
def test_nothing_of_tobacco(read: Reads, text: str) -> None:
    assert [f for f in read(text).facts if f.kind.value == "tobacco"] == []
