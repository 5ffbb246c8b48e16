import pytest

from codesets.icd10cm.release import IcdRelease
from codesets.types import Code, CodeSystem
from coding.sequencing import first_listed, is_disease_or_complaint
from coding.types import Candidate, Evidence
from nlp.types import Setting
from tests.conftest import Suggests


def candidate(value: str, start: int = 0, section: str = "assessment", display: str = "x") -> Candidate:
    evidence = Evidence(start, start + 1, "x", section)
    return Candidate(Code(CodeSystem.ICD10CM, value), display, (evidence,), (), {}, ())


def first_of(
    release: IcdRelease, candidates: list[Candidate], text: str = " " * 300, setting: Setting = Setting.OUTPATIENT
) -> str | None:
    found = {first_listed(release, text, setting, c, [0.5] * len(c)) for c in (candidates, candidates[::-1])}
    assert len(found) == 1
    first = found.pop()
    return first.code.value if first else None


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
        pytest.param(
            [candidate("K625", 1, "postop_diagnosis"), candidate("K648", 9, "postop_diagnosis")],
            "K625",
            id="two findings after surgery",
        ),
        pytest.param(
            [candidate("R1310", 1, "postop_diagnosis"), candidate("K222", 9, "postop_diagnosis")],
            "K222",
            id="what surgery found before the symptom",
        ),
        pytest.param([candidate("C799", 1), candidate("C73", 9)], "C73", id="a primary before metastases of no site"),
        pytest.param([candidate("Z853", 1)], "Z853", id="a status where nothing else is"),
        pytest.param([candidate("Z1612", 1), candidate("A4151", 9)], "A4151", id="no resistance (I.C.1.c)"),
        pytest.param([candidate("T380X5A", 1), candidate("E0965", 9)], "E0965", id="no adverse effect (I.C.19.e.5)"),
        pytest.param([candidate("T391X2A", 9), candidate("R112", 1)], "T391X2A", id="a poisoning (I.C.19.e.5.b)"),
        pytest.param([candidate("D509", 1), candidate("O99013", 9)], "O99013", id="pregnancy first (I.C.15.a.1)"),
        pytest.param([candidate("P704", 1), candidate("Z3800", 9)], "Z3800", id="the birth first (I.C.16.a.2)"),
        pytest.param([candidate("I5023", 1), candidate("I130", 9)], "I130", id="I50 says: code first I13.0"),
        pytest.param([candidate("N184", 1), candidate("E1122", 9)], "E1122", id="N18 says: code first E11.22"),
        pytest.param([candidate("M86171", 5), candidate("E1169", 5)], "E1169", id="diabetes before its complication"),
        pytest.param([candidate("M86171", 5), candidate("E1169", 9)], "M86171", id="diabetes with another finding"),
        pytest.param([candidate("I10", 1), candidate("E1122", 9)], "I10", id="nothing names the other"),
        pytest.param([candidate("F17210", 1), candidate("J449", 9)], "J449", id="J44 says: use additional code F17"),
        pytest.param([candidate("F17210", 1), candidate("I10", 9, "pmh")], "I10", id="a habit after a disease"),
        pytest.param([candidate("F10231", 1), candidate("K7010", 9)], "F10231", id="a withdrawal may lead its liver"),
        pytest.param([candidate("R05", 1, "hpi"), candidate("J189", 9)], "J189", id="a complaint that is explained"),
        pytest.param(
            [candidate("R05", 1), candidate("J189", 9)], "R05", id="a complaint that the assessment puts first"
        ),
        pytest.param(
            [candidate("Z1211", 200, "preop_diagnosis"), candidate("K635", 9, "postop_diagnosis")],
            "Z1211",
            id="a screening that was planned, before what it found (I.C.21.c.5)",
        ),
        pytest.param([candidate("Z1211", 200), candidate("K635", 250)], "K635", id="a screening in a plan"),
        pytest.param([candidate("Z5111", 250), candidate("C3490", 200)], "Z5111", id="chemotherapy (I.C.2.e.2)"),
        pytest.param(
            [candidate("Z5111", 250, "pmh"), candidate("C3490", 200)], "C3490", id="chemotherapy of the past"
        ),
        pytest.param([candidate("Z23", 1), candidate("E785", 200)], "E785", id="a vaccine is no reason"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_which_code_stands_first(embedded: IcdRelease, candidates: list[Candidate], first: str | None) -> None:
    assert first_of(embedded, candidates) == first


@pytest.mark.parametrize(
    ("candidates", "outpatient", "inpatient"),
    [
        pytest.param([candidate("N10", 1), candidate("A4151", 9)], "N10", "A4151", id="sepsis (I.C.1.d.4)"),
        pytest.param([candidate("Z0000", 200), candidate("C61", 250)], "Z0000", "C61", id="an exam is no admission"),
    ],
)
def test_the_setting_decides(
    embedded: IcdRelease, candidates: list[Candidate], outpatient: str, inpatient: str
) -> None:
    assert first_of(embedded, candidates) == outpatient
    assert first_of(embedded, candidates, setting=Setting.INPATIENT) == inpatient


@pytest.mark.parametrize(
    ("text", "symptom", "first"),
    [
        pytest.param("nasal obstruction due to deviated septum", "J3489", "J342", id="its cause"),
        pytest.param("nasal obstruction, not due to deviated septum", "J3489", "J3489", id="a cause that is denied"),
        pytest.param("nasal obstruction. deviated septum", "J3489", "J3489", id="no cause"),
        pytest.param("nasal obstruction due to deviated septum", "J330", "J330", id="a disease yields to no cause"),
    ],
)
def test_a_symptom_yields_to_its_cause(embedded: IcdRelease, text: str, symptom: str, first: str) -> None:
    spans = [(symptom, "nasal obstruction"), ("J342", "deviated septum")]
    found = [
        Candidate(
            Code(CodeSystem.ICD10CM, value),
            "x",
            (Evidence(text.index(words), text.index(words) + len(words), words, "assessment"),),
            (),
            {},
            (),
        )
        for value, words in spans
    ]
    assert first_of(embedded, found, text) == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("on apixaban for I4891 he was found\n1) I5023 treated", "I5023", id="the first item"),
        pytest.param("on apixaban for I4891 he was found\n# I5023 treated", "I5023", id="a problem"),
        pytest.param("on apixaban for I4891 he was found\n2) I5023 treated", "I4891", id="another item"),
    ],
)
def test_in_a_narrative_the_first_item_goes_before_what_is_told(embedded: IcdRelease, text: str, first: str) -> None:
    found = [candidate(value, text.index(value), "hospital_course") for value in ("I4891", "I5023")]
    assert first_of(embedded, found, text) == first


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("J189", True),
        ("R05", True),
        ("O80", True),
        ("Z853", False),
        ("F17210", False),
        ("Z23", False),
        ("W01", False),
    ],
)
def test_what_says_what_is_the_matter(value: str, expected: bool) -> None:
    assert is_disease_or_complaint(candidate(value)) is expected


def test_at_one_place_the_better_score_stands_first(embedded: IcdRelease) -> None:
    tied = [candidate("I10"), candidate("J189")]
    found = first_listed(embedded, "", Setting.OUTPATIENT, tied, [0.4, 0.9])
    assert found is not None
    assert found.code.value == "J189"


def test_an_external_cause_alone_is_suggested_but_not_first(suggest: Suggests) -> None:
    answer = suggest("Fell from ladder.")
    assert [s.code.value[0] for s in answer.suggestions] == ["W"]
    assert not any(s.first_listed for s in answer.suggestions)
