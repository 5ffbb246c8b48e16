"""Tobacco in a sentence: who smokes, what, and whether still.

The reader tells apart `current`, `former` and `secondhand`; what is denied, a relative's own smoking, other smoke and
mere counselling tell nothing.
"""

from collections.abc import Sequence

from nlp.assertion.rules import read_classes
from nlp.facts.words import classes_of
from nlp.tokens import Tokens

_PRODUCTS = ("smokeless", "other_product", "cigarettes")
_REACH = 14


class TobaccoReader:
    """Reads the tobacco sentences of a note."""

    def __init__(self) -> None:
        self._classes = classes_of("tobacco.tsv")
        self._family = read_classes()["fam"]
        self.heads = self._classes["anchor"].heads

    def read(self, tokens: Tokens, first: int, last: int) -> list[tuple[int, int, str, str]]:
        """Return (first, last, product, status) of each stretch about tobacco; tokens, `last` excluded."""
        folded = tokens.folded
        anchors = self._classes["anchor"].all_in(folded, first, last)
        found = []
        while anchors:
            start, end = anchors[0][0], anchors[0][1]
            rest = []
            for low, high, _ in anchors[1:]:
                if low <= end + _REACH and ";" not in folded[end:low]:
                    end = max(end, high)
                else:
                    rest.append((low, high, "anchor"))
            low, high = self._clause(folded, start, end, first, last)
            status = self._status(folded, low, high, start)
            if status is not None:
                found.append((start, end, self._product(folded, low, high), status))
            anchors = rest
        return found

    @staticmethod
    def _clause(folded: Sequence[str], start: int, end: int, first: int, last: int) -> tuple[int, int]:
        low, high = max(first, start - _REACH), min(last, end + _REACH)
        for place in range(start - 1, low - 1, -1):
            if folded[place] in ".;\n":
                low = place + 1
                break
        for place in range(end, high):
            if folded[place] in ".;\n":
                high = place
                break
        return low, high

    def _has(self, kind: str, folded: Sequence[str], low: int, high: int) -> bool:
        return bool(self._classes[kind].all_in(folded, low, high))

    def _product(self, folded: Sequence[str], low: int, high: int) -> str:
        for product in _PRODUCTS:
            if self._has(product, folded, low, high):
                return product
        return "dependence" if self._has("dependence", folded, low, high) else "use"

    def _status(self, folded: Sequence[str], low: int, high: int, anchor: int) -> str | None:
        if self._has("never", folded, max(low, anchor - 4), anchor + 1) or folded[anchor] == "nonsmoker":
            return None
        after = folded[anchor + 1 : anchor + 4]
        if any(w in ("never", "none", "denies", "denied", "no", "neg", "negative") for w in after):
            return None
        if self._has("secondhand", folded, low, high):
            return "secondhand"
        if self._has("other_smoke", folded, max(low, anchor - 3), min(high, anchor + 4)):
            return None
        if not self._family.isdisjoint(folded[max(low, anchor - 6) : anchor]):
            return None
        quit_later = self._has("not_former", folded, low, high)
        if not quit_later and self._has("former", folded, low, high):
            return "current" if self._has("recent", folded, low, high) else "former"
        if self._has("current", folded, low, high):
            return "current"
        if self._has("counsel", folded, low, high):
            return None
        return "current" if folded[anchor] in ("smoker", "tobacco", "vaping", "smokes", "vapes", "tob") else None
