import pytest

from coding.suppression import REASONS, guideline_of, is_kept
from coding.types import Reason
from nlp.types import AssertionKind, Setting
from tests.conftest import Suggests, diagnoses

K, IN, OUT, ED = AssertionKind, Setting.INPATIENT, Setting.OUTPATIENT, Setting.ED


@pytest.mark.parametrize(
    ("kind", "value", "setting", "section", "kept"),
    [
        pytest.param(K.PRESENT, "J189", OUT, "hpi", True, id="present"),
        pytest.param(K.NEGATED, "J189", IN, "assessment", False, id="negated, anywhere"),
        pytest.param(K.HYPOTHETICAL, "J189", IN, "assessment", False, id="hypothetical, anywhere"),
        pytest.param(K.UNCERTAIN, "J189", OUT, "assessment", False, id="uncertain outpatient (IV.H)"),
        pytest.param(K.UNCERTAIN, "J189", ED, "assessment", False, id="the ED follows outpatient rules"),
        pytest.param(K.UNCERTAIN, "J189", IN, "discharge_diagnosis", True, id="uncertain at discharge (II.H)"),
        pytest.param(K.UNCERTAIN, "J189", IN, "hpi", False, id="uncertain on admission only"),
        pytest.param(K.UNCERTAIN, "B20", IN, "discharge_diagnosis", False, id="HIV only confirmed (I.C.1.a.1)"),
        pytest.param(K.UNCERTAIN, "Z21", IN, "discharge_diagnosis", False, id="asymptomatic HIV too"),
        pytest.param(K.UNCERTAIN, "O98711", IN, "discharge_diagnosis", False, id="HIV in pregnancy too"),
        pytest.param(K.UNCERTAIN, "U071", IN, "discharge_diagnosis", False, id="COVID-19 (I.C.1.g.1.a)"),
        pytest.param(K.UNCERTAIN, "A925", IN, "discharge_diagnosis", False, id="Zika (I.C.1.f)"),
        pytest.param(K.UNCERTAIN, "J101", IN, "discharge_diagnosis", False, id="influenza J10 (I.C.10.c)"),
        pytest.param(K.UNCERTAIN, "J09X2", IN, "discharge_diagnosis", False, id="avian influenza"),
        pytest.param(K.UNCERTAIN, "J111", IN, "discharge_diagnosis", True, id="J11 is what suspected flu takes"),
        pytest.param(K.HISTORICAL, "C50919", OUT, "pmh", False, id="a past cancer is not a current one"),
        pytest.param(K.HISTORICAL, "Z853", OUT, "pmh", True, id="its history code is"),
        pytest.param(K.HISTORICAL, "Z803", OUT, "pmh", False, id="family history is not the patient's"),
        pytest.param(K.FAMILY, "Z803", OUT, "family", True, id="family history"),
        pytest.param(K.FAMILY, "Z853", OUT, "family", False, id="personal history of a relative"),
        pytest.param(K.FAMILY, "C50919", OUT, "family", False, id="a relative's cancer"),
        pytest.param(K.CONDITIONAL, "Z880", OUT, "allergies", True, id="allergy status"),
        pytest.param(K.CONDITIONAL, "L500", OUT, "allergies", False, id="the reaction"),
    ],
)
def test_what_may_stand(kind: AssertionKind, value: str, setting: Setting, section: str, kept: bool) -> None:
    assert is_kept(kind, value, setting, section) is kept


def test_every_assertion_but_present_has_a_reason() -> None:
    assert set(REASONS) == set(AssertionKind) - {K.PRESENT}


@pytest.mark.parametrize(
    ("text", "code", "reason", "cue"),
    [
        pytest.param("Denies chest pain.", "R07.9", Reason.NEGATED, "Denies", id="negated"),
        pytest.param("Negative for pulmonary embolism.", "I26.99", Reason.NEGATED, "Negative", id="peers miss it"),
        pytest.param("Mother had stroke.", "I63.9", Reason.FAMILY, "Mother", id="family"),
        pytest.param("Possible pneumonia.", "J18.9", Reason.UNCERTAIN, "Possible", id="uncertain outpatient"),
        pytest.param("If fever returns call.", "R50.9", Reason.HYPOTHETICAL, "If", id="hypothetical"),
    ],
)
def test_a_stopped_finding_shows_its_cue(
    suggest_all: Suggests, text: str, code: str, reason: Reason, cue: str
) -> None:
    answer = suggest_all(text)
    assert code not in {s.code.display for s in answer.suggestions}
    (found,) = [s for s in answer.suppressed if s.code.display == code]
    assert found.reason is reason
    assert found.cue is not None
    assert cue in found.cue.text
    assert text[found.cue.start : found.cue.end] == found.cue.text


def test_a_code_suggested_elsewhere_is_not_shown_as_stopped(suggest_all: Suggests) -> None:
    answer = suggest_all("No chest pain on Monday. Chest pain today.")
    assert "R07.9" in {s.code.display for s in answer.suggestions}
    assert answer.suppressed == ()


def test_the_same_finding_stopped_twice_is_shown_once(suggest_all: Suggests) -> None:
    answer = suggest_all("Denies chest pain. No chest pain on exertion.")
    assert [s.code.display for s in answer.suppressed] == ["R07.9"]


@pytest.mark.parametrize(
    ("kind", "value", "setting", "section", "guideline"),
    [
        pytest.param(
            AssertionKind.UNCERTAIN, "J189", Setting.OUTPATIENT, "hpi", "IV.H", id="outpatient: never coded"
        ),
        pytest.param(AssertionKind.UNCERTAIN, "J189", Setting.ED, "assessment", "IV.H", id="ed as outpatient"),
        pytest.param(AssertionKind.UNCERTAIN, "J189", Setting.INPATIENT, "hpi", None, id="not at discharge"),
        pytest.param(
            AssertionKind.UNCERTAIN, "U071", Setting.INPATIENT, "discharge_diagnosis", "I.C.1.g", id="confirmed only"
        ),
        pytest.param(AssertionKind.HISTORICAL, "J189", Setting.OUTPATIENT, "pmh", "IV.J", id="no longer there"),
        pytest.param(AssertionKind.NEGATED, "J189", Setting.OUTPATIENT, "ros", None, id="no guideline is needed"),
    ],
)
def test_the_guideline_that_keeps_a_finding_out(
    kind: AssertionKind, value: str, setting: Setting, section: str, guideline: str | None
) -> None:
    assert guideline_of(kind, value, setting, section) == guideline


@pytest.mark.parametrize(
    ("text", "setting", "codes"),
    [
        pytest.param("Discharge diagnoses:\n1. Hypokalemia, resolved", IN, ["E87.6"], id="treated in the stay (III)"),
        pytest.param("Assessment:\n1. Hypokalemia, resolved", OUT, [], id="a visit codes what is current (IV.J)"),
        pytest.param("Discharge diagnoses:\n1. History of pneumonia", IN, ["Z87.01"], id="it was before the stay"),
    ],
)
def test_what_ended_in_the_stay(suggest_all: Suggests, text: str, setting: Setting, codes: list[str]) -> None:
    assert diagnoses(suggest_all(text, setting)) == codes
