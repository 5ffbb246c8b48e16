"""Learned phrases in a note: which words count, where a phrase may lie, and what it covers."""

import numpy as np
import pytest
from numpy.typing import NDArray

from models.phrases import stem_hash
from nlp.mentions.phrases import content_stem, content_words, find_phrases
from nlp.sections.finder import find_sections
from nlp.sentences.splitter import split_sentences
from nlp.tokens import Tokens, tokenize
from nlp.types import Sentence


class Known:
    """A table of one phrase; `find` as models.phrases has it, the slow way."""

    def __init__(self, *stems: str) -> None:
        self.key = sum(map(stem_hash, stems)) % 2**64
        self.words = len(stems)

    def find(self, hashes: NDArray[np.uint64], segments: NDArray[np.int32]) -> list[tuple[int, int, int]]:
        found = []
        for first in range(len(hashes) - self.words + 1):
            last = first + self.words
            one_clause = len(set(segments[first:last].tolist())) == 1
            if one_clause and sum(hashes[first:last].tolist()) % 2**64 == self.key:
                found.append((first, last, 7))
        return found


def read(text: str) -> tuple[Tokens, list[Sentence]]:
    tokens = tokenize(text)
    return tokens, split_sentences(tokens, find_sections(text))


def words_of(text: str, *stems: str) -> list[str]:
    tokens, sentences = read(text)
    found = find_phrases(Known(*stems), tokens, sentences)  # type: ignore[arg-type]
    return [text[p.start : p.end] for p in found]


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        pytest.param("Left kidney stone seen.", ["kidney stone"], id="next to each other"),
        pytest.param("Stones in the kidney.", ["Stones in the kidney"], id="in any order, over function words"),
        pytest.param(
            "KIDNEY STONES and kidney stone", ["KIDNEY STONES", "STONES and kidney", "kidney stone"], id="all"
        ),
        pytest.param("Kidney normal, stone seen.", [], id="not across a comma"),
        pytest.param("Kidney, stone.", [], id="not even next to it"),
        pytest.param("Normal kidney. Stone passed.", [], id="not across sentences"),
        pytest.param("Kidney has a small stone.", [], id="not over another content word"),
        pytest.param("", [], id="an empty text"),
        pytest.param("The and of.", [], id="function words alone"),
    ],
)
def test_where_a_phrase_lies(text: str, covered: list[str]) -> None:
    assert words_of(text, content_stem("kidney") or "", content_stem("stone") or "") == covered


def test_a_found_phrase_names_its_row_and_its_length_in_content_words() -> None:
    (found,) = find_phrases(Known("kidney", "stone"), *read("No fever. Stone in the kidney."))  # type: ignore[arg-type]
    assert (found.row, found.words) == (7, 2)


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        pytest.param("stones", "stone", id="a stem"),
        pytest.param("the", "", id="a function word"),
        pytest.param(",", None, id="punctuation"),
        pytest.param("b12", "b12", id="letters and figures stay"),
    ],
)
def test_the_stem_of_a_word(word: str, stemmed: str | None) -> None:
    assert content_stem(word) == stemmed


def test_content_words_are_parallel_and_clauses_rise() -> None:
    words = content_words(*read("Fever, chills and cough. Gout."))
    assert words.stems == ["fever", "chill", "cough", "gout"]
    assert words.sentences == [0, 0, 0, 1]
    assert words.clauses == sorted(words.clauses)
    assert len({words.clauses[0], words.clauses[1], words.clauses[3]}) == 3
    assert words.clauses[1] == words.clauses[2]
    assert len(words.tokens) == 4
