"""From a note to candidates, before and after the rules."""

from typing import Any

import pytest

from coding.consider import Considered, consider, settle
from coding.desk import Desk
from coding.suggest import Suggester
from coding.types import Candidate, Reason, Step
from nlp.types import Note, Setting
from tests.conftest import DAY, diagnoses

TEXT = "PMH: HTN.\nDenies chest pain.\nAssessment: CKD 3b. Possible pneumonia."


class EveryCode:
    """A linker that gives every code the same probability."""

    def probabilities(self, rows: list[list[float]]) -> list[float]:
        return [0.25] * len(rows)


@pytest.fixture(scope="module")
def desk(real_suggester: Suggester) -> Desk:
    return real_suggester.desk(DAY)


def considered(desk: Desk, text: str = TEXT, setting: Setting | None = None, linker: Any = None) -> Considered:
    return consider(desk, linker, Note(text, DAY, setting))


def codes(candidates: tuple[Candidate, ...]) -> set[str]:
    return {c.code.display for c in candidates}


def test_what_is_stated_and_what_is_stopped(desk: Desk) -> None:
    found = considered(desk)
    assert codes(found.candidates) == {"I10", "N18.32"}
    assert {(s.code.display, s.reason) for s in found.suppressed} == {
        ("R07.9", Reason.NEGATED),
        ("J18.9", Reason.UNCERTAIN),
    }
    assert {"R079", "J189"} <= found.denied
    assert found.setting is Setting.OUTPATIENT


def test_the_linker_is_asked_about_every_candidate(desk: Desk) -> None:
    assert considered(desk).linked == {}
    linked = considered(desk, linker=EveryCode()).linked
    assert {"I10", "N1832"} <= set(linked)
    assert set(linked.values()) == {0.25}


def test_rules_combine_and_say_what_they_displaced(desk: Desk) -> None:
    settled = settle(desk, considered(desk))
    assert codes(settled.candidates) == {"I12.9", "N18.32"}
    assert {s.code.display: s.because for s in settled.suppressed}["I10"] == "I12.9"


def test_a_code_that_may_not_stand_displaces_nothing(desk: Desk) -> None:
    settled = settle(desk, considered(desk), frozenset({"I129"}))
    assert codes(settled.candidates) == {"I10", "N18.32"}
    assert "I10" not in {s.code.display for s in settled.suppressed}


def test_candidates_leave_with_the_features_of_their_context(desk: Desk) -> None:
    settled = settle(desk, considered(desk, linker=EveryCode()))
    by_code = {c.code.display: c.features for c in settled.candidates}
    assert by_code["N18.32"]["place:concluded"] == 1.0
    assert by_code["N18.32"]["linked"] == 0.25
    assert all(f["note_candidates"] == len(settled.candidates) for f in by_code.values())


class Choosy:
    """A ranker that gives some codes a low score and all others 0.9."""

    version, threshold = "choosy", 0.5

    def __init__(self, *weak: str, score: float = 0.1) -> None:
        self.weak, self.low = weak, score

    def score(self, candidates: list[Candidate]) -> list[float]:
        return [self.low if c.code.display in self.weak else 0.9 for c in candidates]

    def explain(self, candidates: list[Candidate]) -> list[Step | None]:
        return [None] * len(candidates)


@pytest.mark.parametrize(
    ("text", "weak", "score", "listed"),
    [
        pytest.param("A/P: R05.9 cough", ("R05.9",), 0.3, ["R05.9"], id="a complaint where nothing else is"),
        pytest.param("A/P: cough, asthma", ("R05.9",), 0.3, ["J45.909"], id="a disease is listed"),
        pytest.param("A/P: cough", ("R05.9",), 0.1, [], id="far below the threshold"),
    ],
)
def test_a_visit_has_a_reason(
    real_suggester: Suggester, text: str, weak: tuple[str, ...], score: float, listed: list[str]
) -> None:
    ranker = Choosy(*weak, score=score)
    answer = Suggester(real_suggester.code_sets, ranker).suggest(Note(text, DAY, Setting.OUTPATIENT))  # type: ignore[arg-type]
    assert diagnoses(answer) == listed
    asked = Suggester(real_suggester.code_sets, ranker, threshold=0.5)  # type: ignore[arg-type]
    assert not {s.code.display for s in asked.suggest(Note(text, DAY)).suggestions} & set(weak)


@pytest.mark.parametrize(
    ("weak", "listed"),
    [
        pytest.param((), ["I12.9", "N18.32"], id="the combination stands and displaces its part"),
        pytest.param(("I12.9",), ["I10", "N18.32"], id="unlisted it displaces nothing"),
        pytest.param(("I12.9", "I10"), ["N18.32"], id="what comes back must earn its own place"),
    ],
)
def test_a_code_that_is_not_listed_displaces_nothing(
    real_suggester: Suggester, weak: tuple[str, ...], listed: list[str]
) -> None:
    answer = Suggester(real_suggester.code_sets, Choosy(*weak)).suggest(Note(TEXT, DAY, Setting.OUTPATIENT))  # type: ignore[arg-type]
    assert diagnoses(answer) == listed
    shown = {s.code.display for s in answer.suppressed}
    assert not shown & set(listed)
    assert {s.because for s in answer.suppressed} - {None} <= set(listed)


def test_what_happens_in_an_operation_is_no_cause_of_an_injury(desk: Desk) -> None:
    found = considered(desk, "PROCEDURE: The ligament was cut with a knife.\nHPI: Laceration of the thumb.")
    assert not any(c.startswith("W26") for c in codes(found.candidates))
    assert "W26.0XXA" in codes(considered(desk, "HPI: He cut his thumb with a knife.").candidates)
