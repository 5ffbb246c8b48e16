"""Words: one tokenizer, one folding and one stemmer for titles, queries and notes."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import Stemmer

_TOKENS = re.compile(r"\d+\.\d+(?![^\W_])|[^\W_]+(?:['’][sS](?![^\W_]))?|\n|[^\w\s]|_")
_POSSESSIVE = re.compile(r"['’]s?\Z")


STRONG_WORDS = frozenset({"no", "not", "off", "out", "up", "down", "on", "use", "used", "using", "never"})
LETTER_A = "letter-a"
_LETTERED = frozenset({"hepatitis", "hep", "influenza", "vitamin", "type", "group", "hemophilia", "haemophilia"})


def fold_tokens(written: Sequence[str]) -> list[str]:
    """Return the folded tokens of a text; a capital A may be a letter, not the article ('hepatitis A')."""
    folded = [fold(w) for w in written]
    for at in range(1, len(written)):
        if written[at] == "A" and folded[at - 1] in _LETTERED:
            folded[at] = LETTER_A
    return folded


def token_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every token, 0-based code points, `end` excluded.

    Letters and digits that touch stay together (`T2DM`, `L4`, `3b`); a decimal number is one token; every line
    end and every punctuation mark is a token of its own; other white space is none.
    """
    return [m.span() for m in _TOKENS.finditer(text)]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return the word in lower case without accents and without a possessive ending."""
    lowered = word.lower()
    if not lowered.isascii():
        decomposed = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _POSSESSIVE.sub("", lowered) or lowered or word


@cache
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("english")


@lru_cache(maxsize=65536)
def stem(folded: str) -> str:
    """Return the stem of a folded word (Snowball English).

    Words of three letters or fewer stay as they are, and so do inflammations, which Snowball would cut down to
    the organ (`thyroiditis`, `appendicitis`); their adjectives in `-itic` join them.
    """
    if len(folded) <= 3 or not folded.isalpha():
        return folded
    if folded.endswith("itis"):
        return folded
    if folded.endswith("itic") and len(folded) > 7:
        return folded[:-1] + "s"
    return str(_stemmer().stemWord(folded))


@cache
def stop_words() -> frozenset[str]:
    """Return the words that never decide which code a phrase means."""
    return frozenset(_word_list("stopwords.txt"))


@cache
def weak_stems() -> frozenset[str]:
    """Return the stems of words that alone never mean a reportable condition (anatomy, generic nouns)."""
    return frozenset(stem(fold(w)) for w in _word_list("weak_words.txt"))


@cache
def alone_stems() -> frozenset[str]:
    """Return the stems of words that mean no condition alone but head one with a second word."""
    return frozenset(stem(fold(w)) for w in _word_list("alone_words.txt"))


@cache
def blocked_terms() -> frozenset[str]:
    """Return the official terms whose core words mean something else in a note."""
    return frozenset(line for line in _lines("blocked_terms.txt"))


def _word_list(name: str) -> list[str]:
    return [w for line in _lines(name) for w in line.split()]


def _lines(name: str) -> list[str]:
    text = files("codesets.data").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
