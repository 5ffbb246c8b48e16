"""Laboratory values: an analyte's name, then its number."""

import re

from nlp.facts.words import phrases_of
from nlp.tokens import Tokens

_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?\Z")
_REACH = 4
_STOPS = frozenset(
    {";", "\n", "<", ">", "goal", "target", "from", "prior", "previous", "previously", "under", "below"}
)
_NOT_A_NUMBER_OF_IT = frozenset({"/", "-", "–", "to", "x"})

Lab = tuple[int, int, str, str]


class LabReader:
    """Finds laboratory values; `heads` are the words that make a sentence worth reading."""

    def __init__(self) -> None:
        self._names = phrases_of("labs.tsv")
        self.heads = self._names.heads

    def read(self, tokens: Tokens, first: int, last: int) -> list[Lab]:
        """Return (first, last, analyte, value) of each value of the tokens, `last` excluded."""
        found = []
        for start, end, analyte in self._names.all_in(tokens.folded, first, last):
            place = self._number(tokens, start, end, last)
            if place is not None:
                found.append((start, place + 1, analyte, tokens.folded[place]))
        return found

    @staticmethod
    def _number(tokens: Tokens, start: int, end: int, last: int) -> int | None:
        """Return the place of the number that follows a name; a letter alone (K, Na, Ca) wants it at once."""
        folded = tokens.folded
        is_symbol = end - start == 1 and len(folded[start]) <= len("na")
        if is_symbol and not tokens.written[start][0].isupper():
            return None
        for place in range(end, min(last, end + (2 if is_symbol else _REACH))):
            if folded[place] in _STOPS:
                return None
            if _NUMBER.match(folded[place]):
                after = folded[place + 1] if place + 1 < last else ""
                return None if after in _NOT_A_NUMBER_OF_IT else place
        return None
