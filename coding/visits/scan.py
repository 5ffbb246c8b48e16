"""The words of a note that choosing a visit's level looks for (words.tsv, tests.tsv), found in one pass."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from coding.types import Evidence
from nlp.assertion.asserter import Asserter
from nlp.facts.phrases import words_of
from nlp.protocols import AssertsMentions
from nlp.tokens import Tokens, tokenize, uniform_lines
from nlp.types import AssertionKind, Reading

_ABSENT = frozenset({AssertionKind.NEGATED, AssertionKind.FAMILY, AssertionKind.HISTORICAL})
_UNREAL = _ABSENT | {AssertionKind.HYPOTHETICAL, AssertionKind.CONDITIONAL}
_NOT_MEANT = frozenset({AssertionKind.HYPOTHETICAL, AssertionKind.CONDITIONAL, AssertionKind.FAMILY})
DECIDING = frozenset({"assessment", "assessment_plan", "plan", "discharge_diagnosis"})
"""The kinds of sections in which the clinician says what was decided."""
PAST = frozenset(
    {"pmh", "psh", "family", "social", "medications", "allergies", "ros", "immunizations", "obstetric", "consent"}
)
"""The kinds of sections that hold the past, or what was asked by template."""
_BARE_CHARS, _BARE_SHARE = 250, 0.12
_ADVICE = frozenset({"instructions", "developmental", "problem_list"})


class Hit(NamedTuple):
    """A phrase of the vocabulary: tokens `first` to `last` (`last` excluded), code points, section and sentence."""

    kind: str
    value: str
    first: int
    last: int
    start: int
    end: int
    section: str
    sentence: int


_Entry = tuple[tuple[str, ...], str, str]


class Vocabulary:
    """The phrases by their first two words; of one kind the longest at a place counts."""

    def __init__(self, rows: Sequence[tuple[str, str, str]]) -> None:
        self._alone: dict[str, list[_Entry]] = {}
        self._longer: dict[str, dict[str, list[_Entry]]] = {}
        for kind, value, phrases in rows:
            for phrase in phrases.split("|"):
                for spelling in {phrase, phrase.replace("-", " ")}:
                    self._add(words_of(spelling), kind, value)
        self._heads = {word: self._entries(word) for word in self._alone.keys() | self._longer.keys()}

    def _entries(self, word: str) -> tuple[tuple[_Entry, ...], dict[str, tuple[_Entry, ...]]]:
        """Return the phrases that a first word opens: alone, and by the second word, longest first."""
        alone = tuple(self._alone.get(word, ()))
        longer = self._longer.get(word, {})
        return alone, {
            second: (*sorted(found, key=lambda entry: -len(entry[0])), *alone) for second, found in longer.items()
        }

    def _add(self, words: tuple[str, ...], kind: str, value: str) -> None:
        if len(words) == 1:
            entries = self._alone.setdefault(words[0], [])
        else:
            entries = self._longer.setdefault(words[0], {}).setdefault(words[1], [])
        entries.append((words, kind, value))

    def find(self, folded: Sequence[str]) -> list[tuple[int, int, str, str]]:
        """Return (first, last, kind, value) of what stands in the tokens."""
        heads, free = self._heads, dict[str, int]()
        found = []
        for place, word, second in zip(range(len(folded)), folded, (*folded[1:], ""), strict=True):
            if word not in heads:
                continue
            alone, longer = heads[word]
            for words, kind, value in longer.get(second, alone):
                end = place + len(words)
                if free.get(kind, 0) <= place and (end - place < 3 or tuple(folded[place:end]) == words):
                    free[kind] = end
                    found.append((place, end, kind, value))
        return found


@cache
def _vocabulary() -> Vocabulary:
    tests = [("test", name, phrases) for name, phrases in read_table("tests.tsv")]
    return Vocabulary([*((k, v, p) for k, v, p in read_table("words.tsv")), *tests])


@cache
def _own_asserter() -> Asserter:
    return Asserter()


def read_table(name: str) -> list[list[str]]:
    """Return the rows of a table of this folder."""
    text = files("coding.visits").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


class Scan:
    """A note's hits by kind, and where they stand."""

    def __init__(
        self, reading: Reading, tokens: Tokens | None = None, asserter: AssertsMentions | None = None
    ) -> None:
        self.reading = reading
        self._asserter = asserter or _own_asserter()
        self.text = reading.note.text
        self.tokens = tokens or tokenize(uniform_lines(self.text))
        self._section_starts = [s.start for s in reading.sections]
        self._sentence_starts = [s.first for s in reading.sentences]
        self._hits: dict[str, list[Hit]] = {}
        starts, ends = self.tokens.starts, self.tokens.ends
        section, sentence = 0, -1
        sections, rows = (*self._section_starts, len(self.text) + 1), (*self._sentence_starts, len(self.tokens) + 1)
        for first, last, kind, value in _vocabulary().find(self.tokens.folded):
            start = starts[first]
            while sections[section + 1] <= start:
                section += 1
            while rows[sentence + 1] <= first:
                sentence += 1
            place = reading.sections[section].kind
            self._hits.setdefault(kind, []).append(
                Hit(kind, value, first, last, start, ends[last - 1], place, sentence)
            )
        self._kinds: dict[Hit, AssertionKind] = {}
        self._turned = {h.sentence for h in self.of("turning")} - {-1}
        self._unreal = {h.sentence for h in self.of("turning", "unreal")} - {-1}
        self.deciding = self._deciding()

    def _deciding(self) -> frozenset[str]:
        """Return the kinds of sections that say what was decided: all that tell, where those are missing or bare."""
        sections = self.reading.sections
        decided = frozenset(s.kind for s in sections if s.kind in DECIDING)
        chars = sum(s.end - s.start for s in sections if s.kind in DECIDING)
        if chars >= min(_BARE_CHARS, _BARE_SHARE * len(self.text)):
            return decided
        return decided | (frozenset(s.kind for s in sections) - PAST - _ADVICE - {"vitals", "exam"})

    def section_at(self, place: int) -> str:
        """Return the kind of the section at a code point."""
        return self.reading.sections[bisect_right(self._section_starts, place) - 1].kind

    def token_at(self, place: int) -> int:
        """Return the row of the last token that starts at or before a code point."""
        return bisect_right(self.tokens.starts, place) - 1

    def sentence_at(self, place: int) -> int:
        """Return the row of the sentence at a code point, -1 before the first."""
        return bisect_right(self._sentence_starts, self.token_at(place)) - 1

    def of(self, kind: str, *values: str) -> list[Hit]:
        """Return the hits of a kind, in note order; of some values only where they are named."""
        hits = self._hits.get(kind, [])
        return [h for h in hits if h.value in values] if values else hits

    def evidence(self, hit: Hit) -> Evidence:
        """Return a hit as evidence."""
        return self.evidence_of(hit.start, hit.end)

    def evidence_of(self, start: int, end: int) -> Evidence:
        """Return a stretch as evidence."""
        return Evidence(start, end, self.text[start:end], self.section_at(start))

    def is_said(self, hit: Hit) -> bool:
        """Tell whether a hit is neither negated nor past, a relative's or only feared."""
        return self.kind(hit) not in _UNREAL

    def is_not_denied(self, hit: Hit) -> bool:
        """Tell whether a hit is neither negated nor past nor a relative's; it may be planned."""
        return self.kind(hit) not in _ABSENT

    def is_meant(self, hit: Hit) -> bool:
        """Tell whether a test was or is to be done: 'if worse, CXR' is not, 'CXR negative' is."""
        return hit.sentence not in self._unreal or self.kind(hit) not in _NOT_MEANT

    def kind(self, hit: Hit) -> AssertionKind:
        """Return what the note says of a hit."""
        if hit.sentence not in self._turned:
            return AssertionKind.PRESENT
        known = self._kinds.get(hit)
        if known is None:
            self._assert_beside(hit)
            known = self._kinds.setdefault(hit, AssertionKind.PRESENT)
        return known

    def _assert_beside(self, hit: Hit) -> None:
        """Settle the hits of one kind in one sentence at once."""
        sentence = self.reading.sentences[hit.sentence]
        section = self.reading.sections[sentence.section]
        beside = [h for h in self._hits[hit.kind] if h.sentence == hit.sentence and h.last <= sentence.last]
        spans = [(h.first, h.last) for h in beside]
        year = self.reading.note.date_of_service.year
        asserted = self._asserter.assert_mentions(self.tokens, sentence, section, spans, year)
        self._kinds.update((h, a.kind) for h, a in zip(beside, asserted, strict=True))

    def near(self, hit: Hit, other: Hit, tokens: int) -> bool:
        """Tell whether two hits stand in one sentence, at most so many tokens apart."""
        gap = max(hit.first - other.last, other.first - hit.last)
        return hit.sentence == other.sentence and gap <= tokens
