"""Choice of the leaf: which billable code below a concept fits the attributes and words of its phrase."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from codesets.index.attributes import attribute_table, split_words
from codesets.index.expansion import fold_all
from codesets.index.lexicon import Lexicon, Term
from codesets.index.sources import TermSource
from codesets.index.terms import TermFlag

_AGREES = 2.0
_CONFLICTS = -4.0
_UNSUPPORTED = -1.0
_IGNORES = -0.4
_OTHER = -1.2
_UNSPECIFIED = 0.3
_ELSEWHERE = -2.5
_ABSENT_IS_PRESENT = -2.0
_WORD_SEEN = 0.4
_WORD_MISSING = -0.45
_MAX_BELOW = 600
_IS_OTHER = int(TermFlag.OTHER)
_IS_UNSPECIFIED = int(TermFlag.UNSPECIFIED)
_IS_ELSEWHERE = int(TermFlag.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A billable code, how well it fits (below 0: it asserts what the phrase does not say), and its term."""

    code: int
    fit: float
    term: int


def choose_leaves(lexicon: Lexicon, terms: Iterable[Term], attributes: int, words: frozenset[int]) -> list[Leaf]:
    """Return the billable codes that the terms can mean, best first, ties by code.

    `attributes` are those of the phrase, `words` the stem ids in its neighbourhood. Headers are followed down;
    a term's code brings along the codes whose titles differ from its own in attributes alone.
    """
    best: dict[int, Leaf] = {}
    for term in terms:
        for code, relation in _codes_of(lexicon, term):
            title = lexicon.title_term(code)
            if title is None:
                continue
            fit = _fit(lexicon, term, title, attributes, words, relation)
            known = best.get(code)
            if known is None or fit > known.fit:
                best[code] = Leaf(code, fit, term.row)
    found = [_with_seventh(lexicon, leaf, attributes) for leaf in best.values()]
    return sorted((f for f in found if f is not None), key=lambda f: (-round(f.fit, 6), f.code))


class _Relation(Enum):
    OWN = "the term's own code"
    BELOW = "a code below the term's header"
    BESIDE = "a code whose title differs from that of the term's code in attributes alone"


def _codes_of(lexicon: Lexicon, term: Term) -> list[tuple[int, _Relation]]:
    out = [(c, _Relation.BELOW) for c in lexicon.concepts_below(term.code)[:_MAX_BELOW]]
    if lexicon.is_concept_leaf(term.code):
        out.append((term.code, _Relation.OWN))
        title = lexicon.title_term(term.code)
        if title is not None and term.source is not TermSource.TITLE:
            beside = (c for c in lexicon.same_title_core(title) if c != term.code)
            out.extend((c, _Relation.BESIDE) for c in beside)
    return out


def _fit(
    lexicon: Lexicon, term: Term, title: Term, attributes: int, words: frozenset[int], relation: _Relation
) -> float:
    table = attribute_table()
    own = relation is _Relation.OWN
    said = term.attributes if own else title.attributes
    fit = 0.0
    for mask in table.dimension_masks:
        asserted, known = said & mask, attributes & mask
        if known:
            if asserted:
                fit += _AGREES if asserted & known else _CONFLICTS
                fit -= 0.5 * (asserted & ~known).bit_count() if asserted & known else 0.0
                fit -= 0.5 * (known & ~asserted).bit_count()
            elif title.attributes & mask and not title.attributes & known:
                fit += _CONFLICTS
            else:
                fit += _IGNORES
        elif asserted:
            fit += _UNSUPPORTED
    flags = term.flags if own else title.flags
    if flags & _IS_OTHER:
        fit += _OTHER
    if flags & _IS_ELSEWHERE:
        fit += _ELSEWHERE
    if flags & _IS_UNSPECIFIED:
        fit += _UNSPECIFIED
    weights = lexicon.stem_weights
    if any(s in words for s in lexicon.absent_stems.row(title.row)):
        fit += _ABSENT_IS_PRESENT
    if relation is not _Relation.BELOW:
        return fit
    core = frozenset(lexicon.core_stems.row(lexicon.core_of(term.row)))
    for s in lexicon.core_stems.row(lexicon.core_of(title.row)):
        if s not in core:
            fit += (_WORD_SEEN if s in words else _WORD_MISSING) * weights[s]
    return fit


def _with_seventh(lexicon: Lexicon, leaf: Leaf, attributes: int) -> Leaf | None:
    release = lexicon.release
    value = release.values[leaf.code]
    if release.is_billable(value):
        return leaf
    table = release.seventh_characters(value)
    best: tuple[float, str] | None = None
    for character, text in table.items():
        extended = value.ljust(6, "X") + character
        if not release.is_billable(extended):
            continue
        fit = _seventh_fit(text, attributes)
        if best is None or fit > best[0]:
            best = fit, extended
    return Leaf(release.row(best[1]), leaf.fit + min(best[0], 0.0) * 0.1, leaf.term) if best else None


@cache
def _seventh_attributes(text: str) -> int:
    return split_words(fold_all(text))[1]


@lru_cache(maxsize=4096)
def _seventh_fit(text: str, attributes: int) -> float:
    """Score a 7th character; where the phrase says nothing, active treatment of a closed injury (I.C.19.a)."""
    table = attribute_table()
    said = _seventh_attributes(text)
    fit = 0.0
    for mask in table.dimension_masks:
        asserted, known = said & mask, attributes & mask
        if known and asserted:
            fit += _AGREES if asserted & known else _CONFLICTS
        elif asserted:
            fit += _UNSUPPORTED
    if not attributes & table.mask("encounter") and said & table.bits["encounter", "initial"]:
        fit += 1.5
    if said & table.bits["openness", "closed"] and not attributes & table.mask("openness"):
        fit += 1.2
    if said & table.bits["healing", "routine"] and not attributes & table.mask("healing"):
        fit += 0.5
    return fit
