from itertools import pairwise

import pytest

from nlp.sections.finder import find_sections
from nlp.sentences.splitter import split_sentences
from nlp.tokens import tokenize
from tests.conftest import EXAMPLES


def sentences(text: str) -> list[str]:
    tokens = tokenize(text)
    found = split_sentences(tokens, find_sections(text))
    return [text[tokens.starts[s.first] : tokens.ends[s.last - 1]] for s in found]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Seen by Dr. Smith and Mrs. Jones today. Well.", 2, id="titles before names"),
        pytest.param("J. R. Smith saw her. She left.", 2, id="initials"),
        pytest.param("Takes ASA q.d. and metformin b.i.d. with food.", 1, id="dotted dosing"),
        pytest.param("Took it p.o. Then slept.", 2, id="dotted dosing at a sentence's end"),
        pytest.param("Flu vs. Covid on the differential", 1, id="vs. before a name"),
        pytest.param("Given NSAIDs, e.g. Advil, daily", 1, id="e.g. before a name"),
        pytest.param("Temp 98.6 and A1c 8.1 today. Fine.", 2, id="decimals"),
        pytest.param("BP 120/80. HR 70.", 2, id="a number before the full stop"),
        pytest.param("Father MI at 58. Mother stroke, breast ca.", 2, id="58. is no list number: two relatives"),
        pytest.param("Lost 5 lb. Diabetes is stable.", 2, id="a unit before a capital ends the sentence"),
        pytest.param("No fx. Diabetes is stable.", 2, id="else the negation would reach the diabetes"),
        pytest.param(
            "1 HTN not at goal, ER if BP over 180 with symptoms (stroke)\n2 COPD stable", 2, id="lines that count on"
        ),
        pytest.param("No hepatitis C. Has diabetes.", 2, id="a letter that is part of a diagnosis"),
        pytest.param("Takes vitamin D. Next visit May", 2, id="the same for a vitamin"),
        pytest.param("Is it cancer? No.", 2, id="a question"),
        pytest.param("?OSA, sleep study", 1, id="a query mark before its diagnosis"),
        pytest.param("? PNA, get CXR", 1, id="a query mark and a space before its diagnosis"),
        pytest.param("Cough. ? PNA", 2, id="the same after a sentence"),
        pytest.param("Fever, ? UTI, send UA", 1, id="the same after a comma"),
        pytest.param("Is it cancer? biopsy today", 2, id="a question before a small letter"),
        pytest.param("Meds incl. ASA daily", 2, id="incl. before a name reads as before"),
        pytest.param("Symptoms incl. cough and prob. fever", 1, id="incl. and prob."),
        pytest.param("No fever; no chills", 2, id="a semicolon"),
        pytest.param("Denies chest pain. denies sob", 2, id="lower case after a full word"),
    ],
)
def test_full_stops(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1. HTN\n2. DM\n3. CKD", id="numbers with a full stop"),
        pytest.param("1) HTN\n2) DM\n3) CKD", id="numbers with a parenthesis"),
        pytest.param("1. HTN 2. DM 3. CKD", id="inline, full stops"),
        pytest.param("1) HTN 2) DM 3) CKD", id="inline, parentheses"),
        pytest.param("- HTN\n- DM\n- CKD", id="dashes"),
        pytest.param("• HTN\n• DM\n• CKD", id="bullets"),
        pytest.param("HTN\nDM\nCKD", id="short lines"),
        pytest.param("HTN\r\nDM\r\nCKD", id="Windows line ends"),
        pytest.param("HTN\n\nDM\n\nCKD", id="blank lines"),
    ],
)
def test_each_list_item_is_a_sentence(text: str) -> None:
    found = sentences(text)
    assert len(found) == 3
    for said, item in zip(("HTN", "DM", "CKD"), found, strict=True):
        assert item.endswith(said)


def test_a_number_inside_a_sentence_is_no_list() -> None:
    assert len(sentences("The pain started 2. days ago")) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("No evidence of\npneumonia", id="an open end"),
        pytest.param("No pneumonia or\nEffusion on the film", id="a conjunction, even before a capital"),
        pytest.param("The patient was seen for high blood pressure and a history of\nType 2 diabetes", id="capital"),
        pytest.param("The patient was seen again because the cough and fever have not\ngone away", id="wrapped line"),
        pytest.param("No evidence of\r\npneumonia", id="Windows line end"),
    ],
)
def test_a_wrapped_line_goes_on(text: str) -> None:
    assert len(sentences(text)) == 1


def test_headings_belong_to_no_sentence() -> None:
    assert sentences("Assessment:\nHTN\nPLAN\nrest") == ["HTN", "rest"]


def test_a_sentence_never_crosses_a_section() -> None:
    text = "no chest pain Assessment: pneumonia"
    tokens = tokenize(text + "\nPMH: asthma and\nPLAN: rest")
    sections = find_sections(text + "\nPMH: asthma and\nPLAN: rest")
    for sentence in split_sentences(tokens, sections):
        section = sections[sentence.section]
        assert section.start <= tokens.starts[sentence.first]
        assert tokens.ends[sentence.last - 1] <= section.end


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("chest pain " * 5_000, id="no punctuation at all"),
        pytest.param("chest pain, " * 5_000, id="commas only"),
        pytest.param("and " * 20_000, id="one function word"),
    ],
)
def test_endless_text_is_cut(text: str) -> None:
    tokens = tokenize(text)
    found = split_sentences(tokens, find_sections(text))
    assert max(s.last - s.first for s in found) <= 241
    assert sum(s.last - s.first for s in found) == len(tokens)


@pytest.mark.parametrize("name", sorted(p.name for p in EXAMPLES.glob("notes/*.txt")))
def test_sentences_are_in_order_and_hold_every_word_outside_headings(name: str) -> None:
    text = (EXAMPLES / "notes" / name).read_text(encoding="utf-8")
    tokens, sections = tokenize(text), find_sections(text)
    found = split_sentences(tokens, sections)
    assert all(a.last <= b.first for a, b in pairwise(found))
    held = {at for s in found for at in range(s.first, s.last)}
    heads = {
        at
        for at in range(len(tokens))
        for s in sections
        if s.heading and s.heading.start <= tokens.starts[at] < s.heading.end
    }
    words = {at for at in range(len(tokens)) if tokens.written[at][0].isalnum()}
    assert words <= held | heads
    assert not held & heads
