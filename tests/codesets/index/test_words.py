import pytest

from codesets.index.words import fold, stem, stop_words, token_spans, weak_stems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("stage 3b", ["stage", "3b"], id="digits and letters that touch"),
        pytest.param("EF 35.5%", ["EF", "35.5", "%"], id="a decimal"),
        pytest.param("1.2.3", ["1.2", ".", "3"], id="a section number is no decimal throughout"),
        pytest.param("x-ray", ["x", "-", "ray"], id="a hyphen is a token"),
        pytest.param("patients'", ["patients", "'"], id="a bare apostrophe is a token"),
        pytest.param("\u202eabc", ["\u202e", "abc"], id="a control of writing direction is no letter"),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert [text[s:e] for s, e in token_spans(text)] == words


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        pytest.param("HTN", "htn", id="case"),
        pytest.param("Sjögren's", "sjogren", id="umlaut and possessive"),
        pytest.param("Crohn’s", "crohn", id="a curly apostrophe"),
        pytest.param("'", "'", id="an apostrophe alone stays something"),
        pytest.param("ﬁbrosis", "fibrosis", id="a ligature of a PDF"),
    ],
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize("word", ["HTN", "Sjögren's", "ﬁbrosis", "Ⅲ", "ß", "İ"])
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("fracture", "fractures", id="plural"),
        pytest.param("diabetes", "diabetic", id="noun and adjective"),
        pytest.param("arthritis", "arthritic", id="an inflammation's adjective"),
        pytest.param("obstruction", "obstructive", id="derived"),
    ],
)
def test_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("thyroid", "thyroiditis", id="organ and its inflammation"),
        pytest.param("appendix", "appendicitis", id="the same"),
        pytest.param("gas", "ga", id="short words keep their ending"),
        pytest.param("l4", "l5", id="words with digits are never stemmed"),
    ],
)
def test_two_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_word_lists_are_folded() -> None:
    assert all(fold(w) == w for w in stop_words())
    assert "the" in stop_words()
    assert "pain" not in stop_words()
    assert "knee" in weak_stems()
    assert not {"pneumonia", "diabet"} & weak_stems()
