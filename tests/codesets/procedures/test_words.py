import pytest

from codesets.procedures.words import weak_keys, word_key, words_of_name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("US pelvis", ["ultrasound", "pelvis"], id="US in capitals is ultrasound"),
        pytest.param("gave us news", ["gave", "news"], id="us in small letters is not"),
        pytest.param("XR R knee 3 views", ["xray", "knee", "xray"], id="views stand for an x-ray, sides for nothing"),
        pytest.param("CT abdomen without contrast", ["ct", "abdomen"], id="contrast is a fact, not a name"),
        pytest.param("I&D abscess", ["incision", "drainage", "abscess"], id="shorthand with a sign"),
        pytest.param("scope 2/24/26", ["scope"], id="a date is no name"),
        pytest.param("triamcinolone 40 mg knee", ["triamcinolone", "knee"], id="an amount is no name"),
        pytest.param("hep A", ["hepatitis", "letter-a", "vaccine"], id="the letter, not the article"),
    ],
)
def test_words_of_a_name(name: str, words: list[str]) -> None:
    assert [word for word, _, _ in words_of_name(name)] == words


@pytest.mark.parametrize("word", ["evaluation", "treatment", "pelvis", "sac", "arm", "injected", "supplies"])
def test_generic_words_name_nothing_alone(word: str) -> None:
    assert word_key(word) in weak_keys()
