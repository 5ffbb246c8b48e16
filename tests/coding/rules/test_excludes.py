from coding.types import Severity
from tests.coding.rules.conftest import Reviews, Rules, stands, why_gone


def test_a_pair_that_excludes_is_a_problem_that_names_both(ruled: Rules, reviewed: Reviews) -> None:
    outcome = ruled("E10.9. E13.9")
    (problem,), _ = reviewed("E10.9. E13.9")
    assert (problem.rule, problem.severity, problem.codes) == ("excludes1", Severity.WARNING, ("E10.9", "E13.9"))
    assert stands(outcome) == {"E10.9", "E13.9"}
    assert "E10.9" in problem.message and "E13.9" in problem.message


def test_each_pair_once(reviewed: Reviews) -> None:
    codes = [p.codes for p in reviewed("E10.9. E11.9. E13.9")[0]]
    assert len(codes) == len(set(codes)) == 3


def test_codes_that_may_stand_together_are_no_problem(reviewed: Reviews) -> None:
    assert reviewed("I10. E11.9. M17.11")[0] == ()


def test_a_symptom_gives_way_to_the_diagnosis_that_excludes_it(ruled: Rules) -> None:
    outcome = ruled("R78.81. A41.9")
    assert stands(outcome) == {"A41.9"}
    assert set(why_gone(outcome)) == {"R78.81"}


def test_a_symptom_does_not_give_way_to_what_the_exam_alone_names(ruled: Rules) -> None:
    assert "R03.0" in stands(ruled("R03.0\nexam: I10?"))


def test_a_note_of_a_whole_chapter_is_named_as_it_is_printed(reviewed: Reviews) -> None:
    (problem,), _ = reviewed("O24.410. Z34.90")
    assert "Excludes1 note at chapter 15 keeps" in problem.message
