"""Finds the phrases of a sentence that mean a code: contiguous, spread out, coordinated, or misspelled.

A core matches where all its stems stand close together. Between them may stand function words, attributes, up to
two other words, and a conjunction where the parts share a head ('neck and shoulder pain', 'pain in neck and
shoulder') but not where each has its own ('neck pain and shoulder stiffness').

An alias that comes down to one ambiguous word ('acute PE', 'COVID+') means its code only where its other words or
attributes stand there too; else the word would mean it without its context.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from codesets.index.attributes import attribute_table
from codesets.index.expansion import aliases, fold_all
from codesets.index.lexicon import Lexicon, Term
from codesets.index.sources import TermSource
from codesets.index.terms import TermFlag
from codesets.index.words import stem
from nlp.mentions.closeness import closeness
from nlp.mentions.units import UnitKind, Units
from nlp.types import Match

_MAX_STRETCH = 8
_SPELLING_COST = 0.08
_NEARBY = 8
_SIDE_REACH = 8
_WEAK = int(TermFlag.WEAK)

_JOINT = re.compile(r" and | or |/|&|\bwith\b")
TermTest = Callable[[Term, int], bool]


@dataclass(slots=True)
class Found:
    """A match inside one sentence: the units it holds and how well they fit.

    `joins` tells whether one of its terms itself speaks of two things ('nausea and vomiting').
    """

    core: int
    terms: tuple[int, ...]
    units: tuple[int, ...]
    attribute_units: tuple[int, ...]
    attributes: int
    nearby: frozenset[int]
    match: Match
    quality: float
    weight: float
    joins: bool


class MentionFinder:
    """Finds the mentions of one sentence's units."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._speaks_of_two = lru_cache(maxsize=16384)(self._any_joint)
        self._filed = lru_cache(maxsize=16384)(self._filed_under)
        words = (fold_all(a.term) for a in aliases() if a.context is not None)
        stems = {lexicon.stem_ids.get(stem(w[0]), -1) for w in words if len(w) == 1}
        self._ambiguous = frozenset(s for s in stems if s >= 0 and not _stands_alone(lexicon, s))

    def _any_joint(self, core: int) -> bool:
        texts = self._lexicon.term_texts
        return any(_JOINT.search(texts[number]) for number in self._lexicon.core_terms.row(core))

    def _filed_under(self, anchor: int) -> tuple[tuple[int, ...], dict[int, tuple[int, ...]]]:
        """Return the cores that are the anchor alone, and the others by the rarest stem that they need beside it."""
        alone: list[int] = []
        beside: dict[int, list[int]] = {}
        weights = self._lexicon.stem_weights
        for core in self._lexicon.anchors.row(anchor):
            others = [s for s in self._lexicon.core_stems.row(core) if s != anchor]
            if others:
                beside.setdefault(max(others, key=lambda s: (weights[s], s)), []).append(core)
            else:
                alone.append(core)
        return tuple(alone), {s: tuple(cores) for s, cores in beside.items()}

    def find(self, units: Units, may_mean: TermTest) -> list[Found]:
        """Return the matches of a sentence, longest first, none inside another.

        `may_mean(term, unit)` decides whether a term's context holds at a unit.
        """
        lexicon = self._lexicon
        positions = units.positions
        matches: list[Found] = []
        present = positions.keys()
        for anchor, places in positions.items():
            alone, beside = self._filed(anchor)
            for core in (*alone, *(c for s in beside.keys() & present for c in beside[s])):
                stems = lexicon.core_stems.row(core)
                if len(stems) > 2 and not present >= set(stems):
                    continue
                for place in places:
                    found = self._align(units, stems, anchor, place)
                    match = self._describe(units, core, *found, may_mean) if found is not None else None
                    if match is not None:
                        matches.append(match)
        return _resolve(matches, units)

    def _align(
        self, units: Units, stems: tuple[int, ...], anchor: int, place: int
    ) -> tuple[tuple[int, ...], float] | None:
        chosen = {place}
        clauses = units.clauses
        for s in stems:
            if s != anchor:
                chosen.add(min(units.positions[s], key=lambda p: (clauses[p] != clauses[place], abs(p - place), p)))
        if len(chosen) < len(stems):
            return None
        rows = tuple(sorted(chosen))
        if rows[-1] - rows[0] > len(rows) + _MAX_STRETCH:
            return None
        quality = closeness(units, rows)
        if quality <= 0:
            return None
        quality -= _SPELLING_COST * sum(1 for r in rows if r in units.corrected)
        return rows, quality

    def _terms(self, units: Units, core: int, row: int, attributes: int, may_mean: TermTest) -> tuple[int, ...]:
        lexicon = self._lexicon
        kept = []
        stems = lexicon.core_stems.row(core)
        if len(stems) == 1 and units.words[row] not in lexicon.spelled(core):
            return ()
        is_ambiguous = len(stems) == 1 and stems[0] in self._ambiguous
        for number in lexicon.core_terms.row(core):
            term = lexicon.term(number)
            unsaid = term.attributes & ~attributes
            if unsaid and (term.source is TermSource.ALIAS or term.flags & _WEAK):
                continue
            if term.flags & _WEAK and not term.attributes:
                continue
            if is_ambiguous and term.context is None and not self._says_more(term, units, row, attributes):
                continue
            if term.context is None or may_mean(term, row):
                kept.append(number)
        return tuple(kept)

    def _says_more(self, term: Term, units: Units, row: int, attributes: int) -> bool:
        """Tell whether all that an alias says beside its one word stands at `row` too; other terms are one word."""
        if term.source is not TermSource.ALIAS:
            return True
        if term.attributes:
            return not term.attributes & ~attributes
        words = fold_all(self._lexicon.term_texts[term.row])
        starts = range(max(0, row - len(words) + 1), row + 1)
        return any(units.words[at : at + len(words)] == words for at in starts)

    def _describe(
        self, units: Units, core: int, rows: tuple[int, ...], quality: float, may_mean: TermTest
    ) -> Found | None:
        attribute_units = _attributes_of(units, rows, self._lexicon.optional_words(core))
        mask = 0
        for row in attribute_units:
            mask |= units.attributes[row]
        mask |= _side_of_sentence(units, rows, mask)
        terms = self._terms(units, core, rows[0], mask, may_mean)
        if not terms:
            return None
        asserted = 0
        for number in terms:
            asserted |= self._lexicon.term(number).attributes
        asserted = sum(mask for mask in attribute_table().dimension_masks if mask & asserted)
        spread = rows[-1] - rows[0] + 1 > len(rows)
        misspelled = any(r in units.corrected for r in rows)
        return Found(
            core,
            terms,
            rows,
            tuple(r for r in attribute_units if not units.attributes[r] or units.attributes[r] & asserted),
            mask,
            _nearby(units, rows),
            Match.SPELLING if misspelled else Match.SPREAD if spread else Match.EXACT,
            quality,
            float(self._lexicon.core_weights[core]),
            self._speaks_of_two(core),
        )


def _stands_alone(lexicon: Lexicon, stem_id: int) -> bool:
    """Tell whether a term without a context is this one word."""
    cores = (core for core in lexicon.anchors.row(stem_id) if lexicon.core_stems.row(core) == (stem_id,))
    terms = (lexicon.term(number) for core in cores for number in lexicon.core_terms.row(core))
    return any(
        term.context is None
        and (term.source is not TermSource.ALIAS or len(fold_all(lexicon.term_texts[term.row])) == 1)
        for term in terms
    )


def _nearby(units: Units, rows: tuple[int, ...]) -> frozenset[int]:
    """Return the stems of the phrase around the rows, up to the next break on either side."""
    low, high = rows[0], rows[-1]
    while low > 0 and rows[0] - low < _NEARBY and units.kinds[low - 1] is not UnitKind.BREAK:
        low -= 1
    while high + 1 < len(units.kinds) and high - rows[-1] < _NEARBY and units.kinds[high + 1] is not UnitKind.BREAK:
        high += 1
    if "without" in units.words[low:high]:
        return frozenset(_stated(units, low, high))
    return frozenset(s for s in units.stems[low : high + 1] if s >= 0)


def _stated(units: Units, low: int, high: int) -> Iterator[int]:
    """Yield the stems of a phrase that stand before its 'without' or behind a later 'with'."""
    is_stated = True
    for word, s in zip(units.words[low : high + 1], units.stems[low : high + 1], strict=True):
        if word in {"with", "without"}:
            is_stated = word == "with"
        if is_stated and s >= 0:
            yield s


def _attributes_of(units: Units, rows: tuple[int, ...], optional: frozenset[int]) -> tuple[int, ...]:
    """Return the attribute units that belong to the rows: before each group of them, inside, and right after.

    Words of `optional` right after the rows belong to them too ('otitis media, right ear').
    """
    held = set(rows)
    found: set[int] = set()
    for row in rows:
        if row - 1 not in held:
            found.update(_attributes_before(units, row, held, passes=int(row == rows[0])))
    found.update(_attributes_after(units, rows[-1], optional))
    return tuple(sorted(found))


def _side_of_sentence(units: Units, rows: tuple[int, ...], mask: int) -> int:
    """Return the only side that stands near the rows in their sentence, where none belongs to them directly."""
    sides = attribute_table().mask("laterality")
    if mask & sides:
        return 0
    low, high = max(0, rows[0] - _SIDE_REACH), rows[-1] + _SIDE_REACH + 1
    found = 0
    for bits in units.attributes[low:high]:
        found |= bits & sides
    return found if found.bit_count() == 1 else 0


def _attributes_before(units: Units, row: int, held: set[int], passes: int) -> list[int]:
    """Return the attribute units before a row, passing over at most `passes` other words."""
    found = []
    at = row - 1
    while at >= 0 and at not in held:
        kind = units.kinds[at]
        if kind is UnitKind.ATTRIBUTE:
            found.append(at)
        elif kind is UnitKind.WORD:
            passes -= 1
            if passes < 0:
                break
        elif kind is UnitKind.BREAK or (kind is UnitKind.CONJUNCTION and not _is_attribute(units, at - 1)):
            break
        at -= 1
    return found


@cache
def _following() -> int:
    """Return the attributes that are said after their noun ('CKD stage 3b'), never before the next one."""
    table = attribute_table()
    return sum(table.mask(d) for d in ("stage", "type", "trimester", "encounter", "healing", "remission"))


def _attributes_after(units: Units, row: int, optional: frozenset[int]) -> list[int]:
    """Return the attribute units after a row; those before a word that is not optional are that word's own."""
    found: list[int] = []
    pending: list[int] = []
    breaks = 0
    at = row + 1
    while at < len(units.kinds):
        kind = units.kinds[at]
        if kind is UnitKind.ATTRIBUTE:
            breaks = 0
            (found if units.attributes[at] & _following() else pending).append(at)
        elif kind is UnitKind.WORD:
            if units.stems[at] not in optional:
                return found
            found += [*pending, at]
            pending = []
        elif kind is UnitKind.BREAK:
            found += pending
            pending = []
            breaks += 1
            if breaks > 1:
                break
        elif kind is UnitKind.CONJUNCTION:
            break
        elif kind is UnitKind.BARRIER and units.words[at] == "without":
            at = _next_break(units, at) - 1
        at += 1
    return found + pending


def _next_break(units: Units, row: int) -> int:
    """Return the row of the next break, past what the phrase denies ('without aura, intractable')."""
    while row < len(units.kinds) and units.kinds[row] is not UnitKind.BREAK:
        row += 1
    return row


def _is_attribute(units: Units, row: int) -> bool:
    return row >= 0 and units.kinds[row] is UnitKind.ATTRIBUTE


def _resolve(matches: list[Found], units: Units) -> list[Found]:
    """Return the matches that stand: the heaviest first; a match inside another, or cutting into one, goes.

    Of matches with the same words the one that takes up more attributes stands.
    """
    matches = [m for m in matches if not _joins_two(m, matches, units)]
    heaviest: dict[tuple[int, ...], float] = {}
    for match in matches:
        heaviest[match.units] = max(heaviest.get(match.units, 0.0), match.weight * match.quality)
    matches.sort(key=lambda m: (-heaviest[m.units], m.units, -len(m.attribute_units), m.core))
    kept: list[Found] = []
    for match in matches:
        own = set(match.units) | set(match.attribute_units)
        if not any(_displaces(other, match, own, units) for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: (m.units, m.core))


def _joins_two(match: Found, matches: list[Found], units: Units) -> bool:
    """Tell whether a match reaches over a comma or 'and' between two findings that stand alone ('COPD, HTN')."""
    low, high = match.units[0], match.units[-1]
    for at in range(low + 1, high):
        if units.kinds[at] is UnitKind.BREAK or (units.kinds[at] is UnitKind.CONJUNCTION and not match.joins):
            left = {r for r in match.units if r < at}
            right = {r for r in match.units if r > at}
            return any(m.units[-1] < at and left.intersection(m.units) for m in matches) and any(
                m.units[0] > at and right.intersection(m.units) for m in matches
            )
    return False


def _displaces(other: Found, match: Found, own: set[int], units: Units) -> bool:
    taken = set(other.units) | set(other.attribute_units)
    if own <= taken:
        return True
    if match.units == other.units:
        return True
    shared = taken.intersection(match.units)
    if not shared:
        return _repeats(other, match, taken, own, units)
    if set(match.units) <= set(other.units):
        return not any(r not in taken and units.attributes[r] for r in match.attribute_units)
    low, high = min(taken | own), max(taken | own)
    return not any(units.kinds[r] is UnitKind.CONJUNCTION for r in range(low, high))


def _repeats(other: Found, match: Found, taken: set[int], own: set[int], units: Units) -> bool:
    """Tell whether a match lies inside another and says the same again ('diabetes … with diabetic neuropathy')."""
    if min(own) < min(taken) or max(own) > max(taken):
        return False
    return {units.stems[r] for r in match.units} <= {units.stems[r] for r in other.units}
