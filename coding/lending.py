"""The side that one mention lends another: 'left knee pain' makes its note's 'knee osteoarthritis' a left one."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from codesets.index.attributes import attribute_table
from codesets.index.lexicon import Lexicon
from codesets.index.words import stem
from coding.linking import Link, link_mention
from nlp.types import AssertionKind, Mention, Patient

_OF_OTHERS = frozenset({AssertionKind.FAMILY, AssertionKind.HISTORICAL, AssertionKind.HYPOTHETICAL})
_STATED = frozenset({AssertionKind.PRESENT, AssertionKind.UNCERTAIN})
_ONE_SIDED = ("M", "S")
_BOTH = re.compile(r"\b(?:eyes|shoulders|elbows|wrists|hips|knees|ankles|feet|legs|calves)\b", re.IGNORECASE)
_EITHER = re.compile(r"\b(?:or|one of|either)\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:multiple|several|all|eyes|ears|shoulders|elbows|wrists|hands|fingers|hips|knees|ankles|feet|toes|legs|arms"
    r"|extremities|limbs|breasts|kidneys|joints)\b",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?:mri?|ct|x-?rays?|radiographs?|films?|views|series|ultrasound|exam|study)\b(.{0,60})", re.IGNORECASE
)
_SIDED_PART = re.compile(r"\b(right|left)\s+([a-z]+)\b", re.IGNORECASE)


class LentSides:
    """The sides that the mentions of a note give its findings, its body parts, and the note as a whole."""

    def __init__(self, lexicon: Lexicon, text: str, mentions: Sequence[Mention]) -> None:
        self._lexicon = lexicon
        self._text = text
        self._mask = attribute_table().mask("laterality")
        self._opposed = attribute_table().bits["laterality", "right"] | attribute_table().bits["laterality", "left"]
        self._said: dict[int, int] = defaultdict(int)
        self._of_note = 0
        for mention in mentions:
            side = mention.attributes & self._mask
            if side and mention.assertion.kind not in _OF_OTHERS:
                self._of_note |= side
                for key in self._keys(mention.core):
                    self._said[key] |= side
        if not self._of_note:
            self._read_parts()

    def _read_parts(self) -> None:
        """File the sides of the body parts that an imaging study is named after: 'MRI of the right shoulder'."""
        bits = attribute_table().bits
        studies = _STUDY.findall(self._text)
        for match in (m for words in studies for m in _SIDED_PART.finditer(words)):
            part = self._lexicon.stem_ids.get(stem(match[2].lower()))
            if part in self._lexicon.part_stems:
                self._said[part] |= bits["laterality", match[1].lower()]

    def _keys(self, core: int) -> Iterator[int]:
        """Yield what a side is filed under: the stems of body parts, and the finding as a whole."""
        yield -1 - core
        yield from (s for s in self._lexicon.core_stems.row(core) if s in self._lexicon.part_stems)

    def link(self, mention: Mention, patient: Patient) -> list[Link]:
        """Return the links of a mention, on the side that is lent to it where a code differs in its side alone.

        The plural of a part that comes in pairs ('pain in the knees') means both sides.
        """
        bare = link_mention(self._lexicon, mention, patient)
        if mention.attributes & self._mask or len(bare) != 1 or not (self._said or self._is_of_both(mention)):
            return bare
        if mention.assertion.kind not in _STATED:
            return bare
        side = self._side_for(mention, bare[0])
        if side.bit_count() != 1:
            return bare
        lent = link_mention(self._lexicon, replace(mention, attributes=mention.attributes | side), patient)
        title = self._title_core(bare[0].best.code)
        return lent if lent and all(self._differs_in_side(x, title) for x in lent) else bare

    def _is_of_both(self, mention: Mention) -> bool:
        words = self._text[mention.start : mention.end]
        return bool(_BOTH.search(words)) and not _EITHER.search(words)

    def _differs_in_side(self, link: Link, title: int) -> bool:
        """Tell whether a code says what the title says but for one side: no 'right … due to left … failure'."""
        term = self._lexicon.title_term(link.best.code)
        one = term is None or (term.attributes & self._opposed).bit_count() < 2
        return one and self._title_core(link.best.code) == title

    def _side_for(self, mention: Mention, bare: Link) -> int:
        """Return the sides of the finding or its body part; for bones and joints without, the note's only one."""
        said = 0
        for key in self._keys(mention.core):
            said |= self._said.get(key, 0)
        if not said and self._is_of_both(mention):
            return attribute_table().bits["laterality", "bilateral"]
        if _SEVERAL.search(self._text, mention.start, mention.end):
            return said & attribute_table().bits["laterality", "bilateral"]
        if not said and self._value(bare).startswith(_ONE_SIDED):
            return self._of_note & ~attribute_table().bits["laterality", "bilateral"]
        return said

    def _value(self, link: Link) -> str:
        return self._lexicon.release.values[link.best.code]

    def _title_core(self, code: int) -> int:
        release = self._lexicon.release
        title = self._lexicon.title_term(code)
        while title is None and (parent := release.parent(release.values[code])) is not None:
            code = release.row(parent)
            title = self._lexicon.title_term(code)
        return self._lexicon.core_of(title.row) if title is not None else -1
