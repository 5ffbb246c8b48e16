"""Finds learned phrases: runs of content words that training saw to mean a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from codesets.index.words import stem, stop_words
from models.phrases import PhraseTable, stem_hash
from nlp.tokens import Tokens
from nlp.types import Phrase, Sentence


@dataclass(frozen=True, slots=True)
class ContentWords:
    """The words of a note that carry meaning, in parallel lists: token, sentence row, clause, stem."""

    tokens: list[int]
    sentences: list[int]
    clauses: list[int]
    stems: list[str]


def content_words(tokens: Tokens, sentences: Sequence[Sentence]) -> ContentWords:
    """Return the content words of a note; function words are left out, punctuation ends a clause."""
    found = ContentWords([], [], [], [])
    clause = 0
    for row, sentence in enumerate(sentences):
        clause += 1
        for at, word in enumerate(tokens.folded[sentence.first : sentence.last], sentence.first):
            stemmed = content_stem(word)
            if stemmed is None:
                clause += 1
            elif stemmed:
                found.tokens.append(at)
                found.sentences.append(row)
                found.clauses.append(clause)
                found.stems.append(stemmed)
    return found


def find_phrases(table: PhraseTable, tokens: Tokens, sentences: Sequence[Sentence]) -> list[Phrase]:
    """Return the learned phrases of a note, shorter ones first."""
    words = content_words(tokens, sentences)
    if not words.stems:
        return []
    hashes = np.array([stem_hash(s) for s in words.stems], dtype=np.uint64)
    clauses = np.array(words.clauses, dtype=np.int32)
    return [
        Phrase(tokens.starts[words.tokens[first]], tokens.ends[words.tokens[last - 1]], row, last - first)
        for first, last, row in table.find(hashes, clauses)
    ]


@lru_cache(maxsize=65536)
def content_stem(word: str) -> str | None:
    """Return the stem of a content word, '' for a function word, None for punctuation."""
    if word in stop_words():
        return ""
    if not word[0].isalnum():
        return None
    return stem(word) if word.isalpha() else word
