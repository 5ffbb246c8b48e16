"""What the finder learns from: texts with the spans of their findings."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from codesets.icd10cm.release import IcdRelease
from codesets.index.words import fold, token_spans
from eval.day import DAY
from eval.goldnotes.read import GoldNote
from nlp.mentions.phrases import content_stem
from nlp.pipeline import NoteReader
from nlp.types import Note, Reading
from training.phrases import CodedDocument

_CHUNK = 600
_MAX_CHARS = 60
_MAX_TOKENS = 6
_ALIKE = 75
_LETTERS = 4

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of a note and the spans in it, none overlapping another."""

    text: str
    spans: tuple[Span, ...]


def labelled_texts(reader: NoteReader, gold: GoldNote) -> Iterator[Text]:
    """Yield a labelled note in parts: the evidence of its codes and traps, and the lexicon's mentions beside it."""
    evidence = [span for c in gold.label.codes for span in c.evidence]
    evidence += [span for t in gold.label.traps for span in t.evidence]
    reading = reader.read(gold.note)
    yield from _parts(reading, [*evidence, *_mentions(reading)])


def coded_texts(reader: NoteReader, release: IcdRelease, document: CodedDocument) -> Iterator[Text]:
    """Yield a document of CodiEsp in parts: the words that its evidence speaks of, and the lexicon's mentions."""
    reading = reader.read(Note(document.text, DAY))
    spans = []
    for evidence in document.evidence:
        if evidence.code in release:
            title = _stems(release.title(evidence.code))
            spans += [_words_of(document.text, s, title, evidence.marked) for s in evidence.spans]
    yield from _parts(reading, [*(s for s in spans if s), *_mentions(reading)])


def _mentions(reading: Reading) -> list[Span]:
    return [(m.start, m.end) for m in reading.mentions]


def _stems(text: str) -> frozenset[str]:
    words = (fold(text[s:e]) for s, e in token_spans(text))
    return frozenset(s for s in map(content_stem, words) if s and len(s) >= _LETTERS)


def _words_of(text: str, sentence: Span, title: frozenset[str], spanish: str) -> Span | None:
    """Return the shortest run of a sentence with the most words of the title, or like the Spanish evidence."""
    start, end = sentence
    tokens = [(start + s, start + e) for s, e in token_spans(text[start:end])]
    foreign = [_plain(w) for w in spanish.split() if len(w) >= _LETTERS]
    marked = [at for at, (s, e) in enumerate(tokens) if _means(text[s:e], title, foreign)]
    runs = [(a, b) for i, a in enumerate(marked) for b in marked[i:] if b - a < _MAX_TOKENS]
    if not runs:
        return None
    first, last = max(runs, key=lambda r: (sum(r[0] <= m <= r[1] for m in marked), r[0] - r[1]))
    return tokens[first][0], tokens[last][1]


def _means(word: str, title: frozenset[str], foreign: Sequence[str]) -> bool:
    folded = fold(word)
    if len(folded) < _LETTERS:
        return False
    return content_stem(folded) in title or any(fuzz.ratio(folded, w) >= _ALIKE for w in foreign)


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if c.isalnum())


def _parts(reading: Reading, spans: Iterable[Span]) -> Iterator[Text]:
    """Yield the text cut at line ends, in parts of about 600 characters, with the spans that lie in them."""
    text = reading.note.text
    kept = _apart(spans)
    cuts = [0]
    while cuts[-1] < len(text):
        line = text.find("\n", cuts[-1] + _CHUNK)
        stop = text.find(". ", cuts[-1] + _CHUNK)
        ends = [x + 1 for x in (line, stop) if x >= 0]
        cuts.append(min(ends, default=len(text)))
    for start, end in pairwise(cuts):
        low = bisect_left(kept, (start, 0))
        inside = tuple((s - start, e - start) for s, e in kept[low:] if e <= end)
        yield Text(text[start:end], inside)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, the first of those that overlap, as coders' spans come first."""
    kept: list[Span] = []
    for s, e in spans:
        if 0 < e - s <= _MAX_CHARS and not any(s < b and a < e for a, b in kept):
            kept.append((s, e))
    return sorted(kept)
