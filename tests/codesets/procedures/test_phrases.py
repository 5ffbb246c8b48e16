import pytest

from codesets.procedures.phrases import needs_capitals, open_phrases
from codesets.procedures.types import Procedure
from codesets.types import Code, CodeSystem


def procedure(value: str, *synonyms: str, system: CodeSystem = CodeSystem.CPT) -> Procedure:
    return Procedure(Code(system, value), "family", "words", synonyms)


@pytest.mark.parametrize(
    ("synonym", "needed"),
    [
        pytest.param("ALT", True, id="also a word"),
        pytest.param("CT", True, id="two letters"),
        pytest.param("EGD", False, id="no other word looks like it"),
        pytest.param("appendectomy", False, id="no acronym"),
    ],
)
def test_capitals(synonym: str, needed: bool) -> None:
    assert needs_capitals(synonym, frozenset({"alt"})) is needed


def test_a_phrase_is_filed_under_one_of_its_words() -> None:
    index = open_phrases([procedure("11111", "left knee arthroscopy"), procedure("22222", "hip arthroscopy")])
    filed = [index.filed(word) for word in ("knee", "hip", "arthroscopy")]
    assert sum(len(f.phrases) for f in filed if f) == 2
    assert index.filed("unheard") is None


def test_a_name_of_one_word_matches_by_the_word_and_its_plural() -> None:
    index = open_phrases([procedure("11111", "lexiscan")])
    assert index.filed("lexiscan")
    found = index.filed("lexiscanned")
    assert found is None or not found.phrases


def test_a_finding_is_no_name() -> None:
    index = open_phrases([procedure("11111", "Bennett fracture"), procedure("22222", "Bennett fracture pinning")])
    found = index.nearest(["bennett", "fracture", "pinning"])
    assert found is not None
    assert index.procedures(found[0]) == (1,)


def test_the_nearest_name_and_how_far_it_agrees() -> None:
    index = open_phrases([procedure("11111", "halo crown application"), procedure("22222", "skin graft")])
    found = index.nearest(["application", "halo", "crown", "vest"])
    assert found is not None
    assert index.procedures(found[0]) == (0,)
    assert 0.6 < found[1] < 1
    assert index.nearest(["unheard"]) is None
