import io
import re
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from api.table import print_answer
from codesets.types import Code, CodeSystem
from coding.types import Answer, Cue, Evidence, Problem, Reason, Severity, Suggestion, Suppressed
from nlp.types import Note
from tests.api.fakes import FakeSuggester

TEXT = (
    "HPI: 63 y/o M here for follow up of his chronic problems, doing well on the present treatment.\n\n"
    "A/P: 1) diabetes with polyneuropathy - at goal, continue metformin and gabapentin as before, eye exam\n"
    "in June. CT chest was negative for pulmonary embolism, reviewed with him today at some length.\n"
)
NOTE = Note(TEXT, date(2026, 9, 15))


def shown(answer: Answer, note: Note = NOTE, width: int = 80, terminal: bool = False) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=terminal, markup=False, highlight=False)
    print_answer(answer, note, console)
    return file.getvalue()


def without_styles(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.fixture
def answer() -> Answer:
    return FakeSuggester().suggest(NOTE)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("terminal", [False, True])
def test_all_that_a_coder_needs_is_there(answer: Answer, width: int, terminal: bool) -> None:
    page = without_styles(shown(answer, width=width, terminal=terminal))
    assert all(len(line) <= width for line in page.splitlines())
    flat = " ".join(page.split())
    for words in (
        "Outpatient visit, 2026-09-15, ICD-10-CM 2026-04-01",
        "E11.42",
        "first-listed",
        "94%",
        "assessment: ",
        "Code the control of the diabetes. (guideline I.C.4.a)",
        "or E11.40 21%",
        "Left out",
        "I26.99",
        "assertion.negated",
        "Problems",
        "setting.assumed",
    ):
        assert words in flat, words
    assert "HPI" not in flat, "the context ends at the empty line"


def test_words_are_marked_without_a_terminal(answer: Answer) -> None:
    page = shown(answer)
    assert "\x1b" not in page
    flat = " ".join(page.split())
    assert "«diabetes with polyneuropathy»" in flat
    assert "[negative for] «pulmonary embolism»" in flat
    assert not any(line.endswith(" ") for line in page.splitlines())


def test_words_are_styled_on_a_terminal(answer: Answer) -> None:
    page = shown(answer, terminal=True, width=200)
    assert "\x1b[1mdiabetes with polyneuropathy\x1b[0m" in page
    assert "«" not in page


def test_an_answer_with_nothing() -> None:
    note = replace(NOTE, text="The visit was moved.")
    assert "No codes suggested." in shown(FakeSuggester().suggest(note), note)


def test_procedures_and_errors() -> None:
    visit = Suggestion(
        1,
        Code(CodeSystem.CPT, "99214"),
        "Office visit",
        1.0,
        False,
        tuple(Evidence(start, start + 3, TEXT[start : start + 3], "hpi") for start in range(5)),
        modifiers=("25",),
        units=1,
        diagnosis_pointers=("A", "B"),
    )
    problem = Problem("excludes1", Severity.ERROR, ("E11.42", "E10.9"), "never together", "I.A.12.a")
    other = Suppressed(
        Code(CodeSystem.ICD10CM, "E119"),
        "Type 2",
        Evidence(0, 3, "HPI", "hpi"),
        Reason.COMBINED,
        "r",
        because="E11.42",
    )
    answer = FakeSuggester().suggest(NOTE)
    flat = " ".join(shown(replace(answer, suggestions=(visit,), suppressed=(other,), problems=(problem,))).split())
    assert "modifiers 25; units 1; for A, B" in flat
    assert "and 2 more places" in flat
    assert "CPT" in flat
    assert "combined: E11.42" in flat
    assert "error E11.42, E10.9: never together (guideline I.A.12.a) [excludes1]" in flat


def test_a_note_cannot_command_the_terminal() -> None:
    text = "diabetes \x1b]0;owned\x07\u202e\x9b31m [bold]markup[/bold] :smile:"
    note = replace(NOTE, text=text)
    page = shown(FakeSuggester().suggest(note), note, terminal=True, width=200)
    bare = without_styles(page)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", bare)
    assert "[bold]markup[/bold] :smile:" in " ".join(bare.split())


def test_a_cue_far_away_is_named_but_not_shown_in_context() -> None:
    text = "No " + "x " * 100 + "fever"
    end = len(text)
    left = Suppressed(
        Code(CodeSystem.ICD10CM, "R509"),
        "Fever",
        Evidence(end - 5, end, "fever", "ros"),
        Reason.NEGATED,
        "assertion.negated",
        Cue(0, 2, "No"),
    )
    note = replace(NOTE, text=text)
    page = " ".join(shown(replace(FakeSuggester().suggest(note), suppressed=(left,)), note).split())
    assert "«fever»" in page
    assert "negated: “No”" in page
    assert "[No]" not in page
