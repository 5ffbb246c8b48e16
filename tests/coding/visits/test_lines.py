from codesets.types import Code
from coding.types import Suggestion
from coding.visits.lines import Line, suggestion_of


def diagnosis(rank: int, code: str, first: bool = False) -> Suggestion:
    return Suggestion(rank, Code.parse(code), code, 0.9, first, ())


def test_pointers_are_four_findings_before_statuses_the_first_listed_first() -> None:
    codes = ["Z79.4", "E11.9", "I10", "M10.9", "J45.909", "K21.9"]
    diagnoses = [diagnosis(n, code, code == "M10.9") for n, code in enumerate(codes, 1)]
    line = suggestion_of(Line("99214", (), "why", 0.7), 1, diagnoses)
    assert line.diagnosis_pointers == ("M10.9", "E11.9", "I10", "J45.909")


def test_counselling_points_to_tobacco_and_a_checkup_to_its_own_code() -> None:
    diagnoses = [diagnosis(1, "I10", True), diagnosis(2, "F17.210"), diagnosis(3, "Z00.00")]
    assert suggestion_of(Line("99406", (), "", 0.8), 1, diagnoses).diagnosis_pointers == ("F17.210",)
    assert suggestion_of(Line("99396", (), "", 0.8), 1, diagnoses).diagnosis_pointers[0] == "Z00.00"


def test_without_diagnoses_a_line_points_nowhere() -> None:
    line = suggestion_of(Line("99214", (), "", 0.7, alternatives=("99213", "99214", "00000")), 1, [])
    assert line.diagnosis_pointers == ()
    assert [a.code.value for a in line.alternatives] == ["99213"]
