"""Finds the phrases that name procedures: their words close together in a sentence, in any order."""

from collections.abc import Sequence
from typing import NamedTuple

from codesets.procedures.phrases import PhraseIndex
from codesets.procedures.words import NameWord, name_words
from nlp.procedures.types import Named
from nlp.tokens import Tokens
from nlp.types import Sentence


class _Hit(NamedTuple):
    fewer: int
    width: int
    start: int
    phrase: int


_LEAST_AGREEMENT = 0.65
_LEAST_TITLE_WORDS, _MAX_TITLE_WORDS = 2, 25
_SHORT_NAME = 2
_SLACK = (0, 0, 1, 2, 3, 3, 3, 3)
_CAPITALS_SHARE = 0.6


def find_named(index: PhraseIndex, tokens: Tokens, sentences: Sequence[Sentence]) -> list[Named]:
    """Return what names procedures, the longest phrase at each place, in note order."""
    named: list[Named] = []
    for row, sentence in enumerate(sentences):
        words = name_words(tokens.written, tokens.folded, sentence.first, sentence.last)
        hits = _hits(index, tokens, sentence, words)
        for found in _by_system(hits) if hits else ():
            for start, end, rows, count in _longest(index, found):
                named.append(Named(words[start][1], words[end][2], row, rows, count))
    return sorted(named, key=lambda n: (n.first, n.procedures))


def find_near(index: PhraseIndex, tokens: Tokens, row: int, first: int, last: int) -> Named | None:
    """Return what the words of a title come nearest to, or None where they come near no name."""
    words = name_words(tokens.written, tokens.folded, first, last)
    if not _LEAST_TITLE_WORDS <= len(words) <= _MAX_TITLE_WORDS:
        return None
    found = index.nearest(word for word, _, _ in words)
    if found is None or found[1] < _LEAST_AGREEMENT:
        return None
    rows = index.procedures(found[0])
    return Named(words[0][1], words[-1][2], row, rows, len(words), round(found[1], 4))


def _hits(
    index: PhraseIndex, tokens: Tokens, sentence: Sentence, words: Sequence[NameWord]
) -> list[tuple[_Hit, bool]]:
    """Return the phrases of a sentence, each with whether it names codes of HCPCS Level II alone."""
    find = index.filed
    filed = [find(word) for word, _, _ in words]
    places: dict[int, list[int]] = {}
    for place, known in enumerate(filed):
        if known is not None:
            places.setdefault(known.key, []).append(place)
    present = places.keys()
    found = []
    for place, known in enumerate(filed):
        if known is None:
            continue
        for phrase in known.phrases:
            if not phrase.others <= present:
                continue
            if phrase.capitals and not _stands_in_capitals(tokens, sentence, words[place]):
                continue
            span = _span(places, place, phrase.others)
            if span is not None:
                hit = _Hit(-len(phrase.others) - 1, span[1] - span[0], span[0], phrase.phrase)
                found.append((hit, phrase.level_two))
    return found


def _by_system(hits: Sequence[tuple[_Hit, bool]]) -> tuple[list[_Hit], list[_Hit]]:
    return sorted(h for h, level_two in hits if not level_two), sorted(h for h, level_two in hits if level_two)


def _longest(index: PhraseIndex, hits: Sequence[_Hit]) -> list[tuple[int, int, tuple[int, ...], int]]:
    """Return (first word, last word, rows, words) of the longest phrases; equal ones that overlap are one name."""
    kept: list[tuple[int, int, tuple[int, ...], int]] = []
    for fewer, width, start, phrase in hits:
        end, rows = start + width, index.procedures(phrase)
        over = next((i for i, (first, last, *_) in enumerate(kept) if first <= end and start <= last), None)
        if over is None:
            kept.append((start, end, rows, -fewer))
        elif kept[over][3] == -fewer and _is_same(kept[over], start, end, -fewer):
            first, last, others, count = kept[over]
            kept[over] = (first, last, tuple(dict.fromkeys((*others, *rows))), count)
    return kept


def _is_same(kept: tuple[int, int, tuple[int, ...], int], start: int, end: int, count: int) -> bool:
    """Tell whether two phrases of as many words stand at the same place, but for one word of at least three."""
    common = min(kept[1], end) - max(kept[0], start) + 1
    return (kept[0], kept[1]) == (start, end) or (count > _SHORT_NAME and common >= count - 1)


def _span(places: dict[int, list[int]], at: int, others: frozenset[int]) -> tuple[int, int] | None:
    """Return the first and the last word of the phrase around its anchor, or None where they stand too far apart."""
    first = last = at
    for key in others:
        found = places[key]
        near = found[0] if len(found) == 1 else min(found, key=lambda place: abs(place - at))
        first, last = min(first, near), max(last, near)
    count = len(others) + 1
    return (first, last) if last - first + 1 <= count + _SLACK[count] else None


def _stands_in_capitals(tokens: Tokens, sentence: Sentence, word: NameWord) -> bool:
    """Tell whether an acronym is written in capitals where not everything is."""
    if not tokens.written[word[1]].isupper():
        return False
    letters = [w for w in tokens.written[sentence.first : sentence.last] if w.isalpha()]
    return len(letters) == 1 or sum(w.isupper() for w in letters) < _CAPITALS_SHARE * len(letters)
