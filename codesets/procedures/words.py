"""The words that name procedures: one way to read them in synonyms, queries and notes.

`procedure_words.tsv` holds the variants of a word (US, sonogram → ultrasound); a variant in capitals must be
written so. `procedure_weak.txt` holds the words that never name a procedure alone.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import NamedTuple

from codesets.index.words import fold, fold_tokens, stem, stop_words, token_spans

_SIDES = frozenset({"left", "right", "bilateral", "l", "r", "lt", "rt", "bilaterally", "both"})
FACT_WORDS = frozenset({"contrast", "noncontrast", "without", "unenhanced", "enhanced", "view", "views"})
_VIEWS = frozenset({"view", "views"})
_NUMBERS = frozenset({"one", "single", "two", "three", "four", "five", "six"})
_SHORTEST_PLURAL = 4
_VERTEBRA = re.compile(r"[ctls]\d{1,2}")
_UNITS = frozenset(
    {"mg", "ml", "cc", "mcg", "cm", "mm", "percent", "gm", "meq", "iu", "view", "views", "min", "minutes"}
)


NameWord = tuple[str, int, int]
"""A folded word that may name a procedure, and its tokens `first` to `last` (excluded)."""


class _Use(IntEnum):
    """How a word is read in a name."""

    NAMES = 0
    NOTHING = 1
    UNIT = 2
    VARIANT = 3
    DIGITS = 4


class _Variant(NamedTuple):
    words: tuple[str, ...]
    cased: tuple[str, ...] | None
    canonical: tuple[str, ...]


_NAMES = int(_Use.NAMES)


@lru_cache(maxsize=65536)
def _use_of(folded: str) -> int:
    if folded in _variants():
        return _Use.VARIANT
    if folded in _UNITS:
        return _Use.UNIT
    if folded in stop_words() or folded in _SIDES or folded in FACT_WORDS or not folded[0].isalnum():
        return _Use.NOTHING
    return _Use.DIGITS if folded.isdigit() else _Use.NAMES


@lru_cache(maxsize=65536)
def word_key(folded: str) -> int:
    """Return the 64-bit key of a folded word's stem."""
    return _digest(stem(folded) if folded.isalpha() else folded)


@lru_cache(maxsize=65536)
def whole_key(folded: str) -> int:
    """Return the 64-bit key of the word itself, for names of one word; its plural has the same."""
    if len(folded) > _SHORTEST_PLURAL and folded.endswith("s") and not folded.endswith("ss"):
        folded = folded[:-3] + "y" if folded.endswith("ies") else folded[:-1]
    return _digest("=" + folded)


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def name_words(written: Sequence[str], folded: Sequence[str], first: int, last: int) -> list[NameWord]:
    """Return the words of a stretch of tokens that may name procedures, variants replaced, amounts left out."""
    found: list[NameWord] = []
    place = first
    while place < last:
        word = folded[place]
        if len(word) < 4 and word[-1].isdigit() and _is_space(folded, place, last):
            place += 3
            continue
        use = _use_of(word)
        end = place + 1
        if use == _NAMES:
            found.append((word, place, end))
        elif use == _Use.VARIANT:
            variant = _variant_at(_variants()[word], written, folded, place, last)
            if variant is not None:
                end = place + len(variant.words)
                found += [(canonical, place, end) for canonical in variant.canonical]
            elif _stands_alone(folded, place, first, last):
                found.append((word, place, end))
        elif use == _Use.UNIT:
            _drop_amount(found, folded, place, first)
        elif use == _Use.DIGITS and not _in_date(folded, place, first, last):
            found.append((word, place, end))
        place = end
    return found


def _is_space(folded: Sequence[str], place: int, last: int) -> bool:
    """Tell whether a disc space or a span of the spine begins here ('C5-C6', 'L4-5'): it names no procedure."""
    if place + 2 >= last or folded[place + 1] != "-" or not _VERTEBRA.fullmatch(folded[place]):
        return False
    other = folded[place + 2]
    return other.isdigit() or _VERTEBRA.fullmatch(other) is not None


def _stands_alone(folded: Sequence[str], place: int, first: int, last: int) -> bool:
    """Tell whether a word that may begin a variant, but does not, names something itself."""
    word = folded[place]
    if word.isdigit():
        return not _in_date(folded, place, first, last)
    return word not in stop_words() and word not in _SIDES


def _drop_amount(found: list[NameWord], folded: Sequence[str], place: int, first: int) -> None:
    """Drop the number before a unit; a number of views stands for an x-ray."""
    amount = folded[place - 1] if place > first else ""
    if not amount or not (amount[0].isdigit() or amount in _NUMBERS):
        return
    if found and found[-1][2] == place:
        found.pop()
    if folded[place] in _VIEWS:
        found.append(("xray", place - 1, place + 1))


def _in_date(folded: Sequence[str], place: int, first: int, last: int) -> bool:
    return (place > first and folded[place - 1] == "/") or (place + 1 < last and folded[place + 1] == "/")


def words_of_name(name: str) -> list[NameWord]:
    """Return the words of a name as `name_words` reads them in a note."""
    written = [name[s:e] for s, e in token_spans(name)]
    return name_words(written, fold_tokens(written), 0, len(written))


@cache
def weak_keys() -> frozenset[int]:
    """Return the keys of the words that never name a procedure alone."""
    text = files("codesets.data").joinpath("procedure_weak.txt").read_text(encoding="utf-8")
    words = (w for line in text.splitlines() if not line.startswith("#") for w in line.split())
    return frozenset(word_key(fold(w)) for w in words)


def vocabulary_source() -> list[bytes]:
    """Return the content of the tables that decide how names are read."""
    folder = files("codesets.data")
    return [folder.joinpath(n).read_bytes() for n in ("procedure_words.tsv", "procedure_weak.txt")]


def _variant_at(
    variants: Sequence[_Variant], written: Sequence[str], folded: Sequence[str], place: int, last: int
) -> _Variant | None:
    for variant in variants:
        end = place + len(variant.words)
        if end > last or tuple(folded[place:end]) != variant.words:
            continue
        if variant.cased is None or tuple(written[place:end]) == variant.cased:
            return variant
    return None


@cache
def _variants() -> dict[str, tuple[_Variant, ...]]:
    """Return first folded word → the variants that begin with it, the longest first."""
    text = files("codesets.data").joinpath("procedure_words.tsv").read_text(encoding="utf-8")
    found: dict[str, list[_Variant]] = {}
    for line in text.splitlines():
        canonical, variants = line.split("\t")
        words = tuple(fold_tokens(canonical.split()))
        for variant in (canonical, *variants.split("|")):
            written = tuple(variant[s:e] for s, e in token_spans(variant))
            folded = tuple(fold_tokens(written))
            cased = written if variant.isupper() else None
            found.setdefault(folded[0], []).append(_Variant(folded, cased, words))
    return {head: tuple(sorted(rows, key=lambda v: (-len(v.words), v.cased is None))) for head, rows in found.items()}
