import pytest

from codesets.index.attributes import attribute_table
from codesets.index.leaves import choose_leaves
from codesets.index.lexicon import Lexicon


def best(lexicon: Lexicon, value: str, *said: tuple[str, str]) -> str:
    """Return the leaf chosen for the title of `value` and the attributes said."""
    title = lexicon.title_term(lexicon.release.row(value))
    assert title is not None
    mask = sum(attribute_table().bits[s] for s in said)
    words = frozenset(lexicon.core_stems.row(lexicon.core_of(title.row)))
    return lexicon.release.values[choose_leaves(lexicon, [title], mask, words)[0].code]


@pytest.mark.parametrize(
    ("header", "said", "leaf"),
    [
        pytest.param("N18", [], "N189", id="nothing said: unspecified"),
        pytest.param("N18", [("stage", "3b")], "N1832", id="stage 3b"),
        pytest.param("N18", [("stage", "3")], "N1830", id="stage 3 without a letter"),
        pytest.param("N18", [("stage", "5")], "N185", id="stage 5"),
        pytest.param("M2556", [("laterality", "left")], "M25562", id="left"),
        pytest.param("M2556", [("laterality", "right")], "M25561", id="right"),
        pytest.param("M2556", [], "M25569", id="no side"),
        pytest.param("I502", [("acuity", "acute")], "I5021", id="acute"),
        pytest.param("I502", [("acuity", "chronic")], "I5022", id="chronic"),
        pytest.param("I502", [("acuity", "acute"), ("acuity", "chronic")], "I5023", id="acute on chronic"),
        pytest.param("M17", [("laterality", "bilateral"), ("order", "primary")], "M170", id="both knees, one code"),
        pytest.param("I10", [("laterality", "left")], "I10", id="an attribute that no leaf knows"),
    ],
)
def test_the_attributes_choose(lexicon: Lexicon, header: str, said: list[tuple[str, str]], leaf: str) -> None:
    assert best(lexicon, header, *said) == leaf


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        pytest.param([], "A", id="nothing said: active treatment of a closed injury (I.C.19.a)"),
        pytest.param([("encounter", "subsequent"), ("healing", "routine")], "D", id="routine healing"),
        pytest.param([("encounter", "subsequent"), ("healing", "nonunion")], "K", id="nonunion"),
        pytest.param([("encounter", "sequela")], "S", id="sequela"),
        pytest.param([("openness", "open"), ("encounter", "initial")], "B", id="open fracture of no stated type"),
    ],
)
def test_the_seventh_character(lexicon: Lexicon, said: list[tuple[str, str]], ending: str) -> None:
    found = best(lexicon, "S52501", *said)
    assert found[:6] == "S52501"
    assert found[6] == ending


@pytest.mark.parametrize("header", ["S525", "E11", "M25", "O24", "I50", "T38", "W01"])
def test_leaves_are_billable_below_the_header_best_first(lexicon: Lexicon, header: str) -> None:
    title = lexicon.title_term(lexicon.release.row(header))
    assert title is not None
    leaves = choose_leaves(lexicon, [title], 0, frozenset())
    values = [lexicon.release.values[leaf.code] for leaf in leaves]
    assert values
    assert all(lexicon.release.is_billable(v) and v.startswith(header) for v in values)
    assert [leaf.fit for leaf in leaves] == sorted((leaf.fit for leaf in leaves), reverse=True)


@pytest.mark.parametrize(
    ("value", "said", "leaf"),
    [
        pytest.param("E113299", [("laterality", "left")], "E113292", id="an alias of an eye unspecified, side said"),
        pytest.param("E113299", [], "E113299", id="nothing said: the alias's own 7th character"),
        pytest.param("H401190", [], "H401190", id="stage unspecified"),
    ],
)
def test_an_alias_of_a_whole_code_with_its_7th_character(
    lexicon: Lexicon, value: str, said: list[tuple[str, str]], leaf: str
) -> None:
    row = lexicon.release.row(value)
    terms = [t for t in map(lexicon.term, range(len(lexicon.attributes))) if t.code == row]
    mask = sum(attribute_table().bits[s] for s in said)
    assert lexicon.release.values[choose_leaves(lexicon, terms[:1], mask, frozenset())[0].code] == leaf
