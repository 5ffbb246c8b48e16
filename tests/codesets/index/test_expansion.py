import pytest

from codesets.index.aliases import Alias, Context
from codesets.index.expansion import Expander, fold_all, needs_capitals
from codesets.index.words import token_spans

PLAIN = {"now", "aids", "all", "fast"}
CONTEXT = Context(frozenset({"mitral"}), frozenset(), frozenset())


def alias(term: str, expansion: str, context: Context | None = None) -> Alias:
    return Alias(term, None, expansion, context, "abbreviation")


EXPANDER = Expander(
    [
        alias("COPD", "chronic obstructive pulmonary disease"),
        alias("DM", "diabetes mellitus"),
        alias("MS", "mitral stenosis", CONTEXT),
        alias("MS", "mental status", Context(frozenset({"alert"}), frozenset(), frozenset())),
        alias("FAST", "fetal alcohol test"),
        alias("high blood", "hypertension"),
        alias("high blood sugar", "hyperglycemia"),
        alias("loop", "loop again"),
        alias("same", "same"),
    ],
    PLAIN.__contains__,
)


def expand(text: str, *, holds: bool = False, any_case: bool = False) -> str:
    written = [text[s:e] for s, e in token_spans(text)]
    found = EXPANDER.expand(fold_all(text), written, lambda c, _: holds and c is CONTEXT, any_case=any_case)
    return " ".join(word for word, _, _ in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("COPD", "chronic obstructive pulmonary disease", id="a short form"),
        pytest.param("copd", "chronic obstructive pulmonary disease", id="four letters and no word: any case"),
        pytest.param("DM", "diabetes mellitus", id="two letters in their capitals"),
        pytest.param("dm", "dm", id="two letters in lower case are none"),
        pytest.param("fast", "fast", id="a plain word is never a short form"),
        pytest.param("FAST", "fetal alcohol test", id="the same in capitals is"),
        pytest.param("high blood sugar", "hyperglycemia", id="the longest phrase wins"),
        pytest.param("high blood pressure", "hypertension pressure", id="else the shorter"),
        pytest.param("same", "same", id="an expansion equal to its term is none"),
        pytest.param("MS", "ms", id="an ambiguous form without its context"),
    ],
)
def test_expansion(text: str, words: str) -> None:
    assert expand(text) == words


def test_an_expansion_that_holds_itself_ends() -> None:
    assert set(expand("loop").split()) == {"loop", "again"}


def test_an_expansion_is_expanded_in_turn() -> None:
    inner = Expander([alias("SHBP", "severe high blood"), alias("high blood", "hypertension")], PLAIN.__contains__)
    assert [word for word, _, _ in inner.expand(["shbp"], ["SHBP"])] == ["severe", "hypertension"]


def test_an_ambiguous_form_takes_the_meaning_whose_context_holds() -> None:
    assert expand("MS", holds=True) == "mitral stenosis"


def test_a_query_matches_in_any_case() -> None:
    assert expand("dm", any_case=True) == "diabetes mellitus"


def test_each_word_knows_the_tokens_it_stands_for() -> None:
    text = "old COPD , high blood sugar"
    written = [text[s:e] for s, e in token_spans(text)]
    found = EXPANDER.expand(fold_all(text), written)
    assert [(start, end) for _, start, end in found] == [(0, 1), *[(1, 2)] * 4, (2, 3), (3, 6)]


def test_meanings_lists_each_reading_of_an_ambiguous_word() -> None:
    assert EXPANDER.meanings(["ms", "today"]) == [["mental", "status", "today"], ["mitral", "stenosis", "today"]]
    assert EXPANDER.meanings(["copd"]) == []


@pytest.mark.parametrize(
    ("term", "needs"),
    [
        pytest.param("RA", True, id="two letters"),
        pytest.param("AIDS", True, id="a plain word"),
        pytest.param("COPD", False, id="four letters that are no word"),
    ],
)
def test_which_short_forms_need_their_capitals(term: str, needs: bool) -> None:
    assert needs_capitals(term, PLAIN.__contains__) is needs
