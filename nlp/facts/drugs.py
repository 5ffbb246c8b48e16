"""Drugs in a sentence and what is said of their use.

Drugs joined by commas, 'and' or a slash are one group: the words before its first and after its last hold for all
('allergic to penicillin (hives) and sulfa'). A cue counts inside its clause only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codesets.drugs import Drug, read_drugs
from nlp.facts.cues import PRECEDENCE, DrugRole, drug_cues
from nlp.facts.phrases import PhraseTable
from nlp.facts.words import word_sets
from nlp.tokens import Tokens

_BEFORE = 6
_AFTER = 8
_DOSE = re.compile(r"\d{2,3}(?:mg|mcg)?\Z|\d\.\d+\Z")
_REPEATED = frozenset({"daily", "weekly", "biweekly", "monthly", "nightly"})
_DAYS = re.compile(r"x\d{1,2}d?\Z")


@dataclass(frozen=True, slots=True)
class DrugUse:
    """A drug at the tokens `first` to `last` (`last` excluded) and its role."""

    first: int
    last: int
    drug: Drug
    role: DrugRole


class DrugReader:
    """Finds drugs by one look-up a token."""

    def __init__(self) -> None:
        self.names: PhraseTable[Drug] = PhraseTable((n, drug) for drug in read_drugs() for n in drug.names)
        self._cues = drug_cues()
        words = word_sets("drug_words.tsv")
        self._ends, self._joins, self._filler = words["ends"], words["joins"], words["filler"]
        self._leads, self._allergic, self._not_allergic = words["leads"], words["allergic"], words["not_allergic"]

    def read(self, tokens: Tokens, first: int, last: int, section: str) -> list[DrugUse]:
        """Return the drugs of the tokens `first` to `last` with what is said of each."""
        found = self.names.all_in(tokens.folded, first, last)
        uses: list[DrugUse] = []
        for group in self._groups(tokens.folded, found):
            edge = uses[-1].last if uses else first
            stop = next((s for s, _, _ in found if s > group[-1][0]), last)
            uses += self._uses(tokens.folded, group, edge, stop, section)
        return uses

    def _uses(
        self, folded: Sequence[str], group: list[tuple[int, int, Drug]], edge: int, stop: int, section: str
    ) -> list[DrugUse]:
        shared = self._before(folded, edge, group[0][0])
        shared |= self._after(folded, group[-1][1], stop) - {DrugRole.SHORT}
        uses = []
        for place, (start, end, drug) in enumerate(group):
            until = group[place + 1][0] if place + 1 < len(group) else stop
            roles = shared | self._after(folded, end, until)
            if DrugRole.ONCE in roles and not _REPEATED.isdisjoint(folded[end : min(until, end + _AFTER)]):
                roles -= {DrugRole.ONCE}
            role = min(roles, key=PRECEDENCE.__getitem__) if roles else DrugRole.NAMED
            if section == "allergies":
                role = self._in_allergies(folded, (edge, start, end, until), role)
            elif section == "medications" and PRECEDENCE[role] > PRECEDENCE[DrugRole.CURRENT]:
                role = DrugRole.CURRENT
            uses.append(DrugUse(start, end, drug, role))
        return uses

    def _before(self, folded: Sequence[str], edge: int, start: int) -> set[DrugRole]:
        low = max(edge, start - _BEFORE)
        for place in range(start - 1, low - 1, -1):
            if folded[place] in self._ends and not (folded[place] == ":" and place >= start - 1):
                low = place + 1
                break
        return {
            role
            for _, end, role in self._cues.before.all_in(folded, low, start)
            if role is not DrugRole.CAUSE or self._filler.issuperset(folded[end:start])
        }

    def _after(self, folded: Sequence[str], end: int, stop: int) -> set[DrugRole]:
        high = min(stop, end + _AFTER)
        end += end < high and folded[end] == ":"
        for place in range(end, high):
            if folded[place] in self._ends:
                high = place
                break
        roles = {
            role
            for _, stop, role in self._cues.after.all_in(folded, end, high)
            if role is not DrugRole.ALLERGY or stop >= high or folded[stop] != "to"
        }
        if end < high and _DOSE.match(folded[end]):
            roles.add(DrugRole.CURRENT)
        if any(_DAYS.match(word) for word in folded[end:high]):
            roles.add(DrugRole.SHORT)
        return roles

    def _groups(self, folded: Sequence[str], found: list[tuple[int, int, Drug]]) -> list[list[tuple[int, int, Drug]]]:
        """Return the drugs in groups that nothing but commas, conjunctions and words in parentheses part."""
        groups: list[list[tuple[int, int, Drug]]] = []
        for hit in found:
            if groups and self._joined(folded, groups[-1][-1][1], hit[0]):
                groups[-1].append(hit)
            else:
                groups.append([hit])
        return groups

    def _joined(self, folded: Sequence[str], end: int, start: int) -> bool:
        depth = 0
        for word in folded[end:start]:
            depth += (word in "([") - (word in ")]")
            if depth == 0 and word not in self._joins and word not in ")]" and not word.isdigit():
                return False
        return depth == 0

    def _in_allergies(self, folded: Sequence[str], places: tuple[int, int, int, int], role: DrugRole) -> DrugRole:
        """Return what an entry of an allergy list is: an allergy, unless all that it names is a side effect.

        `places` are where the words before it begin, itself, and where the next entry starts. A drug amid prose is no
        entry.
        """
        edge, start, end, until = places
        if role in (DrugRole.OTHER, DrugRole.SIDE_EFFECT, DrugRole.NOT_TAKEN):
            return DrugRole.SIDE_EFFECT
        words = set(folded[end : min(until, end + _AFTER)])
        if words & self._allergic or role is DrugRole.ALLERGY:
            return DrugRole.ALLERGY
        if words & self._not_allergic:
            return DrugRole.SIDE_EFFECT
        listed = start == edge or folded[start - 1] in self._leads or folded[start - 1].isdigit()
        return DrugRole.ALLERGY if listed else DrugRole.OTHER
