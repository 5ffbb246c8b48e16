"""Figures of service lines on tiny answers, worked out by hand."""

import pytest

from eval.goldnotes.coded import Coded
from eval.goldnotes.services import service_figures
from tests.eval.goldnotes.answers import coded, label, suggestion

TRAPS = {"93000": "not_performed", "J1885": "not_performed", "I10": "negated"}
THREE = [
    coded(
        label("I10", cpt="99213 20610", modifiers="RT", traps=TRAPS),
        suggestion("20610", system="cpt", modifiers="RT 51"),
        suggestion("93000", system="cpt"),
    ),
    coded(label("I10", cpt="99214"), suggestion("99215", system="cpt"), suggestion("I10")),
    coded(label("I10", cpt="99284 12001"), suggestion("12001", system="cpt", modifiers="LT")),
]


@pytest.mark.parametrize(
    ("name", "expected", "n"),
    [
        pytest.param("cpt exact recall", 2 / 5, 5, id="20610 and 12001 of five lines"),
        pytest.param("cpt exact precision", 2 / 4, 4, id="of four suggested"),
        pytest.param("hcpcs exact recall", 0.0, 0, id="no line of HCPCS"),
        pytest.param("visit level exact", 0.0, 3, id="no level is met"),
        pytest.param("visit level within one", 1 / 3, 3, id="99215 is one from 99214"),
        pytest.param("modifiers right", 1 / 2, 2, id="51 is the payer's; LT where none belongs is wrong"),
        pytest.param("units right", 1.0, 2, id="one and one"),
        pytest.param("not performed, suggested", 1 / 2, 2, id="93000 of two traps of services"),
    ],
)
def test_a_figure(name: str, expected: float, n: int) -> None:
    figure = service_figures(THREE)[name]
    assert (round(figure.value, 6), figure.n) == (round(expected, 6), n)


def test_no_notes_give_empty_figures() -> None:
    nothing: list[Coded] = []
    assert service_figures(nothing)["cpt exact F1"].n == 0
