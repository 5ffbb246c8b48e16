"""What a note says of each finding: present, absent, doubtful, past, a relative's, or only feared.

The idea is ConText's (Harkema et al. 2009): cues, their scopes and what ends them. The cues are data (cues.tsv).
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from nlp.assertion.automaton import Automaton, core_span
from nlp.assertion.course import Course, course_of
from nlp.assertion.rules import PRECEDENCE, SECTION, Cue, CueKind, Reach, read_classes, read_cues, read_priors
from nlp.assertion.scopes import (
    BIT,
    CUE,
    DASH,
    JOIN,
    NUMBER,
    OPENS_ITEM,
    PAST,
    end_marks,
    is_edge,
    scope_after,
    scope_before,
    word_marks,
)
from nlp.tokens import Tokens
from nlp.types import PRESENT, Assertion, AssertionKind, Direction, Section, Sentence, Span

_RANK = {kind: n for n, kind in enumerate(PRECEDENCE)}
_LASTING = frozenset(("chronic", "longstanding", "lifelong"))
_TURN = BIT[SECTION]


class _Hit(NamedTuple):
    """A cue in the sentence: its words `start` to `end`, and the scope on one side of it."""

    start: int
    end: int
    cue: Cue
    forward: bool
    low: int
    high: int


class Asserter:
    """Decides the assertion of the mentions of a sentence. Stateless between calls; one instance serves all notes."""

    def __init__(self) -> None:
        cues = read_cues()
        self._automaton = Automaton(cues)
        self._marks = word_marks()
        self._ends = {cue.line: end_marks(cue) for cue in cues}
        self._priors = read_priors()
        classes = read_classes()
        self._reactions, self._symptoms = classes["reaction"], classes["symptom"]

    def assert_mentions(
        self,
        tokens: Tokens,
        sentence: Sentence,
        section: Section,
        mentions: Sequence[tuple[int, int]],
        year: int | None = None,
    ) -> list[Assertion]:
        """Return the assertion of each mention, in order.

        `mentions` are (first, last) token rows of `tokens`, `last` excluded, inside `sentence`. `year` is the year
        of service where it is known: a finding dated in it is not past. Spans are code points of the note.
        """
        if not mentions:
            return []
        first = sentence.first
        words = tokens.folded[first : sentence.last]
        places = [(low - first, high - first) for low, high in mentions]
        marks, hits, turns = self._read(tokens, first, words, places, year)
        prior = self._prior(tokens, section)
        if not hits and prior is None:
            return [PRESENT] * len(places)
        asserted = []
        for low, high in places:
            best = self._decide(words, hits, places, low, high)
            if prior is not None and self._section_decides(prior, words, hits, turns, low, high):
                if best is None or _RANK[prior] < _RANK[best.cue.kind]:
                    asserted.append(_from_section(prior, section))
                    continue
            asserted.append(PRESENT if best is None else _from_hit(best, tokens, first))
        return asserted

    def _prior(self, tokens: Tokens, section: Section) -> CueKind | None:
        """Return what the section's heading or kind says of its findings."""
        heading = section.heading
        if heading is not None:
            low, high = bisect_left(tokens.starts, heading.start), bisect_left(tokens.starts, heading.end)
            words = " ".join(w for w in tokens.folded[low:high] if w != ":")
            known = self._priors.headings.get(words)
            if known is not None:
                return known
        return self._priors.sections.get(section.kind)

    def _read(
        self,
        tokens: Tokens,
        first: int,
        words: list[str],
        places: Sequence[tuple[int, int]],
        year: int | None,
    ) -> tuple[list[int], list[_Hit], list[tuple[int, bool]]]:
        """Return the marks of the words, the cues with their scopes, and where the sentence turns to the patient."""
        get = self._marks.get
        marks = [get(w, 0) for w in words]
        for at, mark in enumerate(marks):
            if mark & DASH and _is_tight(tokens, first + at):
                marks[at] = 0
        covered = bytearray(len(words))
        for low, high in places:
            if low < 0 or high > len(words) or low >= high:
                raise ValueError("a mention must lie inside its sentence")
            covered[low:high] = b"\x01" * (high - low)
            marks[low] &= OPENS_ITEM
            for at in range(low + 1, high):
                marks[at] = 0
        firsts = self._automaton.firsts
        cues: list[tuple[int, int, Cue]] = []
        turns: list[tuple[int, bool]] = []
        done = 0
        for at, word in enumerate(words):
            digit = word[0] in "0123456789"
            if digit and not covered[at]:
                marks[at] |= NUMBER
            if at < done or (word not in firsts and not digit):
                continue
            done = self._take(tokens, first, words, marks, covered, at, year, cues, turns)
        hits = []
        for start, end, cue in cues:
            forward, backward = cue.forward, cue.backward
            if "sided" in cue.flags:
                forward = not is_edge(marks, words, end) or start == 0
                backward = not forward
            if forward:
                hits.append(_Hit(start, end, cue, True, *scope_after(marks, end, cue)))
            if backward:
                hits.append(_Hit(start, end, cue, False, *scope_before(marks, start, cue)))
        return marks, hits, turns

    def _take(
        self,
        tokens: Tokens,
        first: int,
        words: list[str],
        marks: list[int],
        covered: bytearray,
        at: int,
        year: int | None,
        cues: list[tuple[int, int, Cue]],
        turns: list[tuple[int, bool]],
    ) -> int:
        """Take the longest cue that begins at a word and may stand there; return the word after it."""
        found = self._automaton.find(words, at, len(words))
        for inside in (False, True):
            for end, choices in reversed(found):
                taken: list[tuple[int, int, Cue]] = []
                for cue in choices:
                    start, stop = core_span(cue, words, at, end)
                    within = 1 in covered[start:stop]
                    if within is not inside and cue.kind is not CueKind.PSEUDO:
                        continue
                    if self._may_stand(tokens, first, words, marks, cue, start, stop, year):
                        taken.append((start, stop, cue))
                if not taken:
                    continue
                start, stop = taken[0][0], max(stop for _, stop, _ in taken)
                only_ends = all(cue.kind is CueKind.TERMINATOR for _, _, cue in taken)
                if not inside:
                    mark = marks[start] if only_ends else marks[start] & JOIN
                    for _, _, cue in taken:
                        mark |= self._ends[cue.line]
                        if cue.forward and cue.kind is not CueKind.PSEUDO:
                            # `denies diabetes, prior stroke`: what is past may go on a list of what is absent.
                            past = cue.kind is CueKind.HISTORICAL
                            mark |= (0 if cue.reach is Reach.NEXT else PAST) if past else CUE
                        if self._ends[cue.line] & _TURN:
                            turns.append((start, "strong" in cue.flags))
                    if not only_ends:
                        for place in range(start, stop):
                            if not covered[place]:
                                marks[place] = 0
                    if not covered[start]:
                        marks[start] = mark
                cues.extend(
                    t for t in taken if t[2].kind in _RANK or (t[2].kind is CueKind.AFFIRMS and t[2].backward)
                )
                return at + 1 if only_ends else stop
        return at + 1

    def _may_stand(
        self,
        tokens: Tokens,
        first: int,
        words: list[str],
        marks: list[int],
        cue: Cue,
        start: int,
        end: int,
        year: int | None,
    ) -> bool:
        """Say whether the conditions of a cue hold where it stands."""
        flags = cue.flags
        if cue.after and cue.after.isdisjoint(words[:start]):
            return False
        if cue.unless and not cue.unless.isdisjoint(words[:start]):
            return False
        if not flags:
            return True
        if "final" in flags and not is_edge(marks, words, end):
            return False
        if "start" in flags and start and not is_edge(marks, words, start - 1):
            return False
        if "dated" in flags and year is not None:
            years = [int(w) for w in words[start:end] if len(w) == 4 and w.isdigit()]
            if years and max(years) >= year:
                return False
        if "before" in flags or "behind" in flags:
            row = first + start
            near_left = start > 0 and tokens.ends[row - 1] == tokens.starts[row]
            near_right = end < len(words) and tokens.ends[row] == tokens.starts[row + 1]
            if near_left and words[start - 1] in "([,;:/-":
                near_left = False
            if "before" in flags:
                return end < len(words) and (near_right or not near_left)
            return near_left and not near_right
        return True

    def _decide(
        self, words: list[str], hits: Sequence[_Hit], places: Sequence[tuple[int, int]], low: int, high: int
    ) -> _Hit | None:
        """Return the cue that decides the mention `low` to `high`: the highest kind, of that the nearest."""
        best: _Hit | None = None
        best_key = (len(_RANK), 0)
        cancelled: frozenset[str] = frozenset()
        for hit in hits:
            if hit.forward:
                if not hit.low <= low < hit.high:
                    continue
                distance = low - hit.end
            else:
                if not hit.low < high <= hit.high:
                    continue
                distance = hit.start - high
            if not self._applies(words, hit, places, low, high):
                continue
            if hit.cue.kind is CueKind.AFFIRMS:
                cancelled |= hit.cue.ends
                continue
            key = (_RANK[hit.cue.kind], distance)
            if key < best_key:
                best, best_key = hit, key
        return None if best is not None and best.cue.kind in cancelled else best

    def _applies(self, words: list[str], hit: _Hit, places: Sequence[tuple[int, int]], low: int, high: int) -> bool:
        """Say whether a cue counts for a mention in its scope."""
        flags = hit.cue.flags
        if hit.start < high and hit.end > low:
            return False
        for other_low, other_high in places:
            if hit.start < other_high and hit.end > other_low:
                # The cue is part of another mention: it counts for what is nested there, or where it is a status.
                if "status" not in flags and not (other_low <= low and high <= other_high):
                    return False
        if "hug" in flags and hit.start != high:
            return False
        if "reaction" in flags and self._reactions.isdisjoint(words[low:high]):
            return False
        if "disease" in flags and not self._symptoms.isdisjoint(words[low:high]):
            return False
        if "resolvable" in flags and self._course(words, low, high) in (Course.CHRONIC, Course.REMITTING):
            return False
        if "remitting" in flags and self._course(words, low, high) is Course.CHRONIC:
            return False
        return "episode" not in flags or self._course(words, low, high) is Course.RESOLVABLE

    @staticmethod
    def _course(words: list[str], low: int, high: int) -> Course:
        before = words[max(0, low - 4) : low]
        if not _LASTING.isdisjoint(before[before.index(",") :] if "," in before else before):
            return Course.CHRONIC
        return course_of(tuple(words[low:high]))

    def _section_decides(
        self,
        prior: CueKind,
        words: list[str],
        hits: Sequence[_Hit],
        turns: Sequence[tuple[int, bool]],
        low: int,
        high: int,
    ) -> bool:
        """Say whether the section may decide a mention: not where the sentence turns to the patient before it."""
        if prior is CueKind.HISTORICAL:
            if self._course(words, low, high) is not Course.RESOLVABLE:
                return False
        elif prior is CueKind.CONDITIONAL:
            named = any(w.startswith("allerg") for w in words[low:high])
            return not named and self._course(words, low, high) not in (Course.CHRONIC, Course.REMITTING)
        elif any(at <= low and (strong or prior is CueKind.FAMILY) for at, strong in turns):
            turn = max(at for at, strong in turns if at <= low and (strong or prior is CueKind.FAMILY))
            if not any(h.cue.kind is prior and turn < h.start < low for h in hits):
                return False
        return not any("status" in h.cue.flags and h.start < high and h.end > low for h in hits)


def _is_tight(tokens: Tokens, row: int) -> bool:
    """Say whether a dash joins two words, as in `steroid-induced`, or touches what follows."""
    left = row > 0 and tokens.ends[row - 1] == tokens.starts[row]
    right = row + 1 < len(tokens) and tokens.ends[row] == tokens.starts[row + 1]
    return left and right


def _from_section(prior: CueKind, section: Section) -> Assertion:
    return Assertion(
        AssertionKind(prior.value),
        f"assertion.{prior.value}.section",
        section.heading,
        Span(section.start, section.end),
        Direction.SECTION,
    )


def _from_hit(hit: _Hit, tokens: Tokens, first: int) -> Assertion:
    scope = None
    if hit.low < hit.high:
        scope = Span(tokens.starts[first + hit.low], tokens.ends[first + hit.high - 1])
    return Assertion(
        AssertionKind(hit.cue.kind.value),
        hit.cue.rule,
        Span(tokens.starts[first + hit.start], tokens.ends[first + hit.end - 1]),
        scope,
        Direction.FORWARD if hit.forward else Direction.BACKWARD,
    )
