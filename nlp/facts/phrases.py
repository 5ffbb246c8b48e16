"""Tables of phrases, matched token by token with one look-up per first word."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from codesets.index.words import fold, token_spans

Meaning = TypeVar("Meaning")


def words_of(phrase: str) -> tuple[str, ...]:
    """Return the folded tokens of a phrase, cut as a note's are."""
    return tuple(fold(phrase[s:e]) for s, e in token_spans(phrase))


class PhraseTable(Generic[Meaning]):
    """Phrases and what they mean; the longest phrase at a place wins, of two equal ones the first."""

    def __init__(self, rows: Iterable[tuple[str, Meaning]]) -> None:
        self._by_head: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for phrase, meaning in rows:
            words = words_of(phrase)
            self._by_head.setdefault(words[0], []).append((words, meaning))
        for entries in self._by_head.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self.heads = frozenset(self._by_head)

    def at(self, folded: Sequence[str], place: int, last: int) -> tuple[int, Meaning] | None:
        """Return (end, meaning) of the longest phrase that starts at `place` and ends by `last`, or None."""
        for words, meaning in self._by_head.get(folded[place], ()):
            end = place + len(words)
            if end <= last and tuple(folded[place:end]) == words:
                return end, meaning
        return None

    def all_in(self, folded: Sequence[str], first: int, last: int) -> list[tuple[int, int, Meaning]]:
        """Return (start, end, meaning) of the phrases of a stretch, none within another."""
        heads = self._by_head
        found = []
        free = first
        for place in range(first, last):
            if place >= free and folded[place] in heads:
                hit = self.at(folded, place, last)
                if hit is not None:
                    found.append((place, *hit))
                    free = hit[0]
        return found
