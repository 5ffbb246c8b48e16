"""Attributes that choose the leaf (side, acuity, severity, stage, …) as bits of an integer."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from codesets.index.words import fold, token_spans


@dataclass(frozen=True, slots=True)
class AttributeTable:
    """The attribute vocabulary.

    `bits` maps (dimension, value) to its bit; `masks` a dimension to all its bits, `dimension_masks` lists them;
    `phrases` maps the first word of a phrase to (all its words, bit), longest first.
    """

    bits: dict[tuple[str, str], int]
    masks: dict[str, int]
    dimension_masks: tuple[int, ...]
    phrases: dict[str, tuple[tuple[tuple[str, ...], int], ...]]

    def mask(self, dimension: str) -> int:
        """Return all bits of one dimension."""
        return self.masks.get(dimension, 0)

    def named(self, mask: int) -> dict[str, tuple[str, ...]]:
        """Return the mask in words: dimension → values, in the order of the vocabulary."""
        found: dict[str, tuple[str, ...]] = {}
        for (dimension, value), bit in self.bits.items():
            if mask & bit:
                found[dimension] = (*found.get(dimension, ()), value)
        return found

    def find(self, words: list[str]) -> list[tuple[int, int, int]]:
        """Return (start, end, bit) of every attribute phrase in folded words, longest phrase first, no overlap."""
        found: list[tuple[int, int, int]] = []
        position = 0
        while position < len(words):
            for phrase, bit in self.phrases.get(words[position], ()):
                end = position + len(phrase)
                if tuple(words[position:end]) == phrase:
                    found.append((position, end, bit))
                    position = end - 1
                    break
            position += 1
        return found


@cache
def attribute_table() -> AttributeTable:
    """Return the attribute vocabulary of `codesets/data/attributes.tsv`."""
    text = files("codesets.data").joinpath("attributes.tsv").read_text(encoding="utf-8")
    bits: dict[tuple[str, str], int] = {}
    masks: dict[str, int] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        dimension, value, words = line.split("\t")
        bit = bits[dimension, value] = 1 << len(bits)
        masks[dimension] = masks.get(dimension, 0) | bit
        for phrase in words.split("|"):
            parts = tuple(fold(phrase[s:e]) for s, e in token_spans(phrase))
            phrases.setdefault(parts[0], []).append((parts, bit))
    ordered = {w: tuple(sorted(p, key=lambda x: -len(x[0]))) for w, p in phrases.items()}
    return AttributeTable(bits, masks, tuple(masks.values()), ordered)


def split_words(words: list[str]) -> tuple[list[str], int]:
    """Return the folded words that are no attribute phrase, and the mask of the attributes found."""
    mask = 0
    kept = list(words)
    for start, end, bit in reversed(attribute_table().find(words)):
        mask |= bit
        del kept[start:end]
    return kept, mask
