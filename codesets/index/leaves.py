"""Choice of the leaf: which billable code below a concept fits the attributes and words of its phrase."""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf

from codesets.index.attributes import attribute_table, split_words
from codesets.index.expansion import fold_all
from codesets.index.lexicon import Lexicon, Term
from codesets.index.sources import TermSource
from codesets.index.terms import TermFlag

_AGREES = 2.0
_CONFLICTS = -4.0
_UNSUPPORTED = -1.0
_FALSE = -2.6
_FACTS = ("laterality", "stage", "trimester", "severity", "encounter", "healing", "remission")
_IGNORES = -0.4
_OTHER = -1.2
_UNSPECIFIED = 0.3
_VOUCHED = 0.4
_NAMED = 0.6
_LESS = 0.01
_ELSEWHERE = -2.5
_ABSENT_IS_PRESENT = -2.0
_WORD_SEEN = 0.4
_WORD_MISSING = -0.45
_WORD_DROPPED = -0.1
_MAX_BELOW = 600
_IS_OTHER = int(TermFlag.OTHER)
_IS_UNSPECIFIED = int(TermFlag.UNSPECIFIED)
_IS_ELSEWHERE = int(TermFlag.ELSEWHERE)
_IS_HEADER = int(TermFlag.HEADER)
_IS_OPEN = _IS_OTHER | _IS_UNSPECIFIED | _IS_ELSEWHERE


@dataclass(frozen=True, slots=True)
class Leaf:
    """A billable code, how well it fits (below 0: it asserts what the phrase does not say), and its term."""

    code: int
    fit: float
    term: int


def choose_leaves(
    lexicon: Lexicon, terms: Iterable[Term], attributes: int, words: frozenset[int], limit: int | None = None
) -> list[Leaf]:
    """Return the billable codes that the terms can mean, best first, ties by code; at most `limit`.

    `attributes` are those of the phrase, `words` the stem ids in its neighbourhood. Headers are followed down;
    a term's code brings along the codes whose titles differ from its own in attributes alone.
    """
    best: dict[int, tuple[float, int]] = {}
    terms = list(terms)
    most = _most_below(lexicon, terms, attributes, words)
    for term in terms:
        for code, fit in _fits(lexicon, term, attributes, words, most):
            known = best.get(code)
            if known is None or fit > known[0]:
                best[code] = fit, term.row
    return _billable(lexicon, best, attributes, len(best) if limit is None else limit)


def _most_below(lexicon: Lexicon, terms: Sequence[Term], attributes: int, words: frozenset[int]) -> float:
    """Return the fit that no code below a header may reach by words or attributes alone: the best vouched one's.

    A right cataract is no traumatic one because the codes of those alone name a side.
    """
    most = -inf
    for term in terms:
        if term.source is TermSource.ALIAS and lexicon.is_concept_leaf(term.code):
            title = lexicon.title_row(term.code)
            most = max(most, _own_fit(lexicon, title, term.attributes, term.flags, attributes, words))
    return most + _VOUCHED if most > _UNSUPPORTED else inf


def highest_fit(lexicon: Lexicon, terms: Sequence[Term], attributes: int, words: frozenset[int]) -> float:
    """Return a fit that no leaf of the terms of one core exceeds, at a fraction of the cost of choosing them."""
    most = _UNSPECIFIED + _VOUCHED
    if attributes:
        most += _AGREES * sum(1 for mask in attribute_table().dimension_masks if attributes & mask)
    if any(term.flags & _IS_HEADER for term in terms):
        core, weights = lexicon.core_stems.row(lexicon.core_of(terms[0].row)), lexicon.stem_weights
        most += _WORD_SEEN * sum(weights[s] for s in words if s not in core)
    return most + 1e-6


def _fits(
    lexicon: Lexicon, term: Term, attributes: int, words: frozenset[int], most: float
) -> Iterator[tuple[int, float]]:
    """Yield the codes that a term can mean, and how well each fits; below `most` where words are missing."""
    below = lexicon.concepts_below(term.code)
    if below:
        yield from _fits_below(lexicon, term, below[:_MAX_BELOW], attributes, words, most)
    own = _concept(lexicon, term.code)
    if not lexicon.is_concept_leaf(own):
        return
    title = lexicon.title_row(own)
    vouched = _VOUCHED if term.source is TermSource.ALIAS else 0.0
    yield own, _own_fit(lexicon, title, term.attributes, term.flags, attributes, words) + vouched
    titled = lexicon.title_term(own)
    if titled is None or term.source is TermSource.TITLE:
        return
    siblings = lexicon.same_title_core(titled)
    told_apart = 0
    for code in siblings:
        told_apart |= lexicon.attributes[lexicon.title_row(code)]
    for code in siblings:
        if code != own:
            row = lexicon.title_row(code)
            said, flags = lexicon.attributes[row], lexicon.flags[row]
            if said & attributes & ~term.attributes and flags & _IS_OTHER >= titled.flags & _IS_OTHER:
                said = _joined(said, term.attributes, told_apart) & (~titled.attributes | term.attributes)
                flags &= ~(titled.flags & _IS_OTHER)
                yield code, _own_fit(lexicon, row, said, flags, attributes, words) + max(vouched - _LESS, 0.0)


def _concept(lexicon: Lexicon, code: int) -> int:
    """Return the code, or for a 7th-character extension the code that it extends (an alias names H40.1190)."""
    release = lexicon.release
    parent = release.parent(release.values[code]) if lexicon.title_row(code) < 0 else None
    return code if parent is None else release.row(parent)


@lru_cache(maxsize=4096)
def _joined(said: int, beside: int, told_apart: int) -> int:
    """Return what a title asserts, and what the alias adds in dimensions that tell none of the siblings apart."""
    return said | sum(beside & mask for mask in attribute_table().dimension_masks if not told_apart & mask)


def _own_fit(lexicon: Lexicon, title: int, said: int, flags: int, attributes: int, words: frozenset[int]) -> float:
    """Return the fit of a code by what a phrase of its own asserts (`said`, `flags`)."""
    fit = _agreement(said, lexicon.attributes[title], attributes)
    if flags & _IS_OPEN:
        fit = _with_flags(fit, flags)
    if not words.isdisjoint(lexicon.absent_stems.row(title)):
        fit += _ABSENT_IS_PRESENT
    return fit


def _fits_below(
    lexicon: Lexicon, term: Term, below: Sequence[int], attributes: int, words: frozenset[int], most: float
) -> Iterator[tuple[int, float]]:
    """Yield the codes below a header, each by its title: words that the header's term lacks count too."""
    weights, said, flags = lexicon.stem_weights, lexicon.attributes, lexicon.flags
    title_row, core_of, core_stems = lexicon.title_row, lexicon.core_of, lexicon.core_stems.row
    absent = lexicon.absent_stems.row
    core = core_stems(core_of(term.row))
    for code in below:
        title = title_row(code)
        named = said[title]
        fit = _agreement(named, named, attributes)
        open_flags = flags[title] & _IS_OPEN
        if open_flags:
            fit = _with_flags(fit, open_flags)
        if not words.isdisjoint(absent(title)):
            fit += _ABSENT_IS_PRESENT
        own_core = core_stems(core_of(title))
        is_open = bool(open_flags & _IS_OTHER)
        for s in own_core:
            if s not in core:
                is_seen = s in words
                is_open = is_open or not is_seen
                fit += (_WORD_SEEN if is_seen else _WORD_MISSING) * weights[s]
        for s in core:
            if s not in own_core:
                fit += _WORD_DROPPED * weights[s]
        yield code, min(fit, most - _LESS) if is_open else fit


@lru_cache(maxsize=65536)
def _agreement(said: int, titled: int, attributes: int) -> float:
    """Score the attributes that a phrase of a code asserts, and its title, against those of the note or query."""
    fit = 0.0
    for mask in attribute_table().dimension_masks:
        asserted, known = said & mask, attributes & mask
        if known:
            if asserted:
                fit += _AGREES if asserted & known else _CONFLICTS
                fit -= 0.5 * (asserted & ~known).bit_count() if asserted & known else 0.0
                fit -= 0.5 * (known & ~asserted).bit_count()
            elif titled & mask and not titled & known:
                fit += _CONFLICTS
            else:
                fit += _IGNORES
        elif asserted:
            fit += _FALSE if mask in _facts() or asserted in _never_default() else _UNSUPPORTED
    return fit


@cache
def _facts() -> frozenset[int]:
    """Return the dimensions in which a code that asserts what nobody said is false, not merely a default."""
    table = attribute_table()
    return frozenset(table.mask(dimension) for dimension in _FACTS)


@cache
def _never_default() -> frozenset[int]:
    """Return the values that nobody means without saying so, in dimensions that have a default ('primary')."""
    bits = attribute_table().bits
    return frozenset((bits["order", "secondary"], bits["course", "intermittent"]))


def _with_flags(fit: float, flags: int) -> float:
    if flags & _IS_OTHER:
        fit += _OTHER
    if flags & _IS_ELSEWHERE:
        fit += _ELSEWHERE
    if flags & _IS_UNSPECIFIED:
        fit += _UNSPECIFIED
    return fit


def _billable(lexicon: Lexicon, best: dict[int, tuple[float, int]], attributes: int, limit: int) -> list[Leaf]:
    """Return the best `limit` leaves once 7th characters are added; they never raise a fit, so few are tried."""
    found: list[tuple[float, int, float, int]] = []
    for code, (fit, term) in sorted(best.items(), key=_by_fit, reverse=True):
        if len(found) >= limit and -round(fit, 6) > found[limit - 1][0]:
            break
        leaf = _with_seventh(lexicon, code, fit, term, attributes)
        if leaf is not None:
            insort(found, (-round(leaf.fit, 6), leaf.code, leaf.fit, leaf.term))
    return [Leaf(code, fit, term) for _, code, fit, term in found[:limit]]


def _by_fit(item: tuple[int, tuple[float, int]]) -> float:
    return item[1][0]


def _with_seventh(lexicon: Lexicon, code: int, fit: float, term: int, attributes: int) -> Leaf | None:
    extensions = lexicon.extensions(code)
    if extensions is None:
        return Leaf(code, fit, term)
    best: tuple[float, int] | None = None
    named = lexicon.term(term).code
    for text, row in extensions:
        seventh = _seventh_fit(text, attributes) + (_NAMED if row == named else 0.0)
        if best is None or seventh > best[0]:
            best = seventh, row
    return Leaf(best[1], fit + min(best[0], 0.0) * 0.1, term) if best else None


@cache
def _seventh_attributes(text: str) -> int:
    return split_words(fold_all(text))[1]


@lru_cache(maxsize=4096)
def _seventh_fit(text: str, attributes: int) -> float:
    """Score a 7th character; where the phrase says nothing, active treatment of a closed injury (I.C.19.a).

    An open fracture without its Gustilo type is one of type I or II (note at S52).
    """
    table = attribute_table()
    said = _seventh_attributes(text)
    fit = 0.0
    for mask in table.dimension_masks:
        asserted, known = said & mask, attributes & mask
        if known and asserted:
            fit += _AGREES if asserted & known else _CONFLICTS
        elif asserted and mask != table.mask("type"):
            fit += _UNSUPPORTED
    if not attributes & table.mask("encounter") and said & table.bits["encounter", "initial"]:
        fit += 1.5
    if said & table.bits["openness", "closed"] and not attributes & table.mask("openness"):
        fit += 1.2
    if said & table.bits["healing", "routine"] and not attributes & table.mask("healing"):
        fit += 0.5
    if said & table.mask("type"):
        fit += 0.1
    return fit
