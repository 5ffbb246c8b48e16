"""The words of an imaging report: what its titles and its technique name, and what the words around them say."""

from collections import Counter
from collections.abc import Iterator, Sequence

from nlp.procedures.study_tables import words_of_class
from nlp.procedures.tables import detail_table
from nlp.procedures.types import Part
from nlp.tokens import Tokens
from nlp.types import Section, Sentence

_OPENING_WORDS = 40
_FIRST_FINDINGS = 2
_LEAST_VIEWS = 2
_CAPITALS = frozenset({"us", "mr"})
_DENIALS = frozenset({"no", "not", "without", "lack"})
_DENIAL_REACH = 3

Found = tuple[int, int, str]
"""The first token of words, the token after them, and the value that they stand for."""


class ReportWords:
    """Reads the words of one report."""

    def __init__(
        self, tokens: Tokens, stretches: Sequence[Sentence], sections: Sequence[Section], parts: Sequence[Part]
    ) -> None:
        self.folded = tokens.folded
        self.stretches = stretches
        self.parts = parts
        self._tokens = tokens
        self._sections = sections

    def of(self, name: str, row: int) -> list[Found]:
        """Return the words of a class in a stretch."""
        stretch = self.stretches[row]
        return self.within(name, stretch.first, stretch.last)

    def within(self, name: str, first: int, last: int) -> list[Found]:
        """Return the words of a class between two tokens."""
        return words_of_class(name).all_in(self.folded, first, last)

    def told(self, name: str, *, history: bool = False) -> dict[str, Counter[str]]:
        """Return value → how often each of its words stands in the report, with or without its history."""
        found: dict[str, Counter[str]] = {}
        for row, part in enumerate(self.parts):
            if history or part is not Part.HISTORY:
                for start, end, value in self.of(name, row):
                    found.setdefault(value, Counter())[" ".join(self.folded[start:end])] += 1
        return found

    def titles(self) -> Iterator[tuple[int, int, int]]:
        """Yield (stretch, first token, token after) of the stretches or headings that say what the report is of."""
        for row, stretch in enumerate(self.stretches):
            section = self._sections[stretch.section]
            if self.parts[row] is Part.TITLE:
                yield row, stretch.first, stretch.last
            elif section.heading is None and row == 0 and stretch.last - stretch.first <= _OPENING_WORDS:
                if not self.within("aside", stretch.first, stretch.last):
                    yield row, stretch.first, stretch.last
            elif section.heading is not None and self._tokens.starts[stretch.first] == section.heading.start:
                last = stretch.first
                while last < stretch.last and self._tokens.starts[last] < section.heading.end:
                    last += 1
                if section.kind == "other" and last > stretch.first:
                    yield row, stretch.first, last

    def technique(self) -> Iterator[int]:
        """Yield the stretches that say how the pictures were taken."""
        seen: Counter[int] = Counter()
        for row, stretch in enumerate(self.stretches):
            part = self.parts[row]
            seen[stretch.section] += 1
            opens = part in (Part.RESULTS, Part.OTHER) and seen[stretch.section] <= _FIRST_FINDINGS
            if part is Part.BODY or opens:
                yield row

    def modalities(self, first: int, last: int, *, signs: bool = False) -> list[Found]:
        """Return the kinds of pictures named; words for views count where nothing else is named."""
        written = self._tokens.written
        strong = [
            m
            for m in self.within("modality", first, last)
            if self.folded[m[0]] not in _CAPITALS or written[m[0]].isupper()
        ]
        found = strong or self.within("views", first, last)
        if not found and signs:
            return self.within("pictures", first, last)
        views = [] if found else self.within("view", first, last)
        return found if len({v for _, _, v in views}) < _LEAST_VIEWS else [(*v[:2], "xray") for v in views]

    def regions(self, first: int, last: int) -> Iterator[Found]:
        """Yield the parts of the body named; 'thoracic' alone is the spine where the words speak of the spine."""
        of_spine = "spine" in self.folded[first:last]
        for start, end, region in self.within("region", first, last):
            if region == "thoracic" and end - start == 1 and not of_spine:
                continue
            yield start, end, region

    def contrast(self, first: int, last: int) -> set[str]:
        """Return the contrast stated between two tokens and not denied."""
        found = set()
        for start, _, facts in detail_table().all_in(self.folded, first, last):
            denied = not _DENIALS.isdisjoint(self.folded[max(first, start - _DENIAL_REACH) : start])
            found |= {value for key, value in facts if key == "contrast" and not denied}
        return found

    def is_enhanced(self) -> bool:
        """Tell whether findings speak of enhancement by contrast."""
        return any(
            _DENIALS.isdisjoint(self.folded[max(self.stretches[row].first, start - _DENIAL_REACH) : start])
            for row, part in enumerate(self.parts)
            if part is Part.RESULTS
            for start, _, _ in self.of("enhanced", row)
        )
