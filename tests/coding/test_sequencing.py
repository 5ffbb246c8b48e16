import pytest

from codesets.icd10cm.release import IcdRelease
from codesets.types import Code, CodeSystem
from coding.sequencing import first_listed
from coding.types import Candidate, Evidence
from tests.conftest import Suggests


def candidate(value: str, start: int = 0, section: str = "assessment", display: str = "x") -> Candidate:
    evidence = Evidence(start, start + 1, "x", section)
    return Candidate(Code(CodeSystem.ICD10CM, value), display, (evidence,), (), {}, ())


@pytest.mark.parametrize(
    ("candidates", "first"),
    [
        pytest.param([candidate("I10", 5), candidate("J189", 9)], "I10", id="the first named"),
        pytest.param([candidate("I10", 2, "pmh"), candidate("J189", 9)], "J189", id="the assessment before history"),
        pytest.param([candidate("J189", 1), candidate("R05", 9)], "J189", id="the diagnosis named first"),
        pytest.param([candidate("Z853", 1), candidate("J189", 9)], "J189", id="a disease before a status"),
        pytest.param([candidate("Z00", 1), candidate("J189", 9)], "Z00", id="an encounter code may lead (IV.G)"),
        pytest.param([candidate("W01", 1), candidate("S520", 9)], "S520", id="never an external cause"),
        pytest.param([candidate("W01"), candidate("X99"), candidate("Y92")], None, id="only causes"),
        pytest.param([candidate("F02", display="in diseases classified elsewhere")], None, id="a manifestation"),
        pytest.param([candidate("R05", 1)], "R05", id="a symptom where nothing else is"),
        pytest.param([candidate("Z853", 1)], "Z853", id="a status where nothing else is"),
        pytest.param([candidate("Z1612", 1), candidate("A4151", 9)], "A4151", id="no resistance (I.C.1.c)"),
        pytest.param([candidate("T380X5A", 1), candidate("E0965", 9)], "E0965", id="no adverse effect (I.C.19.e.5)"),
        pytest.param([candidate("T391X2A", 9), candidate("R112", 1)], "R112", id="a poisoning may: here it is late"),
        pytest.param([candidate("D509", 1), candidate("O99013", 9)], "O99013", id="pregnancy first (I.C.15.a.1)"),
        pytest.param([candidate("P704", 1), candidate("Z3800", 9)], "Z3800", id="the birth first (I.C.16.a.2)"),
        pytest.param([candidate("I5023", 1), candidate("I130", 9)], "I130", id="I50 says: code first I13.0"),
        pytest.param([candidate("N184", 1), candidate("E1122", 9)], "E1122", id="N18 says: code first E11.22"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_which_code_stands_first(embedded: IcdRelease, candidates: list[Candidate], first: str | None) -> None:
    for order in (candidates, candidates[::-1]):
        found = first_listed(embedded, order, [0.5] * len(order))
        assert (found.value if found else None) == first


def test_at_one_place_the_better_score_stands_first(embedded: IcdRelease) -> None:
    tied = [candidate("I10"), candidate("J189")]
    found = first_listed(embedded, tied, [0.4, 0.9])
    assert found is not None
    assert found.value == "J189"


def test_an_external_cause_alone_is_suggested_but_not_first(suggest: Suggests) -> None:
    answer = suggest("Fell from ladder.")
    assert [s.code.value[0] for s in answer.suggestions] == ["W"]
    assert not any(s.first_listed for s in answer.suggestions)
