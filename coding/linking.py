"""From a mention to codes: which leaves its words and attributes can mean."""

from dataclasses import dataclass
from functools import lru_cache

from codesets.index.attributes import attribute_table
from codesets.index.leaves import Leaf, choose_leaves
from codesets.index.lexicon import Lexicon
from nlp.types import Mention, Patient, Sex

_MAX_LEAVES = 6


@dataclass(frozen=True, slots=True)
class Link:
    """A mention with the leaves it can mean, best first; never empty."""

    mention: Mention
    leaves: tuple[Leaf, ...]

    @property
    def best(self) -> Leaf:
        """The leaf that fits best."""
        return self.leaves[0]


def link_mention(lexicon: Lexicon, mention: Mention, patient: Patient) -> list[Link]:
    """Return the links of a mention, usually one.

    Both sides named, or 'bilateral', and no bilateral code: one link per side (guideline I.B.13). Acute and chronic
    named and no code for both: one link each, acute first (I.B.8).
    """
    attributes = mention.attributes | _of_patient(patient)
    leaves = _leaves(lexicon, mention, attributes)
    if not leaves:
        return []
    sides = _per_side(lexicon, mention, attributes, leaves[0])
    if sides:
        return sides
    for dimension in ("laterality", "acuity"):
        mask = attribute_table().mask(dimension)
        named = attributes & mask
        if named.bit_count() != 2 or _is_said(lexicon, leaves[0], named):
            continue
        if not _is_said(lexicon, leaves[0], named, partly=True):
            continue
        links = []
        bits = [1 << i for i in range(named.bit_length()) if named >> i & 1]
        for bit in bits:
            one = _leaves(lexicon, mention, (attributes & ~mask) | bit)
            if one:
                links.append(Link(mention, one))
        return links
    return [Link(mention, leaves)]


def _per_side(lexicon: Lexicon, mention: Mention, attributes: int, best: Leaf) -> list[Link]:
    """Return a link per side where the phrase says 'bilateral' and its category has right and left codes only."""
    table = attribute_table()
    mask, both = table.mask("laterality"), table.bits["laterality", "bilateral"]
    if attributes & mask != both or _is_said(lexicon, best, both):
        return []
    links = []
    either = table.bits["laterality", "right"] | table.bits["laterality", "left"]
    for name in ("right", "left"):
        bit = table.bits["laterality", name]
        leaves = _leaves(lexicon, mention, (attributes & ~mask) | bit)
        if not leaves or not _is_said(lexicon, leaves[0], bit) or _is_said(lexicon, leaves[0], either):
            return []
        links.append(Link(mention, leaves))
    joint = _bilateral_beside(lexicon, links[0].best.code, both)
    if joint is not None:
        return [Link(mention, (Leaf(joint, best.fit, best.term), *links[0].leaves[:1], *links[1].leaves[:1]))]
    return links


def _bilateral_beside(lexicon: Lexicon, code: int, both: int) -> int | None:
    """Return the billable bilateral code beside a code of one side, if there is one (H05.833 beside H05.831)."""
    release = lexicon.release
    parent = release.parent(release.values[code])
    if parent is None:
        return None
    for row in lexicon.concepts_below(release.row(parent)):
        title = lexicon.title_term(row)
        if title is not None and title.attributes & both and release.is_billable(release.values[row]):
            return row
    return None


def _of_patient(patient: Patient) -> int:
    table = attribute_table()
    if patient.sex is None:
        return 0
    return table.bits["sex", "female" if patient.sex is Sex.FEMALE else "male"]


def _leaves(lexicon: Lexicon, mention: Mention, attributes: int) -> tuple[Leaf, ...]:
    return _leaves_of(lexicon, mention.terms, attributes, mention.nearby)


@lru_cache(maxsize=4096)
def _leaves_of(lexicon: Lexicon, terms: tuple[int, ...], attributes: int, words: frozenset[int]) -> tuple[Leaf, ...]:
    leaves = choose_leaves(lexicon, [lexicon.term(t) for t in terms], attributes, words)
    leaves.sort(key=lambda leaf: (-round(leaf.fit, 6), _denied(lexicon, leaf), leaf.code))
    return tuple(leaves[:_MAX_LEAVES])


def _denied(lexicon: Lexicon, leaf: Leaf) -> int:
    """Return how many words the leaf's title denies: 'rheumatoid arthritis' alone is not one 'without factor'."""
    title = lexicon.title_term(leaf.code)
    return len(lexicon.absent_stems.row(title.row)) if title is not None else 0


def _is_said(lexicon: Lexicon, leaf: Leaf, bits: int, *, partly: bool = False) -> bool:
    """Tell whether the leaf's own title asserts the attribute bits, or with `partly` any of them."""
    row = leaf.code
    title = lexicon.title_term(row)
    while title is None:
        parent = lexicon.release.parent(lexicon.release.values[row])
        if parent is None:
            return False
        row = lexicon.release.row(parent)
        title = lexicon.title_term(row)
    both = attribute_table().bits["laterality", "bilateral"]
    if not partly and title.attributes & both and bits & attribute_table().mask("laterality"):
        return True
    said = title.attributes & bits
    return bool(said) if partly else said == bits
