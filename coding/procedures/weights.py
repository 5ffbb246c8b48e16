"""Weights that reports tell of what was taken out."""

import re

from coding.procedures.surroundings import Surroundings

_GRAMS = re.compile(r"\b(?P<grams>\d{2,4})[ -]?(?:g|gm|gms|grams?)\b", re.IGNORECASE)
_WEIGHED = re.compile(r"\b(?:uter(?:us|ine)|fibroids?|myomas?|specimen)\b", re.IGNORECASE)
_HEAVY = 250


def is_heavy(place: Surroundings, row: int) -> bool:
    """Tell whether a sentence weighs a womb or what was cut from it at more than the limit of the lesser codes."""
    reading = place.reading
    stretch = reading.stretches[row]
    text = reading.text[reading.tokens.starts[stretch.first] : reading.tokens.ends[stretch.last - 1]]
    weights = [int(m["grams"]) for m in _GRAMS.finditer(text)]
    return any(w > _HEAVY for w in weights) and _WEIGHED.search(text) is not None
