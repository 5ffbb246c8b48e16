import pytest

from coding.visits.document import read_document
from coding.visits.minutes import read_minutes
from coding.visits.types import Family
from nlp.types import Patient, Setting
from tests.coding.visits.conftest import ESTABLISHED, Scans

PLAN = "\nA/P: 1. Hypertension, stable. Continue lisinopril 20 mg daily."
UNKNOWN = Patient(50, None, None)
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


LETTER = (
    "Dear colleague,\n\nThank you for sending this 62-year-old teacher who has been hoarse for six months. Her neck "
    "is soft. I think it is laryngitis. I have started omeprazole and will see her again in four weeks."
)
CONSULT = (
    "I was asked by the hospitalist to see this 71-year-old woman for her kidneys. Creatinine has risen. Little "
    "urine. I think this is tubular necrosis. I recommend stopping vancomycin. Thank you for this consultation."
)
MIND = (
    "PSYCHIATRIC EVALUATION\nIdentifying data: 29-year-old woman.\nPast psychiatric history: none.\n"
    "Mental status examination: mood low.\nDiagnosis: Major depression.\nPlan: Start sertraline 50 mg daily."
)
HISTORY = (
    "HPI: Two hours of chest pain.\nPMH: Hypertension.\nMedications: amlodipine.\nAllergies: none.\n"
    "Social history: smokes.\nFamily history: none.\nExam: pale.\nImpression: Angina.\nPlan: Start heparin."
)


@pytest.mark.parametrize(
    ("text", "setting", "family"),
    [
        pytest.param(LETTER, OUT, Family.OFFICE, id="a letter without headings"),
        pytest.param(CONSULT, IN, Family.HOSPITAL_INITIAL, id="a consultation without headings"),
        pytest.param(MIND, OUT, Family.PSYCHIATRIC, id="first evaluation of a mind"),
        pytest.param(HISTORY, IN, Family.HOSPITAL_INITIAL, id="the whole history on the first day"),
        pytest.param("Sore throat for three days. Throat is red. Amoxicillin twice daily.", ED, Family.ED, id="dose"),
        pytest.param(
            "She presents for an annual exam. Feels well." + PLAN, OUT, Family.PREVENTIVE, id="told checkup"
        ),
        pytest.param(
            "He returns two weeks after his appendectomy for a wound check." + PLAN,
            OUT,
            Family.POSTOP,
            id="wound check",
        ),
        pytest.param(
            "PROCEDURES: 1. Chest CT.\nDischarge diagnoses: COPD.\nHospital course: steroids, better.",
            IN,
            Family.HOSPITAL_DISCHARGE,
            id="a stay that opens with its procedures",
        ),
    ],
)
def test_families_of_dictations(scan: Scans, text: str, setting: Setting, family: Family) -> None:
    read = scan(text, UNKNOWN, setting)
    assert read_document(read, setting, []).family is family


@pytest.mark.parametrize(
    ("text", "setting", "reason"),
    [
        pytest.param("HPI: ankle pain.\nPMH: none.\nExam: swollen", ED, "empty", id="cut off"),
        pytest.param("Discharged from OT this date. Goals were not met.", OUT, "therapy", id="therapist"),
        pytest.param(
            "Study: MRI knee\nFindings: torn meniscus.\nImpression: torn meniscus.", IN, "empty", id="findings"
        ),
    ],
)
def test_notes_without_a_decision_hold_no_visit(scan: Scans, text: str, setting: Setting, reason: str) -> None:
    assert read_document(scan(text, UNKNOWN, setting), setting, []).reason == reason


def test_a_course_in_the_emergency_room_is_no_stay(scan: Scans) -> None:
    text = HISTORY.replace("Exam:", "Emergency room course: aspirin given.\nExam:")
    assert read_document(scan(text, UNKNOWN, IN), IN, []).family is Family.HOSPITAL_INITIAL


def test_the_form_of_a_report_holds_no_visit(scan: Scans) -> None:
    read = scan("Left knee.\nFindings: effusion.\nImpression: effusion. I recommend an MRI.", UNKNOWN)
    assert read_document(read, OUT, [], is_report=True).reason == "imaging"
