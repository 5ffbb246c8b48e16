from itertools import pairwise

import pytest

from nlp.sections.finder import find_sections, headings, kind_of
from tests.conftest import EXAMPLES


def kinds(text: str) -> list[str]:
    return [s.kind for s in find_sections(text) if any(c.isalpha() for c in text[s.start : s.end])]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("FAMILY HISTORY\nMother has diabetes", "family", id="peers miss a heading without a colon"),
        pytest.param("FAMILY HISTORY Mother has diabetes", "family", id="capitals that run on into the text"),
        pytest.param("FAMILY HISTORY - mother DM", "family", id="capitals and a dash"),
        pytest.param("family history:\nmother DM", "family", id="lower case"),
        pytest.param("Family History: mother DM", "family", id="title case on the same line"),
        pytest.param("FAMILY   HISTORY : mother DM", "family", id="space inside and before the colon"),
        pytest.param("FHx: mother DM", "family", id="peers miss FHx"),
        pytest.param("FH: mother DM", "family", id="peers miss FH"),
        pytest.param("FHx mother DM", "family", id="a short form without a colon"),
        pytest.param("PMHx DM2, HTN", "pmh", id="PMHx without a colon"),
        pytest.param("COPIED PMH: gout", "pmh", id="a list copied from elsewhere"),
        pytest.param("PMH as carried in the chart: gout", "pmh", id="a list carried along"),
        pytest.param("Diagnoses carried forward: gout", "problem_list", id="carried diagnoses are no assessment"),
        pytest.param("As carried in chart: COPD", "problem_list", id="a list named by its source alone"),
        pytest.param("pmhx dm2", "pmh", id="the same in lower case"),
        pytest.param("ASSESSMENT AND PLAN:\n1. HTN", "assessment_plan", id="peers miss ASSESSMENT AND PLAN"),
        pytest.param("A/P: HTN", "assessment_plan", id="A/P at the start"),
        pytest.param("A&P: HTN", "assessment_plan", id="A&P"),
        pytest.param("IMPRESSION / PLAN:\nHTN", "assessment_plan", id="spaces around the slash"),
        pytest.param("Findings/Impression: flu", "findings", id="two known headings joined by a slash: the first"),
        pytest.param("Medical history (per chart): DM", "pmh", id="a remark in parentheses"),
        pytest.param("1. Assessment:\nHTN", "assessment", id="numbered"),
        pytest.param("(2) Impression: HTN", "assessment", id="numbered in parentheses"),
        pytest.param("- PMH: DM", "pmh", id="bulleted"),
        pytest.param("• Plan: rest", "plan", id="bulleted with a dot"),
        pytest.param("**Assessment**\nHTN", "assessment", id="markdown bold"),
        pytest.param("## Plan\nrest", "plan", id="markdown heading"),
        pytest.param("A/P> 1. HTN", "assessment_plan", id="an arrow instead of a colon"),
        pytest.param("WOUND CARE NOTES: dressing dry", "other", id="unknown capitals are a heading of their own"),
        pytest.param("Family: mother DM", "family", id="one word for the family history"),
        pytest.param("ADR: penicillin, rash", "allergies", id="ADR"),
        pytest.param("Allergies/ADRs: sulfa", "allergies", id="allergies and ADRs"),
        pytest.param("Adverse drug reactions: sulfa", "allergies", id="adverse drug reactions"),
        pytest.param("Intolerances: codeine", "allergies", id="intolerances"),
        pytest.param("Past psych hx: MDD", "pmh", id="past psych hx"),
        pytest.param("Psych hx: MDD", "pmh", id="psych hx"),
        pytest.param("Childhood illnesses: measles", "pmh", id="childhood illnesses"),
        pytest.param("Resolved problems: UTI", "pmh", id="resolved problems"),
        pytest.param("Birth hx: term", "obstetric", id="birth hx"),
        pytest.param("Neonatal history: jaundice", "obstetric", id="neonatal history"),
        pytest.param("DC meds: lisinopril", "medications", id="DC meds"),
        pytest.param("History of Present Illness：cough", "hpi", id="a full-width colon"),
    ],
)
def test_a_heading_names_its_section(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Feels well. A/P: HTN", ["unknown", "assessment_plan"], id="inline after a sentence"),
        pytest.param(
            "DIAGNOSIS:, 1. Cough., IMPRESSION:, Pneumonia., PLAN:, Rest",
            ["assessment", "assessment", "plan"],
            id="run-on dictation with commas for line ends",
        ),
        pytest.param(
            "CC: cough HPI: 3 days, no fever PMH: asthma",
            ["chief_complaint", "hpi", "pmh"],
            id="run-on dictation without any mark before the heading",
        ),
        pytest.param("CC: cough FAMILY HISTORY: none", ["chief_complaint", "family"], id="the longest heading wins"),
        pytest.param("S: cough\nO: clear\nA: flu\nP: rest", ["hpi", "exam", "assessment", "plan"], id="SOAP letters"),
        pytest.param("O>  T 101\nclear\nA> flu", ["exam", "assessment"], id="SOAP with arrows"),
        pytest.param(
            "MEDICATIONS,1. Warfarin 5 mg.,ALLERGIES,1. Codeine.,PLAN,Rest.",
            ["medications", "allergies", "plan"],
            id="lines joined by commas",
        ),
        pytest.param("PMH:\r\nDM\r\nPLAN\r\nrest", ["pmh", "plan"], id="Windows line ends"),
    ],
)
def test_several_headings(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("EXAM:\nHEENT: clear\nLungs: clear\nABDOMEN: soft\nExt: no edema", id="exam by lines"),
        pytest.param("Exam: Neck: supple. Chest: clear. Skin: no rash.", id="exam on one line"),
    ],
)
def test_organ_systems_stay_inside_the_exam(text: str) -> None:
    assert kinds(text) == ["exam"]


def test_organ_systems_stay_inside_the_review_of_systems() -> None:
    assert kinds("ROS: Constitutional: no fever. CV: no chest pain. GI: no nausea. PLAN: rest") == ["ros", "plan"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("She has a family history of diabetes.", id="the words inside a sentence"),
        pytest.param("Her past medical history is long.", id="no colon, no line of its own"),
        pytest.param("the plan is to rest", id="lower case, same line"),
        pytest.param("BP >180 and SpO2 >90", id="greater than is no arrow"),
        pytest.param("took 2: one in the morning", id="a colon after prose"),
    ],
)
def test_prose_is_no_heading(text: str) -> None:
    assert kinds(text) == ["unknown"]


def test_a_heading_span_is_the_heading_and_the_body_follows() -> None:
    text = "Seen today. Assessment: asthma"
    section = find_sections(text)[-1]
    assert section.heading is not None
    assert text[section.heading.start : section.heading.end] == "Assessment:"
    assert section.start == section.heading.start


@pytest.mark.parametrize(
    "text",
    [
        *(pytest.param(p.read_text(encoding="utf-8"), id=p.stem) for p in sorted(EXAMPLES.glob("notes/*.txt"))),
        pytest.param("", id="nothing"),
        pytest.param("\n\n", id="line ends"),
        pytest.param(":::", id="colons"),
        pytest.param("Plan:", id="a heading and nothing else"),
        pytest.param("Plan:Plan:Plan:", id="headings that touch"),
    ],
)
def test_sections_cover_the_note_exactly(text: str) -> None:
    sections = find_sections(text)
    assert (sections[0].start, sections[-1].end) == (0, len(text))
    assert all(a.end == b.start for a, b in pairwise(sections))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "ALLERGIES: No known drug allergies.,CURRENT MEDICATIONS,1. Aspirin.,2. Lisinopril.",
            ["allergies", "medications"],
            id="capitals between commas that joined the lines",
        ),
        pytest.param("HPI: Stable angina.,ASSESSMENT\n1. Angina", ["hpi", "assessment"], id="at the end of a line"),
        pytest.param("HPI: Seen with ASSESSMENT, PLAN, and orders", ["hpi"], id="not after a space"),
    ],
)
def test_headings_of_joined_lines(text: str, found: list[str]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A/" * 200 + "a", id="slashes between capitals once took time exponential in their number"),
        pytest.param("A " * 50_000, id="a line of capitals once took quadratic time"),
        pytest.param(":" * 100_000, id="colons"),
    ],
)
def test_hostile_lines_end(text: str) -> None:
    assert find_sections(text)[-1].end == len(text)


def test_the_table_is_folded_and_unambiguous() -> None:
    assert all(name == name.lower().strip() and "  " not in name for name in headings())
    assert all(kind_of(name) == kind for name, kind in headings().items())


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param(
            "CC: Headache,HX: A woman of 37 woke with it.,PMH: HTN.\n", ["chief_complaint", "hpi", "pmh"], id="run on"
        ),
        pytest.param("CC: Fall.\nHX: He slipped.\n", ["chief_complaint", "hpi"], id="a line of its own"),
        pytest.param("Hx: CVA 2010, MI.\n", ["unknown"], id="what is past stays no present illness"),
    ],
)
def test_a_bare_history_after_a_complaint_is_the_present_illness(text: str, kinds: list[str]) -> None:
    assert [s.kind for s in find_sections(text)] == kinds
