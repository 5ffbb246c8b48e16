import pytest

from codesets.icd10cm.release import IcdRelease
from codesets.index.lexicon import Lexicon
from codesets.index.sources import TermSource
from codesets.index.wordings import reworded


@pytest.mark.parametrize(
    ("value", "title", "words"),
    [
        pytest.param("L03113", "Cellulitis of right upper limb", "Cellulitis of right hand", id="a part of a region"),
        pytest.param("M10072", "Idiopathic gout, left ankle and foot", "gout, left toe", id="two rows together"),
    ],
)
def test_a_title_in_the_words_of_notes(value: str, title: str, words: str) -> None:
    assert words in reworded(value, title)


def test_whole_words_alone_are_replaced() -> None:
    assert not any("thear" in text for text in reworded("D2230", "Melanocytic nevi of unspecified part of face"))


@pytest.mark.parametrize("title", ["Idiopathic gout, unspecified site", "Idiopathic gout, multiple sites"])
def test_a_title_without_a_site_stays(title: str) -> None:
    assert reworded("M1000", title) == []


def test_a_wording_counts_as_an_alias_of_its_code(lexicon: Lexicon, embedded: IcdRelease) -> None:
    terms = [lexicon.term(row) for row, text in enumerate(lexicon.term_texts) if text == "mass of right arm"]
    assert [(embedded.values[t.code], t.source) for t in terms] == [("R2231", TermSource.ALIAS)]
