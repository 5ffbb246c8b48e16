"""Finds the cues of a sentence, with their scopes, and where the sentence turns to the patient.

Positions are token rows counted from the first token of the sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nlp.assertion.automaton import Automaton, core_span
from nlp.assertion.rules import PRECEDENCE, SECTION, Cue, CueKind, Reach, read_classes, read_cues
from nlp.assertion.scopes import (
    COMMA,
    CUE,
    DASH,
    JOIN,
    NUMBER,
    OPENS_ITEM,
    PAST,
    PRONOUN,
    end_marks,
    is_edge,
    scope_after,
    scope_before,
    word_marks,
)
from nlp.tokens import Tokens

_DIGITS = frozenset("0123456789")
_OPENERS = frozenset("([,;:/-")
_CLAUSE_TOKENS = 6


class Hit(NamedTuple):
    """A cue that stands at `start` to `end`, and its scope `low` to `high` on one side of it."""

    start: int
    end: int
    cue: Cue
    forward: bool
    low: int
    high: int


@dataclass(slots=True)
class Reading:
    """A sentence as it is read: `covered` is where the mentions at a word begin and end, `turns` are pairs of a
    place and whether it is strong.
    """

    tokens: Tokens
    first: int
    words: list[str]
    marks: list[int]
    covered: list[tuple[int, int] | None]
    year: int | None
    hits: list[Hit] = field(default_factory=list)
    turns: list[tuple[int, bool]] = field(default_factory=list)


class CueReader:
    """Reads sentences with the cues of cues.tsv. One instance serves all notes."""

    def __init__(self) -> None:
        cues = read_cues()
        self._automaton = Automaton(cues)
        self._marks = word_marks()
        self._kin_leads = read_classes()["kinlead"]
        self._begins = [0] * (max(cue.line for cue in cues) + 1)
        for cue in cues:
            self._begins[cue.line] = _begin_mark(cue)
        self._turns = frozenset(cue.line for cue in cues if SECTION in cue.ends)

    def read(
        self,
        tokens: Tokens,
        first: int,
        last: int,
        places: Sequence[tuple[int, int]],
        year: int | None,
    ) -> Reading:
        """Return the cues of tokens `first` to `last` and their scopes; `places` are the mentions in it."""
        words = tokens.folded[first:last]
        get = self._marks.get
        reading = Reading(tokens, first, words, [get(w, 0) for w in words], [None] * len(words), year)
        marks, covered = reading.marks, reading.covered
        for low, high in places:
            if low < 0 or high > len(words) or low >= high:
                raise ValueError("a mention must lie inside its sentence")
            marks[low] &= OPENS_ITEM
            for at in range(low, high):
                known = covered[at]
                covered[at] = (low, high) if known is None else (min(low, known[0]), max(high, known[1]))
                if at > low:
                    marks[at] = 0
        for at, word in enumerate(words[:-1]):
            if word == ";" and ":" in words[:at]:
                marks[at] = COMMA  # the items of a list that a denial heads: `Denies: fever; chills`
        firsts = self._automaton.firsts
        cues: list[tuple[int, int, Cue]] = []
        done = 0
        for at, word in enumerate(words):
            if marks[at] & DASH and _is_tight(tokens, first + at):
                marks[at] = 0
            elif word[0] in _DIGITS:
                if not covered[at]:
                    marks[at] |= NUMBER
                if at >= done:
                    done = self._take(reading, at, cues)
                continue
            if at >= done and word in firsts:
                done = self._take(reading, at, cues)
        for start, end, cue in cues:
            forward, backward = cue.forward, cue.backward
            if "sided" in cue.flags:
                forward = start == 0 or not is_edge(marks, words, end)
                backward = not forward
            if forward:
                reading.hits.append(Hit(start, end, cue, True, *scope_after(marks, end, cue)))
            if backward:
                reading.hits.append(Hit(start, end, cue, False, *scope_before(marks, start, cue)))
        return reading

    def _take(self, reading: Reading, at: int, cues: list[tuple[int, int, Cue]]) -> int:
        """Take the longest cue that begins at a word and may stand there; return the word to go on from.

        A cue that runs into a mention comes last. One that holds a whole mention may be taken: `denies` may be a
        phrase that the lexicon knows.
        """
        found = self._automaton.find(reading.words, at, len(reading.words))
        if not found:
            return at + 1
        within: list[tuple[int, int, Cue]] = []
        for end, choices in reversed(found):
            outside: list[tuple[int, int, Cue]] = []
            overlapping: list[tuple[int, int, Cue]] = []
            for cue in choices:
                start, stop = core_span(cue, reading.words, at, end)
                overlaps = cue.kind is not CueKind.PSEUDO and _is_part(reading, start, stop)
                # `no c/c/e` has no `c/c`, a chief complaint; in `no evidence of recurrence` the recurrence is denied.
                if cue.kind is CueKind.AFFIRMS or (cue.kind is CueKind.HISTORICAL and reading.words[start] == "no"):
                    overlaps = any(place not in (None, (start, stop)) for place in reading.covered[start:stop])
                if self._may_stand(reading, cue, start, stop):
                    (overlapping if overlaps else outside).append((start, stop, cue))
            if outside:
                return self._mark(reading, at, outside, cues)
            within = within or overlapping
        cues.extend(hit for hit in within if hit[2].kind in PRECEDENCE)
        return at + 1

    def _mark(
        self, reading: Reading, at: int, taken: list[tuple[int, int, Cue]], cues: list[tuple[int, int, Cue]]
    ) -> int:
        """Mark where cues begin and what ends there; return the word to go on from.

        A mere terminator takes no words away: `with the exception of` may hold other cues.
        """
        marks = reading.marks
        start, stop, mark, takes = taken[0][0], at + 1, 0, False
        for _, end, cue in taken:
            mark |= self._begins[cue.line]
            if cue.line in self._turns:
                reading.turns.append((start, "strong" in cue.flags))
            if cue.kind is not CueKind.TERMINATOR:
                takes = True
                stop = max(stop, end)
                if cue.kind in PRECEDENCE or (cue.kind is CueKind.AFFIRMS and cue.backward):
                    cues.append((start, end, cue))
        kept = marks[start] & (JOIN | PRONOUN) if takes else marks[start]
        if takes:
            for place in range(start, stop):
                if not _is_part(reading, place, place + 1, start, stop):
                    marks[place] = 0
        if not _is_part(reading, start, start + 1, start, stop):
            marks[start] = kept | mark
        return stop

    def _may_stand(self, reading: Reading, cue: Cue, start: int, end: int) -> bool:
        """Say whether the conditions of a cue hold where it stands."""
        words, marks, flags = reading.words, reading.marks, cue.flags
        if cue.after and cue.after.isdisjoint(words[:start]):
            return False
        if cue.unless and not cue.unless.isdisjoint(_clause_before(words, start)):
            return False
        if not flags:
            return True
        if "final" in flags and not is_edge(marks, words, end):
            return False
        if "start" in flags and start and not is_edge(marks, words, start - 1):
            return False
        if "subject" in flags:
            at = start
            while at and words[at - 1] in self._kin_leads:
                at -= 1
            if at and not is_edge(marks, words, at - 1):
                return False
        if "dated" in flags and reading.year is not None:
            years = [int(w) for w in words[start:end] if len(w) == 4 and w.isdigit()]
            if years and max(years) >= reading.year:
                return False
        if "before" in flags or "behind" in flags:
            return _touches(reading, "before" in flags, start, end)
        return True


def _is_part(reading: Reading, low: int, high: int, start: int | None = None, end: int | None = None) -> bool:
    """Say whether a mention that runs out of a cue from `start` to `end` holds some of its words `low` to `high`."""
    start, end = low if start is None else start, high if end is None else end
    return any(place is not None and (place[0] < start or place[1] > end) for place in reading.covered[low:high])


def _begin_mark(cue: Cue) -> int:
    """Return the mark of the word that a cue begins at.

    `denies diabetes, prior stroke`: a word of the past may go on a list of what is absent, so it is no new cue.
    """
    mark = end_marks(cue)
    if not cue.forward or cue.kind is CueKind.PSEUDO:
        return mark
    if cue.kind is not CueKind.HISTORICAL:
        return mark | CUE
    return mark if cue.reach is Reach.NEXT else mark | PAST


def _touches(reading: Reading, before: bool, start: int, end: int) -> bool:
    """Say whether a mark such as `?` belongs to the word after it (`before`) or to the word before it."""
    tokens, row = reading.tokens, reading.first + start
    near_left = start > 0 and tokens.ends[row - 1] == tokens.starts[row]
    near_right = end < len(reading.words) and tokens.ends[row] == tokens.starts[row + 1]
    near_right = near_right and reading.words[end][0].isalnum()
    if near_left and reading.words[start - 1] in _OPENERS:
        near_left = False
    if before:
        return end < len(reading.words) and (near_right or not near_left)
    return near_left and not near_right


def _clause_before(words: list[str], at: int) -> list[str]:
    """Return the words of the clause before a word, six at most."""
    low = max(0, at - _CLAUSE_TOKENS)
    for place in range(at - 1, low - 1, -1):
        if words[place] in (",", ";"):
            return words[place + 1 : at]
    return words[low:at]


def _is_tight(tokens: Tokens, row: int) -> bool:
    """Say whether a dash joins two words, as in `steroid-induced`."""
    left = row > 0 and tokens.ends[row - 1] == tokens.starts[row]
    right = row + 1 < len(tokens) and tokens.ends[row] == tokens.starts[row + 1]
    return left and right
