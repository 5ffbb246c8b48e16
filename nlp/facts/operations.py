"""Operations that leave a status behind, and the side that each is stated for; whether it is past is asserted."""

from collections.abc import Sequence

from nlp.facts.words import classes_of, phrases_of
from nlp.tokens import Tokens

_SIDE_BEFORE = 4
_SIDE_AFTER = 4


class OperationReader:
    """Finds operations by one look-up a token."""

    def __init__(self) -> None:
        self._names = phrases_of("operations.tsv")
        self._sides = classes_of("sides.tsv")
        self.heads = self._names.heads

    def read(self, tokens: Tokens, first: int, last: int) -> list[tuple[int, int, str, str]]:
        """Return (first, last, operation, side) of each operation of the tokens, `last` excluded; side may be ''."""
        folded = tokens.folded
        found = self._names.all_in(folded, first, last)
        read = []
        edge = first
        for place, (start, end, name) in enumerate(found):
            stop = found[place + 1][0] if place + 1 < len(found) else last
            read.append((start, end, name, self._side(folded, (edge, start, end, stop))))
            edge = end
        return read

    def _side(self, folded: Sequence[str], places: tuple[int, int, int, int]) -> str:
        edge, start, end, stop = places
        low, high = max(edge, start - _SIDE_BEFORE), min(stop, end + _SIDE_AFTER)
        low = next((p + 1 for p in range(start - 1, low - 1, -1) if folded[p] in ",.;\n"), low)
        high = next((p for p in range(end, high) if folded[p] in ",.;\n"), high)
        for span in ((low, end), (end, high)):
            sides = {side for side, table in self._sides.items() if table.all_in(folded, *span)}
            if sides:
                return "both" if "both" in sides or len(sides) > 1 else sides.pop()
        return ""
