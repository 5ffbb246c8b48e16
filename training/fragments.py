"""Single sentences of labelled notes as notes of their own, so that a ranker also knows notes without structure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from coding.types import Candidate
from eval.goldnotes.read import GoldNote
from nlp.sections.finder import find_sections
from nlp.sentences.splitter import split_sentences
from nlp.tokens import tokenize, uniform_lines
from nlp.types import Note


@dataclass(frozen=True, slots=True)
class Fragment:
    """A sentence as a note, and the codes whose evidence lies in it: final ones, and those that must not be coded."""

    note: Note
    final: frozenset[str]
    traps: frozenset[str]


def fragments(gold: GoldNote) -> Iterator[Fragment]:
    """Yield the sentences that hold evidence of a final code."""
    text = uniform_lines(gold.note.text)
    tokens = tokenize(text)
    for sentence in split_sentences(tokens, find_sections(text)):
        start, end = tokens.starts[sentence.first], tokens.ends[sentence.last - 1]

        def inside(spans: tuple[tuple[int, int], ...], start: int = start, end: int = end) -> bool:
            return any(start <= low and high <= end for low, high in spans)

        final = frozenset(c.code for c in gold.label.codes if inside(c.evidence))
        traps = frozenset(t.code for t in gold.label.traps if inside(t.evidence))
        if final:
            yield Fragment(replace(gold.note, text=gold.note.text[start:end]), final, traps)


def outcome(fragment: Fragment, candidate: Candidate, candidates: tuple[Candidate, ...]) -> bool | None:
    """Return whether a coder who sees only the fragment keeps the candidate, or None where that is not known.

    A symptom is kept where no disease stands beside it (I.B.4).
    """
    code = candidate.code.display
    if code in fragment.final:
        return True
    if code[0] == "R" and all(c.code.value[0] in "RVWXYZ" for c in candidates):
        return True
    return False if code in fragment.traps else None
