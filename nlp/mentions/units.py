"""The units of a sentence: its words after expansion, as the mention finder reads them."""

from dataclasses import dataclass
from enum import IntEnum

from codesets.index.attributes import attribute_table
from codesets.index.expansion import ContextTest
from codesets.index.lexicon import Lexicon
from codesets.index.words import stem, stop_words
from nlp.tokens import Tokens
from nlp.types import Sentence


class UnitKind(IntEnum):
    """What a unit is to the finder; words fill a core, words and breaks keep words apart, a barrier divides."""

    WORD = 0
    FUNCTION = 1
    CONJUNCTION = 2
    BREAK = 3
    ATTRIBUTE = 4
    BARRIER = 5


_CONJUNCTIONS = frozenset({"and", "or", "&", "/", "nor", "plus"})
_SIDES = {"L": "left", "R": "right", "Lt": "left", "Rt": "right"}
_DASHES = frozenset({"-", "–", "—"})
_BARRIERS = frozenset({"history", "without", "denies", "denied", "negative", "absent", "no", "not"})
_SILENT = frozenset({"-", "'", "’", "–", '"', "“", "”", "*", "_", "•", "%", "+"})


@dataclass(slots=True)
class Units:
    """Parallel lists, one entry per unit.

    `words` are the folded words after expansion, `stems` are stem ids (-1 unknown), `attributes` the bits that an
    attribute phrase sets, `first` and `last` the tokens it stands for (`last` excluded), `corrected` the units whose
    spelling was mended. `clauses` counts the breaks before a unit; `positions` maps a stem id to the units that
    hold it.
    """

    words: list[str]
    kinds: list[UnitKind]
    stems: list[int]
    attributes: list[int]
    first: list[int]
    last: list[int]
    clauses: list[int]
    corrected: set[int]
    positions: dict[int, list[int]]


class UnitReader:
    """Turns the tokens of a sentence into units."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._info: dict[str, tuple[UnitKind, int]] = {}

    def read(self, tokens: Tokens, sentence: Sentence, in_context: ContextTest) -> Units:
        """Return the units of a sentence; `in_context` decides on ambiguous short forms."""
        first, last = sentence.first, sentence.last
        folded, written = tokens.folded[first:last], tokens.written[first:last]
        _spell_out_sides(folded, written)
        mended = self._mend(folded, written)
        expanded = self._lexicon.expander.expand(folded, written, in_context)
        words = [word for word, _, _ in expanded]
        units = Units(
            words,
            [],
            [],
            [0] * len(words),
            [first + start for _, start, _ in expanded],
            [first + end for _, _, end in expanded],
            [],
            {row for row, (_, start, _) in enumerate(expanded) if start in mended} if mended else set(),
            {},
        )
        info, short_forms = self._info, self._lexicon.short_forms
        clause = 0
        for row, (word, start, end) in enumerate(expanded):
            kind, stem_id = info.get(word) or self._look_up(word)
            if word in short_forms and end == start + 1:
                short_form = self._lexicon.short_form(written[start], word)
                if short_form >= 0:
                    if stem_id >= 0:
                        units.positions.setdefault(stem_id, []).append(row)
                    kind, stem_id = UnitKind.WORD, short_form
            elif word in _DASHES and _stands_apart(tokens, first + start):
                kind = UnitKind.BREAK
            if kind is UnitKind.BREAK:
                clause += 1
            units.clauses.append(clause)
            units.kinds.append(kind)
            units.stems.append(stem_id)
        joined = [row for row, word in enumerate(words) if word not in _DASHES or units.kinds[row] is UnitKind.BREAK]
        for start, end, bit in attribute_table().find([words[row] for row in joined]):
            for row in range(joined[start], joined[end - 1] + 1):
                units.kinds[row] = UnitKind.ATTRIBUTE
                units.stems[row] = -1
                units.attributes[row] |= bit
        for row, stem_id in enumerate(units.stems):
            if stem_id >= 0:
                units.positions.setdefault(stem_id, []).append(row)
        return units

    def _look_up(self, word: str) -> tuple[UnitKind, int]:
        known = self._classify(word)
        if len(self._info) < 20_000:
            self._info[word] = known
        return known

    def _classify(self, word: str) -> tuple[UnitKind, int]:
        if word in _CONJUNCTIONS:
            return UnitKind.CONJUNCTION, -1
        if word in _SILENT:
            return UnitKind.FUNCTION, -1
        if word in _BARRIERS:
            return UnitKind.BARRIER, self._lexicon.stem_ids.get(stem(word), -1)
        if word in stop_words():
            return UnitKind.FUNCTION, self._lexicon.stem_ids.get(word, -1)
        if word[0] == "^":
            return UnitKind.WORD, self._lexicon.stem_ids.get(word, -1)
        if not word[0].isalnum():
            return UnitKind.BREAK, -1
        return UnitKind.WORD, self._lexicon.stem_ids.get(stem(word), -1)

    def _mend(self, folded: list[str], written: list[str]) -> set[int]:
        """Correct misspelled words in place and return their positions; a name keeps its spelling."""
        mended = set()
        for at, word in enumerate(folded):
            is_name = at > 0 and written[at][0].isupper() and not written[at].isupper()
            correct = None if is_name else self._lexicon.correct(word)
            if correct is not None:
                folded[at] = correct
                mended.add(at)
        return mended


def _spell_out_sides(folded: list[str], written: list[str]) -> None:
    """Replace a capital L or R before a word by its side ('L calf pain'), not behind a number ('2 L via mask')."""
    for at, word in enumerate(written[:-1]):
        if word in _SIDES and written[at + 1].isalpha() and len(written[at + 1]) > 1:
            behind_number = at > 0 and written[at - 1][0].isdigit()
            if not behind_number:
                folded[at] = _SIDES[word]


def _stands_apart(tokens: Tokens, at: int) -> bool:
    """Tell whether a dash has white space before it: then it separates, else it joins."""
    return at > 0 and tokens.starts[at] > tokens.ends[at - 1]
