"""Finds the phrases that name procedures: their words close together in a sentence, in any order."""

from collections.abc import Sequence
from itertools import pairwise
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
    places: tuple[int, ...]
    keys: frozenset[int]

    @property
    def is_compact(self) -> bool:
        """Whether nothing stands between the words."""
        return self.width + 1 == -self.fewer


class _Kept(NamedTuple):
    start: int
    end: int
    rows: tuple[int, ...]
    size: int
    places: tuple[int, ...]


_LEAST_AGREEMENT = 0.65
_LEAST_TITLE_WORDS, _MAX_TITLE_WORDS = 2, 25
_SHORT_NAME = 2
_SLACK = (0, 0, 1, 2, 3, 3, 3, 3)
_CAPITALS_SHARE = 0.6
_BETWEEN_ITEMS = frozenset({",", ";", "and", "with", "&", "plus", "."})


def find_named(index: PhraseIndex, tokens: Tokens, sentences: Sequence[Sentence]) -> list[Named]:
    """Return what names procedures, the longest phrase at each place, in note order."""
    named: list[Named] = []
    for row, sentence in enumerate(sentences):
        words = name_words(tokens.written, tokens.folded, sentence.first, sentence.last)
        hits = _hits(index, tokens, sentence, words)
        breaks = _breaks(tokens, words) if hits else frozenset()
        for found in _by_system(hits) if hits else ():
            named.extend(
                Named(words[kept.start][1], words[kept.end][2], row, kept.rows, kept.size)
                for kept in _longest(index, found, breaks)
            )
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
            at = _places(places, place, phrase.others)
            if at is not None:
                hit = _Hit(-len(at), at[-1] - at[0], at[0], phrase.phrase, at, phrase.others | {known.key})
                found.append((hit, phrase.level_two))
    return found


def _by_system(hits: Sequence[tuple[_Hit, bool]]) -> tuple[list[_Hit], list[_Hit]]:
    of_one, of_two = ([h for h, level_two in hits if level_two is wanted] for wanted in (False, True))
    return sorted(_unbroken(of_one), key=_order), sorted(_unbroken(of_two), key=_order)


def _order(hit: _Hit) -> tuple[int, int, int, int, tuple[int, ...]]:
    return hit[:5]


def _unbroken(hits: Sequence[_Hit]) -> list[_Hit]:
    """Return the phrases less those that are two names: 'laparoscopic (colectomy with) lysis of adhesions'."""
    compact = [h for h in hits if h.is_compact and h.fewer < -1]
    return [h for h in hits if h.is_compact or not _is_two(h, compact)]


def _is_two(gapped: _Hit, compact: Sequence[_Hit]) -> bool:
    """Tell whether a word in the gap makes a name with one side of a phrase, and the rest is a name of its own."""
    first, last = gapped.start, gapped.start + gapped.width
    inside = [c for c in compact if first <= c.start and c.start + c.width <= last]
    rests = [c for c in inside if c.keys < gapped.keys]
    return any(
        c.keys & gapped.keys and c.keys - gapped.keys and not rest.keys & c.keys for c in inside for rest in rests
    )


def _breaks(tokens: Tokens, words: Sequence[NameWord]) -> frozenset[int]:
    """Return the words before which a list goes on to another item."""
    pairs = enumerate(pairwise(words), 1)
    return frozenset(i for i, (a, b) in pairs if not _BETWEEN_ITEMS.isdisjoint(tokens.folded[a[2] : b[1]]))


def _longest(index: PhraseIndex, hits: Sequence[_Hit], breaks: frozenset[int]) -> list[_Kept]:
    """Return the longest phrases; equal ones that overlap are one name, another item within one is its own."""
    kept: list[_Kept] = []
    for fewer, width, start, phrase, places, _ in hits:
        new = _Kept(start, start + width, index.procedures(phrase), -fewer, places)
        over = [i for i, old in enumerate(kept) if old.start <= new.end and start <= old.end]
        if not over or all(_is_aside(kept[i], new, breaks) for i in over):
            kept.append(new)
        elif kept[over[0]].size == new.size and _is_same(kept[over[0]], new):
            old = kept[over[0]]
            kept[over[0]] = old._replace(rows=tuple(dict.fromkeys((*old.rows, *new.rows))))
    return kept


def _is_aside(old: _Kept, new: _Kept, breaks: frozenset[int]) -> bool:
    """Tell whether a phrase is another item of a list among the words of a longer one: it shares none of them."""
    apart = not any(new.start <= place <= new.end for place in old.places)
    return apart and new.size > 1 and (new.start in breaks or new.end + 1 in breaks)


def _is_same(old: _Kept, new: _Kept) -> bool:
    """Tell whether two phrases of as many words stand at the same place, but for one word of at least three."""
    common = min(old.end, new.end) - max(old.start, new.start) + 1
    widest = max(old.end - old.start, new.end - new.start) + 1
    is_long = new.size > _SHORT_NAME and common >= max(new.size, widest) - 1
    return (old.start, old.end) == (new.start, new.end) or is_long


def _places(places: dict[int, list[int]], at: int, others: frozenset[int]) -> tuple[int, ...] | None:
    """Return the places of the phrase's words around its anchor in order, None where they stand too far apart."""
    chosen = [at]
    for key in others:
        found = places[key]
        chosen.append(found[0] if len(found) == 1 else min(found, key=lambda place: abs(place - at)))
    chosen.sort()
    count = len(chosen)
    return tuple(chosen) if chosen[-1] - chosen[0] + 1 <= count + _SLACK[count] else None


def _stands_in_capitals(tokens: Tokens, sentence: Sentence, word: NameWord) -> bool:
    """Tell whether an acronym is written in capitals where not everything is."""
    if not tokens.written[word[1]].isupper():
        return False
    letters = [w for w in tokens.written[sentence.first : sentence.last] if w.isalpha()]
    return len(letters) == 1 or sum(w.isupper() for w in letters) < _CAPITALS_SHARE * len(letters)
