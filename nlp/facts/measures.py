"""Measured values that a code takes up: body mass index, weeks of gestation, birth weight."""

import re
from collections.abc import Sequence

from nlp.facts.words import classes_of
from nlp.tokens import Tokens
from nlp.types import FactKind

_NUMBER = re.compile(r"\d{1,4}(?:\.\d+)?\Z")
_WEEKS = re.compile(r"(\d{1,2})w(?:ks?|eeks?)?(?:(\d)d?)?\Z")
_DAYS = re.compile(r"\d(?:d|days?)?\Z")
_WEIGHT = re.compile(r"(\d{3,4})(?:g|gm|gms|grams?)?\Z")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\Z")
_AFTER_BMI = 5
_MIN_WEEKS, _MAX_WEEKS = 4, 43
_KILOGRAMS = re.compile(r"(\d\.\d+)(?:kg)?\Z")
_JOINED = frozenset(
    f"{weeks}w{rest}"
    for weeks in range(_MIN_WEEKS, _MAX_WEEKS + 1)
    for rest in ("", "k", "ks", "eek", "eeks", *map(str, range(7)), *(f"{day}d" for day in range(7)))
)
"""Weeks written as one token: 32w, 32wks, 32w2, 32w2d."""
_GRAMS = frozenset({"g", "gm", "gms", "gram", "grams"})

Measure = tuple[int, int, FactKind, str]


class MeasureReader:
    """Finds measures; `heads` are the words that make a sentence worth reading."""

    def __init__(self) -> None:
        self._classes = classes_of("measures.tsv")
        self._weeks = self._classes["week"].heads
        self.heads = self._classes["body_mass"].heads | self._classes["birth_weight"].heads | self._weeks | _JOINED

    def read(self, tokens: Tokens, first: int, last: int) -> list[Measure]:
        """Return (first, last, kind, value) of each measure of the tokens, `last` excluded."""
        folded = tokens.folded
        found: list[Measure] = []
        for start, end, _ in self._classes["body_mass"].all_in(folded, first, last):
            found += self._body_mass(folded, start, end, first, last)
        for start, end, _ in self._classes["birth_weight"].all_in(folded, first, last):
            found += self._birth_weight(folded, start, end, last)
        return found + self._gestations(folded, first, last)

    def _body_mass(self, folded: Sequence[str], start: int, end: int, first: int, last: int) -> list[Measure]:
        stop = min(last, end + _AFTER_BMI)
        if self._has("not_now", folded, max(first, start - 2), start):
            return []
        for place in range(end, stop):
            if folded[place] in (";", ".", "\n") or self._has("not_now", folded, place, place + 1):
                return []
            if not _NUMBER.match(folded[place]):
                continue
            for later in range(place, min(last, place + 9)):
                number = _ORDINAL.sub("", folded[later])
                if _NUMBER.match(number) and self._has("percentile", folded, later + 1, min(last, later + 3)):
                    return [(start, later + 1, FactKind.BODY_MASS_PERCENTILE, number)]
            if 8 <= float(folded[place]) <= 120:
                return [(start, place + 1, FactKind.BODY_MASS, folded[place])]
            return []
        return []

    @staticmethod
    def _birth_weight(folded: Sequence[str], start: int, end: int, last: int) -> list[Measure]:
        for place in range(end, min(last, end + 4)):
            grams, kilograms = _WEIGHT.match(folded[place]), _KILOGRAMS.match(folded[place])
            unit = folded[place + 1] if place + 1 < last else ""
            if unit == "," and place + 3 < last and folded[place + 3] in _GRAMS and folded[place].isdigit():
                return [(start, place + 3, FactKind.BIRTH_WEIGHT, folded[place] + folded[place + 2])]
            if grams and (folded[place][-1].isalpha() or unit in _GRAMS):
                return [(start, place + 1, FactKind.BIRTH_WEIGHT, grams.group(1))]
            if kilograms and (folded[place].endswith("kg") or unit == "kg"):
                return [(start, place + 1, FactKind.BIRTH_WEIGHT, str(round(float(kilograms.group(1)) * 1000)))]
        return []

    def _gestations(self, folded: Sequence[str], first: int, last: int) -> list[Measure]:
        found = []
        for place in range(first, last):
            read = self._weeks_at(folded, place, last)
            if read is None:
                continue
            end, weeks, exact = read
            if place - first > 1 and folded[place - 1] in ("to", "-", "–") and folded[place - 2].isdigit():
                continue
            near = range(max(first, place - 8), min(last, end + 5))
            known = self._has("gestation", folded, near.start, near.stop)
            if not _MIN_WEEKS <= weeks <= _MAX_WEEKS or not (exact or known):
                continue
            lead = max(first, place - 5)
            if self._has("born", folded, lead, place):
                found.append((place, end, FactKind.BIRTH_GESTATION, str(weeks)))
            elif not (
                self._has("not_gestation_before", folded, max(first, place - 2), place)
                or self._has("not_gestation_after", folded, end, min(last, end + 1))
            ):
                found.append((place, end, FactKind.GESTATION, str(weeks)))
        return found

    def _weeks_at(self, folded: Sequence[str], place: int, last: int) -> tuple[int, int, bool] | None:
        """Return (end, weeks, whether days are given too) of a gestational age that starts at a token."""
        word = folded[place]
        joined = _WEEKS.match(word) if word[0].isdigit() else None
        if joined:
            end, exact = place + 1, joined.group(2) is not None
            if not exact and end < last and _DAYS.match(folded[end]) and not folded[end].isdigit():
                return end + 1, int(joined.group(1)), True
            return end, int(joined.group(1)), exact
        if not word.isdigit() or len(word) > 2 or (place and folded[place - 1] == "/"):
            return None
        rest = tuple(folded[place + 1 : min(last, place + 7)])
        if rest and rest[0] in ("-", "and") and rest[2:4] == ("/", "7"):
            rest, place = rest[1:], place + 1
        if len(rest) > 3 and rest[1:3] == ("/", "7") and rest[0].isdigit() and rest[3] in self._weeks:
            return place + 5, int(word), True
        if len(rest) > 2 and rest[0] == "+" and rest[1].isdigit() and rest[2] in self._weeks:
            return place + 4, int(word), True
        if rest and rest[0] in self._weeks:
            more = rest[1:]
            if more and more[0] in ("and", ",", "+"):
                more = more[1:]
            days = len(more) > 1 and _DAYS.match(more[0]) and (more[1] in ("days", "day", "d"))
            return place + 2, int(word), bool(days)
        return None

    def _has(self, kind: str, folded: Sequence[str], low: int, high: int) -> bool:
        return bool(self._classes[kind].all_in(folded, low, high))
