"""Finds the perfusion scan and the stress test that a report is of, by tracers, pictures and stress."""

from collections.abc import Iterator, Sequence

from codesets.procedures.phrases import PhraseIndex
from nlp.procedures.study_tables import words_of_class
from nlp.procedures.types import Named, Part
from nlp.tokens import Tokens
from nlp.types import Sentence

_PERFUSION, _PLANAR, _STRESS = "myocardial perfusion imaging", "planar myocardial perfusion", "stress test"
_NOT_HERE = frozenset(
    {"no", "not", "without", "previous", "prior", "previously", "recommend", "recommended", "consider"}
)
_REACH = 3
_TOLD_IN = frozenset({Part.TITLE, Part.BODY, Part.RESULTS, Part.OTHER})
_RECORDED = frozenset({"ecg", "ekg", "electrocardiogram", "electrocardiographic", "st", "rate"})


class HeartStudyFinder:
    """Reads one report."""

    def __init__(
        self, index: PhraseIndex, tokens: Tokens, stretches: Sequence[Sentence], parts: Sequence[Part]
    ) -> None:
        self._index = index
        self._folded = tokens.folded
        self._stretches = stretches
        self._told = [r for r, p in enumerate(parts) if p in _TOLD_IN]
        self._all = range(len(stretches))

    def find(self, *, of_test: bool) -> Iterator[Named]:
        """Yield the perfusion scan, with how often it was taken, and the stress test that the report is of.

        A report that may be of an operation (not `of_test`) is of a scan only where the dose of its tracer is told.
        """
        if not of_test and not self._doses():
            return
        scan = self._scan()
        if scan is not None:
            count = 2 if (self._pictures("rest") and self._pictures("stress")) or self._doses() > 1 else 1
            is_planar = any("planar" in self._words(r) for r in self._told)
            yield from self._named(_PLANAR if is_planar else _PERFUSION, scan, (("count", str(count)),))
        stress = self._stress(beside_scan=scan is not None)
        if stress is not None:
            yield from self._named(_STRESS, stress, (("modality", "stress"),))

    def _scan(self) -> tuple[int, int, int] | None:
        """Return where a scan of the heart's blood supply is told of: (stretch, first token, last token)."""
        if not any(self._has(r, "heart") for r in self._all):
            return None
        if not any(self._has(r, "tracer") for r in self._all):
            return None
        return self._first("perfusion", self._told)

    def _stress(self, *, beside_scan: bool) -> tuple[int, int, int] | None:
        if any(self._has(r, "echo-stress") for r in self._all):
            return None
        if not any(not _RECORDED.isdisjoint(self._words(r)) for r in self._told):
            return None
        return self._first("stressor", self._told, None if beside_scan else "exercise")

    def _pictures(self, when: str) -> bool:
        """Tell whether pictures at rest or under stress are told of."""
        return any(self._has(r, "picture") and self._has(r, when) for r in self._all)

    def _doses(self) -> int:
        return sum(self._words(r).count("mci") for r in self._all)

    def _words(self, row: int) -> list[str]:
        stretch = self._stretches[row]
        return self._folded[stretch.first : stretch.last]

    def _has(self, row: int, name: str) -> bool:
        return any(True for _ in self._stated(row, name))

    def _stated(self, row: int, name: str) -> Iterator[tuple[int, int, str]]:
        """Yield the words of a class in a stretch that are not denied and not of another time."""
        stretch = self._stretches[row]
        for start, end, value in words_of_class(name).all_in(self._folded, stretch.first, stretch.last):
            if _NOT_HERE.isdisjoint(self._folded[max(stretch.first, start - _REACH) : start]):
                yield start, end, value

    def _first(self, name: str, rows: Sequence[int], value: str | None = None) -> tuple[int, int, int] | None:
        for row in rows:
            for start, end, found in self._stated(row, name):
                if value in (None, found):
                    return row, start, end
        return None

    def _named(self, name: str, place: tuple[int, int, int], said: tuple[tuple[str, str], ...]) -> Iterator[Named]:
        rows = self._index.rows_of(name)
        if rows:
            yield Named(place[1], place[2], place[0], rows, place[2] - place[1], said=said)
