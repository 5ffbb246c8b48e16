"""The features of a candidate's place and company, on candidates made by hand."""

import pytest

from codesets.types import Code, CodeSystem
from coding.ranking.context import with_context
from coding.types import Candidate, Evidence
from nlp.tokens import tokenize
from nlp.types import Note, Reading, Section, Setting
from tests.conftest import DAY

TEXT = "HPI: cough and fever\nA/P:\n1. Pneumonia\n2. gout, stable on allopurinol"
SECTIONS = (Section("hpi", None, 0, 21), Section("assessment_plan", None, 21, len(TEXT)))


def candidate(code: str, *words: str) -> Candidate:
    spans = [(TEXT.index(w), TEXT.index(w) + len(w), w) for w in words]
    evidence = tuple(Evidence(s, e, w, "hpi" if s < 21 else "assessment_plan") for s, e, w in spans)
    sections = {f"section:{e.section}": 1.0 for e in evidence}
    return Candidate(Code.parse(code), code, evidence, (), {"quality": 1.0, **sections}, ())


def contexts(
    *candidates: Candidate, setting: Setting = Setting.OUTPATIENT, linked: dict[str, float] | None = None
) -> list[dict[str, float]]:
    reading = Reading(Note(TEXT, DAY), SECTIONS, (), (), tokenize(TEXT))
    return [c.features for c in with_context(reading, setting, candidates, linked or {}, None)]


COUGH, PNEUMONIA, GOUT = candidate("R05.9", "cough"), candidate("J18.9", "Pneumonia"), candidate("M10.9", "gout")


def test_places_and_length_of_the_note() -> None:
    cough, pneumonia, gout = contexts(COUGH, PNEUMONIA, GOUT)
    assert (cough["place:narrated"], pneumonia["place:concluded"], gout["place:concluded"]) == (1.0, 1.0, 1.0)
    assert "place:concluded" not in cough
    for features in (cough, pneumonia, gout):
        assert features["note_candidates"] == 3.0
        assert features["note_concluded"] == 2.0
        assert (features["note_concludes"], features["note_lists"]) == (1.0, 0.0)
        assert features["note_chars"] == len(TEXT)


@pytest.mark.parametrize(
    ("found", "item", "share"),
    [
        pytest.param(COUGH, 0.0, 5 / 20, id="inside a sentence"),
        pytest.param(PNEUMONIA, 1.0, 9 / 12, id="a numbered item by itself"),
        pytest.param(GOUT, 1.0, 4 / 30, id="the head of a longer item"),
    ],
)
def test_the_head_of_an_item_and_the_share_of_its_line(found: Candidate, item: float, share: float) -> None:
    (features,) = contexts(found)
    assert features["item"] == item
    assert features["line_share"] == pytest.approx(share)


def test_where_it_is_said_first_and_last() -> None:
    (features,) = contexts(candidate("J18.9", "cough", "Pneumonia"))
    assert features["first"] == TEXT.index("cough") / len(TEXT)
    assert features["last"] == TEXT.index("Pneumonia") / len(TEXT)
    assert features["mentions"] == 2.0


@pytest.mark.parametrize(
    ("setting", "inpatient", "ed"),
    [(Setting.OUTPATIENT, 0.0, 0.0), (Setting.INPATIENT, 1.0, 0.0), (Setting.ED, 0.0, 1.0)],
)
def test_the_setting(setting: Setting, inpatient: float, ed: float) -> None:
    (features,) = contexts(GOUT, setting=setting)
    assert (features["inpatient"], features["ed"]) == (inpatient, ed)


def test_siblings_are_the_others_of_the_category() -> None:
    found = contexts(PNEUMONIA, candidate("J18.1", "Pneumonia"), GOUT)
    assert [f["siblings"] for f in found] == [1.0, 1.0, 0.0]


def test_the_linker_is_passed_on_and_its_silence_is_no_zero() -> None:
    found = contexts(PNEUMONIA, GOUT, linked={"J189": 0.75})
    assert [f["linked"] for f in found] == [0.75, -1.0]


def test_the_plain_score_and_its_rank_come_in() -> None:
    cough, pneumonia = contexts(COUGH, PNEUMONIA)
    assert pneumonia["plain"] > cough["plain"]
    assert (pneumonia["plain_rank"], cough["plain_rank"]) == (0.0, 1.0)


def test_no_candidates_have_no_context() -> None:
    assert contexts() == []


def test_the_features_of_the_candidate_itself_stay() -> None:
    (features,) = contexts(PNEUMONIA)
    assert features["section:assessment_plan"] == 1.0
    assert PNEUMONIA.features == {"quality": 1.0, "section:assessment_plan": 1.0}
    assert PNEUMONIA.code.system is CodeSystem.ICD10CM
