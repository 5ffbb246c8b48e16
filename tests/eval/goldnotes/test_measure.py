"""Figures on tiny answers, worked out by hand."""

import pytest

from eval.goldnotes.coded import Coded
from eval.goldnotes.measure import errors_by_chapter, gain_of_rules, measure, outcomes
from tests.eval.goldnotes.answers import coded, label, suggestion

TWO = [
    coded(
        label("I10 E11.9", first="I10", traps={"R07.9": "negated", "N18.9": "combined"}),
        suggestion("I10", 0.9, 0, first=True),
        suggestion("E11.65", 0.7, 10),
        suggestion("R07.9", 0.3, 50),
    ),
    coded(label("M10.9", first="M10.9", traps={"C50.919": "historical"}), suggestion("M10.9", 0.7, 40)),
]


def value(coded: list[Coded], name: str) -> tuple[float, int]:
    figure = measure(coded)[name]
    return round(figure.value, 6), figure.n


@pytest.mark.parametrize(
    ("name", "expected", "n"),
    [
        pytest.param("icd10cm exact precision", 2 / 4, 4, id="I10 and M10.9 of four suggestions"),
        pytest.param("icd10cm exact recall", 2 / 3, 3, id="of three gold codes"),
        pytest.param("icd10cm exact F1", 4 / 7, 3, id="2 × 2 ÷ (4 + 3)"),
        pytest.param("icd10cm category precision", 3 / 4, 4, id="E11 counts by category"),
        pytest.param("icd10cm category recall", 3 / 3, 3, id="all three categories"),
        pytest.param("icd10cm macro precision", (1 / 3 + 1) / 2, 2, id="mean over notes"),
        pytest.param("icd10cm macro recall", (1 / 2 + 1) / 2, 2, id="mean recall"),
        pytest.param("icd10cm macro F1", (2 / 5 + 1) / 2, 2, id="mean of the F1s"),
        pytest.param("recall@5", 2 / 3, 3, id="nothing is cut off"),
        pytest.param("first-listed", 2 / 2 - 1 / 2, 2, id="the second note marks none as first"),
        pytest.param("traps, assertion", 1 / 2, 2, id="R07.9 sprung, C50.919 not"),
        pytest.param("traps, all", 1 / 3, 3, id="the combined code is a trap too"),
        pytest.param("trap negated", 1.0, 1, id="by kind"),
        pytest.param("trap combined", 0.0, 1, id="by kind, none sprung"),
        pytest.param("evidence overlap", 1 / 2, 2, id="M10.9 points elsewhere"),
        pytest.param("calibration error", 0.2, 4, id="gaps .1, |1 - 1.4| and .3 over four"),
    ],
)
def test_a_figure_by_hand(name: str, expected: float, n: int) -> None:
    assert value(TWO, name) == (pytest.approx(expected, abs=1e-6), n)


def test_recall_at_five_stops_at_five() -> None:
    wrong = [suggestion(f"A0{n}.9", 0.9) for n in range(1, 6)]
    late = [coded(label("I10"), *wrong, suggestion("I10", 0.1))]
    assert value(late, "recall@5") == (0.0, 1)
    assert value(late, "recall@10") == (1.0, 1)


def test_procedures_are_measured_by_their_own_system() -> None:
    found = [coded(label("I10", cpt="99213 93000"), suggestion("93000", system="cpt"))]
    assert value(found, "cpt exact recall") == (0.5, 2)
    assert value(found, "cpt exact precision") == (1.0, 1)
    assert value(found, "icd10cm exact recall") == (0.0, 1)
    assert value(found, "hcpcs exact F1") == (0.0, 0)


def test_a_note_without_codes_counts_where_something_was_suggested() -> None:
    empty, spoiled = coded(label("")), coded(label(""), suggestion("I10"))
    right = coded(label("I10"), suggestion("I10"))
    assert value([right, empty], "icd10cm macro F1") == (1.0, 1)
    assert value([right, spoiled], "icd10cm macro F1") == (0.5, 2)


def test_intervals_hold_the_value_and_are_the_same_every_time() -> None:
    notes = [*TWO, coded(label("J18.9"), suggestion("J18.9", 0.8))] * 5
    figures = measure(notes)
    assert figures == measure(notes)
    for name, figure in figures.items():
        assert figure.low <= figure.value + 1e-9, name
        assert figure.value <= figure.high + 1e-9, name
    assert figures["icd10cm exact F1"].low < figures["icd10cm exact F1"].high


def test_alike_notes_leave_no_doubt() -> None:
    figure = measure([coded(label("I10"), suggestion("I10"))] * 4)["icd10cm exact F1"]
    assert (figure.low, figure.value, figure.high) == (1.0, 1.0, 1.0)


def test_figures_are_rounded_for_json() -> None:
    row = measure(TWO)["icd10cm exact F1"].as_json()
    assert row["value"] == 0.5714
    assert set(row) == {"value", "n", "low", "high"}


def test_outcomes_are_the_scores_with_what_they_were_worth() -> None:
    assert outcomes(TWO) == [(0.9, True), (0.7, False), (0.3, False), (0.7, True)]


def test_errors_by_chapter_are_right_missed_and_wrong() -> None:
    assert errors_by_chapter(TWO) == {"E": (0, 1, 1), "I": (1, 0, 0), "M": (1, 0, 0), "R": (0, 0, 1)}


def test_nothing_suggested_has_no_calibration_error() -> None:
    assert value([coded(label("I10"))], "calibration error") == (0.0, 0)


def test_the_gain_of_the_rules_is_the_difference_of_two_f1() -> None:
    on = [coded(label("I10 E11.9"), suggestion("I10"), suggestion("E11.9"))]
    off = [coded(label("I10 E11.9"), suggestion("I10"), suggestion("R05.9"))]
    figure = gain_of_rules(on, off)["icd10cm exact F1, gain of the rules"]
    assert (figure.value, figure.n) == (pytest.approx(1 - 1 / 2), 2)
