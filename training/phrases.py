"""Learns phrases: which runs of words mean which code, from documents that experts coded sentence by sentence.

Each coded sentence was coded for one of its phrases, but not said which. Expectation–maximisation finds out: a
phrase that comes back with the same code in sentence after sentence takes the credit. It starts from how like the
phrase is to the words that the expert marked in the original language (medical Spanish and English share most
roots).
"""

import json
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.phrases import Source
from nlp.mentions.phrases import content_words
from nlp.sections.finder import find_sections
from nlp.sentences.splitter import split_sentences
from nlp.tokens import tokenize, uniform_lines
from training.sources import canonical

MAX_WORDS = 4
_MIN_ALIGNMENT = 0.2
_ROUNDS = 6
_DOUBT = 2.0
_MIN_CREDIT = 0.05
_COMPANY_WORDS = 2
_COMPANY_SEEN = 3
_COMPANY_SHARE = 0.25
_TOO_COMMON = 0.3

Phrase = tuple[str, ...]
"""The stems of a phrase, sorted."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A code, the spans of the sentences that it was coded for, and the words marked in the original language."""

    code: str
    spans: tuple[tuple[int, int], ...]
    marked: str


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A document with its codes (canonical) and the phrases of each sentence with its span."""

    text: str
    codes: frozenset[str]
    evidence: tuple[Evidence, ...]
    sentences: tuple[tuple[int, int, frozenset[Phrase]], ...]


@dataclass(frozen=True, slots=True)
class Association:
    """In how many of the `seen` sentences a phrase meant a code, or in how many documents it came with it."""

    phrase: Phrase
    code: str
    credit: float
    seen: int
    source: Source = Source.SENTENCE


def read_coded_documents(path: Path) -> list[CodedDocument]:
    """Return the documents of a CodiEsp file; its procedure codes and poorly aligned evidence are left out."""
    with path.open(encoding="utf-8") as file:
        return [_document(json.loads(line)) for line in file]


def _document(row: dict[str, object]) -> CodedDocument:
    text = str(row["text"])
    evidence = tuple(
        Evidence(canonical(e["code"]), tuple((s, t) for s, t in e["en_spans"]), e["text_es"])
        for e in row["evidence"]  # type: ignore[attr-defined]
        if e["type"] == "D" and e["align_sim"] >= _MIN_ALIGNMENT
    )
    codes = frozenset(canonical(c) for c in row["icd10cm"])  # type: ignore[attr-defined]
    return CodedDocument(text, codes, evidence, tuple(_sentences(text)))


def _sentences(text: str) -> Iterator[tuple[int, int, frozenset[Phrase]]]:
    uniform = uniform_lines(text)
    tokens = tokenize(uniform)
    sentences = split_sentences(tokens, find_sections(uniform))
    words = content_words(tokens, sentences)
    phrases: dict[int, set[Phrase]] = defaultdict(set)
    for at in range(len(words.stems)):
        for end in range(at + 1, min(at + MAX_WORDS, len(words.stems)) + 1):
            if words.clauses[end - 1] != words.clauses[at]:
                break
            phrases[words.sentences[at]].add(tuple(sorted(words.stems[at:end])))
    for row, found in sorted(phrases.items()):
        sentence = sentences[row]
        yield tokens.starts[sentence.first], tokens.ends[sentence.last - 1], frozenset(found)


def learn(documents: Sequence[CodedDocument]) -> list[Association]:
    """Return the associations that the documents support, sorted by phrase and code."""
    seen = Counter(p for d in documents for _, _, phrases in d.sentences for p in phrases)
    choices = [c for d in documents for c in _choices(d)]
    shares = [start / start.sum() for _, _, start in choices]
    for _ in range(_ROUNDS):
        credit = _credit(choices, shares)
        shares = []
        for code, phrases, start in choices:
            share = np.array([credit[p, code] / (seen[p] + _DOUBT) for p in phrases]) * np.sqrt(start)
            shares.append(share / share.sum())
    found = _credit(choices, shares)
    return sorted(
        (Association(p, c, x, seen[p]) for (p, c), x in found.items() if x >= _MIN_CREDIT),
        key=lambda a: (a.phrase, a.code),
    )


def learn_company(documents: Sequence[CodedDocument]) -> list[Association]:
    """Return the short phrases that come with a code far more often than chance, sorted by phrase and code."""
    of_code = Counter(c for d in documents for c in d.codes)
    with_phrase: Counter[Phrase] = Counter()
    together: Counter[tuple[Phrase, str]] = Counter()
    for document in documents:
        phrases = {p for _, _, found in document.sentences for p in found if len(p) <= _COMPANY_WORDS}
        with_phrase.update(phrases)
        together.update((p, c) for p in phrases for c in document.codes)
    most = len(documents) * _TOO_COMMON
    return sorted(
        (
            Association(phrase, code, n, with_phrase[phrase], Source.DOCUMENT)
            for (phrase, code), n in together.items()
            if n >= _COMPANY_SEEN
            and with_phrase[phrase] <= most
            and n >= _COMPANY_SHARE * with_phrase[phrase]
            and n * len(documents) > math.e * of_code[code] * with_phrase[phrase]
        ),
        key=lambda a: (a.phrase, a.code),
    )


Choice = tuple[str, list[Phrase], NDArray[np.float64]]
"""A code, the phrases that it may have been coded for, and how like each is to the marked words."""


def _choices(document: CodedDocument) -> Iterator[Choice]:
    for evidence in document.evidence:
        phrases = sorted(
            {
                p
                for start, end, found in document.sentences
                if any(start < e and s < end for s, e in evidence.spans)
                for p in found
            }
        )
        if phrases:
            marked = _trigrams(evidence.marked)
            likeness = np.array([_likeness(marked, _trigrams(" ".join(p))) for p in phrases])
            yield evidence.code, phrases, 0.02 + 4 * likeness**2


def _credit(choices: Sequence[Choice], shares: Sequence[NDArray[np.float64]]) -> dict[tuple[Phrase, str], float]:
    credit: dict[tuple[Phrase, str], float] = defaultdict(float)
    for (code, phrases, _), share in zip(choices, shares, strict=True):
        for phrase, part in zip(phrases, share.tolist(), strict=True):
            credit[phrase, code] += part
    return credit


def _trigrams(text: str) -> frozenset[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    padded = f" {plain} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))
