"""Reads the facts of a note: one look-up a token decides which sentences are worth reading."""

from nlp.facts.drugs import DrugReader
from nlp.facts.labs import LabReader
from nlp.facts.measures import MeasureReader
from nlp.facts.operations import OperationReader
from nlp.facts.tobacco import TobaccoReader
from nlp.protocols import AssertsMentions
from nlp.tokens import Tokens
from nlp.types import Fact, FactKind, Section, Sentence

_Draft = tuple[int, int, FactKind, str, str]


class FactReader:
    """Finds drugs, measures, laboratory values, tobacco and operations. Stateless between notes."""

    def __init__(self, asserter: AssertsMentions) -> None:
        self._asserter = asserter
        self._drugs = DrugReader()
        self._tobacco = TobaccoReader()
        self._measures = MeasureReader()
        self._operations = OperationReader()
        self._labs = LabReader()
        self._drug_heads = self._drugs.names.heads
        self._heads = self._drug_heads | self._tobacco.heads | self._measures.heads | self._operations.heads
        self._heads |= self._labs.heads

    def read(
        self, tokens: Tokens, sentences: list[Sentence], sections: tuple[Section, ...], year: int | None
    ) -> list[Fact]:
        """Return the facts in note order."""
        facts: list[Fact] = []
        for row, sentence in enumerate(sentences):
            section = sections[sentence.section]
            drafts = self._drafts(tokens, sentence, section.kind)
            if not drafts:
                continue
            drafts.sort(key=lambda draft: draft[:2])
            spans = [(first, last) for first, last, *_ in drafts]
            asserted = self._asserter.assert_mentions(tokens, sentence, section, spans, year)
            facts += [
                Fact(tokens.starts[first], tokens.ends[last - 1], section.kind, row, kind, name, value, assertion)
                for (first, last, kind, name, value), assertion in zip(drafts, asserted, strict=True)
            ]
        return facts

    def _drafts(self, tokens: Tokens, sentence: Sentence, section: str) -> list[_Draft]:
        first, last = sentence.first, sentence.last
        words = tokens.folded[first:last]
        drafts: list[_Draft] = []
        if self._heads.isdisjoint(words):
            return drafts
        if not self._drug_heads.isdisjoint(words):
            uses = self._drugs.read(tokens, first, last, section)
            drafts += [(u.first, u.last, FactKind.DRUG, u.drug.name, u.role.value) for u in uses]
        if not self._tobacco.heads.isdisjoint(words):
            for start, end, product, status in self._tobacco.read(tokens, first, last):
                drafts.append((start, end, FactKind.TOBACCO, product, status))
        if not self._measures.heads.isdisjoint(words):
            for start, end, kind, value in self._measures.read(tokens, first, last):
                drafts.append((start, end, kind, kind.value, value))
        if not self._operations.heads.isdisjoint(words):
            for start, end, name, side in self._operations.read(tokens, first, last):
                drafts.append((start, end, FactKind.OPERATION, name, side))
        if not self._labs.heads.isdisjoint(words):
            for start, end, analyte, value in self._labs.read(tokens, first, last):
                drafts.append((start, end, FactKind.LAB, analyte, value))
        return drafts
