"""The side that a note speaks of: a diagnosis without one takes it from the procedure or the title."""

from collections.abc import Iterable
from itertools import pairwise

from codesets.index.attributes import attribute_table
from nlp.mentions.finder import Found
from nlp.mentions.units import UnitKind, Units
from nlp.types import Section, Sentence

_NAMING = frozenset({"procedure", "preop_diagnosis", "postop_diagnosis", "consent"})
_OWNERS = frozenset({UnitKind.WORD, UnitKind.ATTRIBUTE})
_WAYS_IN = frozenset({"subclavian", "jugular", "ij", "antecubital", "decubitus"})
_TAKING = frozenset({"preop_diagnosis", "postop_diagnosis", "indication"})


class NoteSides:
    """Gathers the sides of a note while its sentences are read."""

    def __init__(self) -> None:
        self._mask = attribute_table().mask("laterality")
        self._said = 0
        self._named = 0

    def add(self, units: Units, section: Section) -> None:
        """Take in a sentence."""
        bits = 0
        for attributes in units.attributes:
            bits |= attributes
        bits &= self._mask
        if bits:
            self._said |= bits
            if section.kind in _NAMING:
                self._named |= self._before_words(units)

    def _before_words(self, units: Units) -> int:
        """Return the sides that stand before a word: 'left knee', not 'she left the room' nor 'left subclavian vein'.

        The vessel through which a catheter goes in and the position of the patient are no side of a disease.
        """
        found = 0
        for row, (side, following) in enumerate(pairwise(zip(units.attributes, units.kinds, strict=True))):
            is_before = side[0] & self._mask and following[1] in _OWNERS
            if is_before and _WAYS_IN.isdisjoint(units.words[row + 1 : row + 3]):
                found |= side[0] & self._mask
        return found

    def lend(
        self,
        found: Iterable[tuple[int, Units, list[Found]]],
        sentences: list[Sentence],
        sections: tuple[Section, ...],
    ) -> None:
        """Give the diagnoses of an operation its side, where the procedure names one and the note no other.

        'PROCEDURE: left knee arthroscopy' makes the 'medial meniscus tear' of its diagnoses a left one.
        """
        side = self._named
        if side.bit_count() != 1 or side != self._said:
            return
        for row, _, matches in found:
            if sections[sentences[row].section].kind in _TAKING:
                for match in matches:
                    if not match.attributes & self._mask:
                        match.attributes |= side
