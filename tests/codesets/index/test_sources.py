import pytest

from codesets.index.lexicon import Lexicon
from codesets.index.sources import TermSource
from codesets.index.words import stem


@pytest.mark.parametrize(
    ("word", "code"),
    [
        pytest.param("anarthria", "R471", id="the second of 'Dysarthria and anarthria'"),
        pytest.param("tenosynovitis", "M65", id="the second of 'Synovitis and tenosynovitis'"),
    ],
)
def test_a_title_of_two_findings_is_said_by_either(lexicon: Lexicon, word: str, code: str) -> None:
    anchor = lexicon.stem_ids[stem(word)]
    terms = [lexicon.term(t) for core in lexicon.anchors.row(anchor) for t in lexicon.core_terms.row(core)]
    alone = [t for t in terms if lexicon.term_texts[t.row] == word]
    assert (code, TermSource.INCLUSION) in [(lexicon.release.values[t.code], t.source) for t in alone]


def test_the_text_of_an_encounter_title_is_weak(lexicon: Lexicon) -> None:
    row = lexicon.title_term(lexicon.release.row("Z139"))
    assert row is not None
    assert row.flags & 16
