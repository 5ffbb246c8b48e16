from collections import defaultdict

import pytest

from codesets.errors import CodeSetError
from codesets.icd10cm.release import IcdRelease
from codesets.index.aliases import Alias, Context, context_phrase, parse_context, read_aliases
from codesets.index.expansion import fold_all

KINDS = {"abbreviation", "shorthand", "variant", "lay", "eponym", "drug", "british"}


@pytest.fixture(scope="module")
def rows() -> list[Alias]:
    return read_aliases()


def test_the_table_is_large(rows: list[Alias]) -> None:
    assert len(rows) >= 2_500


def test_every_code_is_in_the_release(rows: list[Alias], embedded: IcdRelease) -> None:
    assert [a.term for a in rows if a.code is not None and a.code not in embedded] == []


def test_an_ambiguous_term_has_no_row_without_context(rows: list[Alias]) -> None:
    contexts: dict[str, set[bool]] = defaultdict(set)
    for row in rows:
        contexts[row.term].add(row.context is None)
    assert [term for term, found in contexts.items() if len(found) > 1] == []


def test_a_term_without_context_has_one_meaning(rows: list[Alias]) -> None:
    meanings: dict[str, set[str | None]] = defaultdict(set)
    for row in rows:
        if row.context is None:
            meanings[row.term].add(row.code or row.expansion)
    assert [term for term, found in meanings.items() if len(found) > 1] == []


def test_kinds_are_from_the_list(rows: list[Alias]) -> None:
    assert {a.kind for a in rows} == KINDS


def test_no_expansion_says_its_term_again(rows: list[Alias]) -> None:
    assert [a.term for a in rows if a.expansion and fold_all(a.expansion) == fold_all(a.term)] == []


def test_no_row_is_empty_or_padded(rows: list[Alias]) -> None:
    assert [a for a in rows if not fold_all(a.term) or a.term != a.term.strip()] == []
    assert [a.term for a in rows if a.expansion is not None and not fold_all(a.expansion)] == []


def test_contexts_are_folded_and_not_empty(rows: list[Alias]) -> None:
    for row in rows:
        if row.context is not None:
            phrases = row.context.near | row.context.note | row.context.sections
            assert phrases
            assert all(p == context_phrase(p) and p for p in row.context.near | row.context.note), row.term


@pytest.mark.parametrize("term", ["MS", "RA", "PE", "CP"])
def test_the_classic_ambiguous_short_forms_are_guarded(rows: list[Alias], term: str) -> None:
    meanings = [a for a in rows if a.term == term]
    assert len({a.code or a.expansion for a in meanings}) >= 2
    assert all(a.context is not None for a in meanings)


@pytest.mark.parametrize(
    ("text", "context"),
    [
        pytest.param("", None, id="no condition"),
        pytest.param(
            "near:Chest Pain|SOB;note:ECG;section:pmh|family",
            Context(frozenset({"chest pain", "sob"}), frozenset({"ecg"}), frozenset({"pmh", "family"})),
            id="all three parts, folded",
        ),
        pytest.param("near:g-tube", Context(frozenset({"g - tube"}), frozenset(), frozenset()), id="as tokens"),
    ],
)
def test_contexts_parse(text: str, context: Context | None) -> None:
    assert parse_context(text) == context


@pytest.mark.parametrize("text", ["far:away", "near:", "near", "near:a;nonsense"])
def test_a_malformed_context_names_its_line(text: str) -> None:
    with pytest.raises(CodeSetError, match="line 17"):
        parse_context(text, 17)


@pytest.mark.parametrize(
    ("term", "is_short"),
    [
        pytest.param("MS", True, id="capitals"),
        pytest.param("HFrEF", True, id="capitals inside"),
        pytest.param("copd", False, id="lower case"),
        pytest.param("acute PE", False, id="two words"),
    ],
)
def test_short_forms(term: str, is_short: bool) -> None:
    assert Alias(term, "I10", None, None, "variant").is_short_form is is_short
