import pytest

from coding.visits.document import read_document
from coding.visits.minutes import read_minutes
from coding.visits.types import Family
from nlp.types import Setting
from tests.coding.visits.conftest import ESTABLISHED, Scans

PLAN = "\nA/P: 1. Hypertension, stable. Continue lisinopril 20 mg daily."
IN, OUT, ED = Setting.INPATIENT, Setting.OUTPATIENT, Setting.ED


@pytest.mark.parametrize(
    ("text", "setting", "family"),
    [
        pytest.param("CARDIOLOGY RETURN VISIT" + PLAN, OUT, Family.OFFICE, id="office"),
        pytest.param("ED PROVIDER NOTE" + PLAN, ED, Family.ED, id="emergency department"),
        pytest.param("HISTORY AND PHYSICAL" + PLAN, IN, Family.HOSPITAL_INITIAL, id="admission"),
        pytest.param("Hospital progress note HD 3" + PLAN, IN, Family.HOSPITAL_SUBSEQUENT, id="progress note"),
        pytest.param("DISCHARGE SUMMARY\nHospital course: fine.", IN, Family.HOSPITAL_DISCHARGE, id="discharge"),
        pytest.param("PROGRESS NOTE, DAY OF DISCHARGE" + PLAN, IN, Family.HOSPITAL_DISCHARGE, id="discharge day"),
        pytest.param("Critical care time 40 min." + PLAN, IN, Family.CRITICAL_CARE, id="critical care"),
        pytest.param("Critical care time 20 min." + PLAN, ED, Family.ED, id="too little critical care"),
        pytest.param("Critical care time: none." + PLAN, ED, Family.ED, id="no critical care"),
        pytest.param("ANNUAL EXAM" + PLAN, OUT, Family.PREVENTIVE, id="preventive"),
        pytest.param("Retina clinic" + PLAN, OUT, Family.EYE, id="eye"),
        pytest.param("Nursing home visit" + PLAN, OUT, Family.FACILITY_SUBSEQUENT, id="nursing home"),
        pytest.param("Post-op visit\nPOD 10." + PLAN, OUT, Family.POSTOP, id="after surgery"),
        pytest.param("Clinic visit, no charge, within global." + PLAN, OUT, Family.POSTOP, id="global period"),
        pytest.param("Observation unit note" + PLAN, OUT, Family.HOSPITAL_SUBSEQUENT, id="observation"),
        pytest.param("Newborn nursery progress note" + PLAN, IN, Family.NEWBORN, id="newborn"),
    ],
)
def test_families(scan: Scans, text: str, setting: Setting, family: Family) -> None:
    read = scan(text, ESTABLISHED, setting)
    assert read_document(read, setting, read_minutes(read)).family is family


@pytest.mark.parametrize(
    ("text", "setting", "reason"),
    [
        pytest.param("OPERATIVE REPORT\nAppendix removed.", IN, "operative", id="operative report"),
        pytest.param("Preoperative diagnosis: hernia\nPostop diagnosis: same", OUT, "operative", id="headings"),
        pytest.param(
            "PROCEDURE: ERCP with brushings.\nImpression: stricture.", OUT, "operative", id="opens with one"
        ),
        pytest.param("RADIOLOGY REPORT\nImpression: normal.", OUT, "imaging", id="radiology"),
        pytest.param("EXAM: CT head\nTechnique: axial\nImpression: normal", OUT, "imaging", id="imaging headings"),
        pytest.param("Telephone encounter\nRefill sent.", OUT, "phone", id="a call"),
        pytest.param("Outpatient PT - initial evaluation" + PLAN, OUT, "therapy", id="therapy"),
        pytest.param("Prenatal visit 24 weeks" + PLAN, OUT, "prenatal", id="global obstetric care"),
        pytest.param("Vascular surgery progress note POD 2" + PLAN, IN, "global", id="the surgeon's rounds"),
        pytest.param("HPI: cough\nPMH: asthma\nMeds: none", OUT, "empty", id="nothing decided"),
    ],
)
def test_notes_without_a_visit_say_why(scan: Scans, text: str, setting: Setting, reason: str) -> None:
    read = scan(text, ESTABLISHED, setting)
    document = read_document(read, setting, read_minutes(read))
    assert (document.family, document.reason) == (None, reason)
    assert document.message


def test_a_procedure_within_a_visit_does_not_make_it_a_report(scan: Scans) -> None:
    read = scan("Ortho clinic, back for her knee.\nProcedure: right knee injected, tolerated well." + PLAN)
    assert read_document(read, OUT, []).family is Family.OFFICE


def test_prose_that_mentions_a_checkup_is_no_checkup(scan: Scans) -> None:
    text = "Seen today because he has not been feeling well for two weeks, at first he thought it was stress. "
    read = scan(text + "He was in for a complete physical in May, all normal then, and nothing since." + PLAN)
    assert read_document(read, OUT, []).family is Family.OFFICE


def test_the_stay_of_an_operation_that_is_billed_belongs_to_it(scan: Scans) -> None:
    read = scan("DISCHARGE SUMMARY\nHospital course: well.", ESTABLISHED, IN)
    assert read_document(read, IN, [], ("27447",)).reason == "global"
    assert read_document(read, IN, [], ("93010",)).family is Family.HOSPITAL_DISCHARGE
