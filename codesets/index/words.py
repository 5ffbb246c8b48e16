"""Words: one tokenizer, one folding and one stemmer for titles, queries and notes."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import Stemmer

_TOKENS = re.compile(r"\d+\.\d+(?![^\W_])|[^\W_]+(?:['’][sS](?![^\W_]))?|\n|[^\w\s]|_")
_POSSESSIVE = re.compile(r"['’]s?\Z")


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


def _word_list(name: str) -> list[str]:
    text = files("codesets.data").joinpath(name).read_text(encoding="utf-8")
    return [w for line in text.splitlines() if not line.startswith("#") for w in line.split()]
