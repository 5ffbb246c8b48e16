"""Wordings: what notes say for a phrase of official titles ('lump' for 'localized swelling, mass and lump').

`codesets/data/wordings.tsv`, one row a line: the codes whose titles it rewords (by their beginnings), the phrase, and
what replaces it, separated by `|`. A row without codes names a list of words that other rows use as `@name`.
"""

import re
from functools import cache
from importlib.resources import files

_OPEN_SITE = re.compile(r"\bunspecified sites?\b|\bsite unspecified\b|\bmultiple sites\b", re.IGNORECASE)


@cache
def _wordings() -> tuple[tuple[tuple[str, ...], re.Pattern[str], tuple[str, ...]], ...]:
    """Return per row the beginnings of codes, the phrase, and its replacements."""
    text = files("codesets.data").joinpath("wordings.tsv").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = {}
    rows = []
    for line in text.splitlines()[1:]:
        codes, phrase, replacements = line.split("\t")
        words = [w for part in replacements.split("|") for w in lists.get(part, [part])]
        if codes.startswith("@"):
            lists[codes] = words
        else:
            whole = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
            rows.append((tuple(codes.replace(".", "").split()), whole, tuple(words)))
    return tuple(rows)


def reworded(value: str, title: str) -> list[str]:
    """Return the ways in which notes say a title, without the title itself; none for one that names no site."""
    if _OPEN_SITE.search(title):
        return []
    found = [title]
    for codes, phrase, replacements in _wordings():
        if value.startswith(codes):
            found += [phrase.sub(words, text) for text in found if phrase.search(text) for words in replacements]
    return found[1:]
