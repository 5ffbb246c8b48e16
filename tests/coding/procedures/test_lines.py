import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codesets.types import Code, CodeSystem
from coding.procedures.lines import service_lines
from coding.procedures.sets import open_service_sets
from coding.types import Evidence, Reason, Suggestion
from nlp.procedures.reader import ServiceReader
from nlp.sections.finder import find_sections
from nlp.sentences.splitter import split_sentences
from nlp.tokens import tokenize, uniform_lines
from nlp.types import Note, Setting
from tests.coding.procedures.conftest import DAY, Bills, billed

VISIT = "HPI: 45 yo M here for a visit.\nVitals: BP 120/80\n"
PRE = "PREOPERATIVE DIAGNOSIS: disease.\nPOSTOPERATIVE DIAGNOSIS: same.\nPROCEDURE: "
POST = "\nANESTHESIA: general.\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("Laparoscopic appendectomy", {"44970"}, id="approach"),
        pytest.param("Right total knee arthroplasty", {"27447"}, id="side"),
        pytest.param("Left knee arthroscopy with partial medial meniscectomy", {"29881"}, id="with"),
        pytest.param("Cystoscopy with left ureteral stent placement", {"52332"}, id="the scope is part of it"),
        pytest.param("Exploratory laparotomy and right salpingectomy", {"58700"}, id="opening is part of it"),
        pytest.param("Left breast lumpectomy and sentinel lymph node biopsy", {"19301", "38525"}, id="two"),
    ],
)
def test_titles(bill: Bills, text: str, codes: set[str]) -> None:
    assert billed(bill(PRE + text + POST)).keys() == codes


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param("Procedure: punch biopsy right forearm.", {"11104": 1}, id="procedure section"),
        pytest.param("Procedure: right wrist injected with Kenalog 10 mg.", {"20605": 1, "J3301": 1}, id="drug"),
        pytest.param("Ceftriaxone 500 mg IM administered in clinic.", {"J0696": 2, "96372": 1}, id="dose to units"),
        pytest.param("Therapeutic exercise 23 min. Manual therapy 15 min.", {"97110": 2, "97140": 1}, id="8 minutes"),
        pytest.param(
            "Procedure: cryotherapy to 8 actinic keratoses.", {"17000": 1, "17003": 7}, id="further lesions"
        ),
        pytest.param("Rapid strep negative.", {"87880": 1}, id="a test of the office"),
        pytest.param("Flu shot given today.", {"90656": 1, "90471": 1}, id="vaccine and its giving"),
    ],
)
def test_visits(bill: Bills, text: str, units: dict[str, int]) -> None:
    assert billed(bill(VISIT + text)) == units


@pytest.mark.parametrize(
    ("text", "code", "cue"),
    [
        pytest.param("Plan: will schedule colonoscopy.", "45378", "schedule", id="planned"),
        pytest.param("Plan: declined colonoscopy.", "45378", "declined", id="declined"),
        pytest.param("PMH: s/p appendectomy.", "44950", "s/p", id="past"),
        pytest.param("Plan: order chest x-ray.", "71046", "order", id="ordered"),
    ],
)
def test_what_was_not_done_is_left_out_with_its_cue(bill: Bills, text: str, code: str, cue: str) -> None:
    found = bill(VISIT + text)
    left = {s.code.value: s for s in found.suppressed}
    assert found.lines == ()
    assert left[code].reason is Reason.NOT_PERFORMED
    assert left[code].cue is not None
    assert left[code].cue.text == cue


def test_a_bundled_part_names_what_displaced_it(bill: Bills) -> None:
    found = bill(PRE + "1. Diagnostic knee arthroscopy. 2. Left knee arthroscopy with medial meniscectomy." + POST)
    assert {(s.code.value, s.reason, s.because) for s in found.suppressed} == {("29870", Reason.BUNDLED, "29881")}


def test_two_steps_through_one_scope(bill: Bills) -> None:
    text = (
        "PROCEDURE: Colonoscopy\nFINDINGS:\n1. Transverse colon 8 mm polyp, removed by snare.\n"
        "2. Sigmoid 3 mm polyp, removed with cold biopsy forceps.\n"
    )
    assert billed(bill(text)).keys() == {"45385", "45380"}


def test_what_two_scopes_did_is_told_apart(bill: Bills) -> None:
    text = (
        "PROCEDURE: 1. EGD. 2. Colonoscopy.\nDESCRIPTION OF PROCEDURE: The gastroscope was passed to the duodenum. "
        "All was normal. The colonoscope was advanced to the cecum. Biopsies were taken of the left colon.\n"
    )
    assert billed(bill(text)).keys() == {"43235", "45380"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("The colonoscope was passed to the cecum and slowly withdrawn.", {"45378"}, id="no heading"),
        pytest.param(
            "MEDICATIONS: Midazolam.\nDESCRIPTION OF THE PROCEDURE: Informed consent was obtained. "
            "The gastroscope was advanced into the duodenum and withdrawn.",
            {"43235"},
            id="drugs first",
        ),
        pytest.param(
            "REPORT OF PROCEDURE: The colonoscope was introduced into the rectum and passed to the descending colon.",
            {"45330"},
            id="not far",
        ),
    ],
)
def test_reports_without_a_title(bill: Bills, text: str, codes: set[str]) -> None:
    assert billed(bill(text)).keys() == codes


@pytest.mark.parametrize(
    ("title", "body", "codes"),
    [
        pytest.param("Laparoscopic cholecystectomy with lysis of adhesions", "", {"47562"}, id="freeing"),
        pytest.param("1. Exploratory laparotomy. 2. Splenectomy", "", {"38100"}, id="looking"),
        pytest.param("1. Laparoscopic cholecystectomy. 2. Cholangiogram", "", {"47563"}, id="joined"),
        pytest.param("1. Failed colonoscopy. 2. Flexible sigmoidoscopy", "", {"45330"}, id="failed"),
        pytest.param("Subtotal colectomy", "", {"44150"}, id="most of it"),
        pytest.param(
            "Left subclavian Port-A-Cath placement",
            "Fluoroscopy showed the wire in place.",
            {"36561", "77001"},
            id="implied",
        ),
        pytest.param(
            "PEG tube placement",
            "The wire was caught with a snare and pulled through the mouth.",
            {"43246"},
            id="a tool is no step",
        ),
    ],
)
def test_what_is_part_of_an_operation(bill: Bills, title: str, body: str, codes: set[str]) -> None:
    assert billed(bill(f"{PRE}{title}{POST}DESCRIPTION OF PROCEDURE: {body}")).keys() == codes


def test_the_area_beyond_the_first_code_has_units(bill: Bills) -> None:
    text = f"{PRE}Excisional debridement of skin, subcutaneous tissue and muscle{POST}FINDINGS: Wound 9 cm x 6 cm."
    assert billed(bill(text)) == {"11043": 1, "11046": 2}


def test_staff_work_is_not_billed_away_from_the_practice(bill: Bills) -> None:
    text = VISIT + "IV fluids were given, normal saline bolus over 1 hour."
    assert "96360" not in billed(bill(text, setting=Setting.ED))


def test_imaging_by_contrast(bill: Bills) -> None:
    text = "EXAM: CT abdomen and pelvis\nTECHNIQUE: {}.\nFINDINGS: Normal.\nIMPRESSION: Normal."
    assert billed(bill(text.format("Axial images without contrast"))).keys() == {"74176"}
    assert billed(bill(text.format("Axial images after IV contrast"))).keys() == {"74177"}


def test_a_facility_bills_no_drugs_and_the_reading_alone(bill: Bills) -> None:
    text = VISIT + "EKG interpreted by me: normal. Ceftriaxone 1 g IV given."
    assert billed(bill(text, setting=Setting.ED)).keys() == {"93010"}


def test_vaccines_of_a_child_with_counselling(bill: Bills) -> None:
    text = "18 MONTH WELL VISIT\nVitals: T 98\nPlan: DTaP #4 and hep A #2 given today, parents counseled by me."
    assert billed(bill(text, age=1)) == {"90700": 1, "90633": 1, "90460": 2, "90461": 2}


def test_both_sides_double_the_drug(bill: Bills) -> None:
    text = VISIT + "Procedure: triamcinolone 40 mg into right knee, and the same into left knee."
    found = {line.code.value: line for line in bill(text).lines}
    assert found["20610"].modifiers == ("50",)
    assert found["J3301"].units == 8


def test_waste_is_a_line_of_its_own(bill: Bills) -> None:
    text = VISIT + "Procedure: Botox 155 units injected for chronic migraine. 45 units discarded."
    lines = [(line.code.value, line.units, line.modifiers) for line in bill(text).lines]
    assert ("J0585", 155, ()) in lines
    assert ("J0585", 45, ("JW",)) in lines
    assert "64615" in {code for code, *_ in lines}


def test_pointers_are_suggested_codes_and_lend_their_side(bill: Bills) -> None:
    text = PRE + "Total knee arthroplasty" + POST
    evidence = Evidence(text.index("same"), text.index("same") + 4, "same", "postop_diagnosis")
    code = Code(CodeSystem.ICD10CM, "M1711")
    oa = Suggestion(1, code, "Unilateral primary osteoarthritis, right knee", 0.9, True, (evidence,))
    (line,) = bill(text, diagnoses=[oa]).lines
    assert line.diagnosis_pointers == ("M17.11",)
    assert line.modifiers == ("RT",)


def test_the_body_wins_over_the_title(bill: Bills) -> None:
    body = "DESCRIPTION OF PROCEDURE: The patient was placed supine. The left wrist was incised and released.\n"
    found = bill(PRE + "Right carpal tunnel release" + POST + body)
    assert [line.modifiers for line in found.lines] == [("LT",)]
    assert [(p.rule, p.codes) for p in found.problems] == [("procedure.title_body_conflict", ("64721",))]


def test_a_conversion_to_open_is_a_conflict(bill: Bills) -> None:
    body = "DESCRIPTION OF PROCEDURE: The patient was placed supine. The case was converted to open.\n"
    found = bill(PRE + "Laparoscopic appendectomy" + POST + body)
    assert ("procedure.title_body_conflict", ("44970",)) in [(p.rule, p.codes) for p in found.problems]


def test_an_add_on_alone_is_not_listed(bill: Bills) -> None:
    found = bill(PRE + "Anterior cervical plating" + POST)
    assert "22845" not in billed(found)
    assert "procedure.addon_alone" in {p.rule for p in found.problems}


_SETS = open_service_sets()
_READER = ServiceReader(_SETS.phrases)
_WORDS = st.sampled_from(
    [
        "Procedure:",
        "colonoscopy",
        "snare",
        "EKG",
        "today",
        "3",
        "views",
        "mg",
        "40",
        "kenalog",
        "left",
        "right",
        "knee",
        "x-ray",
        "no",
        "will",
        "\n",
        ".",
        ",",
        "/",
        "2011",
        "flu",
        "shot",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=25).map(" ".join)))
def test_nothing_raises_and_evidence_is_of_the_note(text: str) -> None:
    uniform = uniform_lines(text)
    tokens, sections = tokenize(uniform), find_sections(uniform)
    read = _READER.read_words(uniform, tokens, split_sentences(tokens, sections), sections, DAY)
    found = service_lines(Note(text, DAY), read, (), _SETS)
    assert found == service_lines(Note(text, DAY), read, (), _SETS)
    for line in found.lines:
        assert line.units is not None
        assert line.units >= 1
        assert all(text[e.start : e.end] == e.text for e in line.evidence)
