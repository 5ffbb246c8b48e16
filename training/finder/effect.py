"""Measures whether the finder sees evidence that the lexicon does not, and whether a code can be found for it.

python -m training.finder.effect --model build/finder

It is measured on the labelled notes that it did not learn from. A span is right where it overlaps the evidence of
a code or of a trap of the label. A perfect finder, which sees all evidence and nothing else, shows how much there is
to gain at most.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from codesets.registry import CodeSets
from codesets.types import Code, CodeSystem
from coding.ranking.plain import PlainRanker
from coding.suggest import Suggester
from eval.goldnotes.read import GoldNote
from nlp.assertion.asserter import Asserter
from nlp.tokens import tokenize, uniform_lines
from nlp.types import AssertionKind, Reading
from training.encoder.effect import Proposal, Span, print_gains
from training.finder.fit import halves, open_finder

_BEAM = 8
_SCORES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95)
_QUALITIES = (0.0, 0.7, 0.85, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Seen:
    """What both see in a note, with scores, and where the evidence of its codes and of its traps lies."""

    lexicon: list[tuple[Span, float]]
    finder: list[tuple[Span, float]]
    codes: list[Span]
    traps: list[Span]

    def added(self, least: float) -> list[Span]:
        """Return the finder's spans that overlap no mention."""
        mentions = [m for m, _ in self.lexicon]
        return [s for s, score in self.finder if score >= least and not _meets(s, mentions)]

    def perfect(self) -> list[Span]:
        """Return the evidence of codes and traps that overlaps no mention."""
        mentions = [m for m, _ in self.lexicon]
        return [s for s in dict.fromkeys((*self.codes, *self.traps)) if not _meets(s, mentions)]


@dataclass(frozen=True, slots=True)
class Figures:
    """How many spans there are, the share that is right, and the share of the codes' evidence that they meet."""

    spans: int
    precision: float
    recall: float

    def __str__(self) -> str:
        return f"{self.spans:6d} spans  precision {self.precision:.3f}  recall of evidence {self.recall:.3f}"


def find(finder: Language, text: str) -> list[tuple[Span, float]]:
    """Return the spans of the greedy reading with the share of the beam that holds them."""
    ner: Any = finder.get_pipe("ner")
    doc = finder(text)
    shares: dict[Span, float] = defaultdict(float)
    if doc.ents:
        (beam,) = ner.beam_parse([finder.make_doc(text)], beam_width=_BEAM, beam_density=0.01)
        for share, entities in ner.moves.get_beam_parses(beam):
            for first, last, _ in entities:
                shares[first, last] += share
    return [((e.start_char, e.end_char), shares[e.start, e.end]) for e in doc.ents]


def figures(notes: Sequence[Seen], spans: Sequence[Sequence[Span]]) -> Figures:
    """Return the figures of spans, given per note."""
    right = sum(_meets(s, [*n.codes, *n.traps]) for n, found in zip(notes, spans, strict=True) for s in found)
    met = sum(_meets(s, found) for n, found in zip(notes, spans, strict=True) for s in n.codes)
    total = sum(map(len, spans))
    return Figures(total, right / max(1, total), met / sum(len(n.codes) for n in notes))


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def propose(gold: GoldNote, reading: Reading, spans: Sequence[Span], suggester: Suggester) -> list[Proposal]:
    """Return what the search makes of the spans that the note states as present, each code once."""
    tokens, asserter = tokenize(uniform_lines(gold.note.text)), Asserter()
    search = suggester.desk(gold.note.date_of_service).search
    today = {c.code.display for c in suggester.candidates(gold.note)}
    final = {c.code for c in gold.label.codes}
    missing = {c[:3] for c in final} - {c[:3] for c in today}
    best: dict[str, Proposal] = {}
    for start, end in spans:
        rows = [i for i, (s, e) in enumerate(zip(tokens.starts, tokens.ends, strict=True)) if s < end and start < e]
        sentence = next((x for x in reading.sentences if rows and x.first <= rows[0] and rows[-1] < x.last), None)
        hits = search.search(gold.note.text[start:end], 1)
        if sentence is None or not hits:
            continue
        section, span = reading.sections[sentence.section], (rows[0], rows[-1] + 1)
        year = gold.note.date_of_service.year
        if asserter.assert_mentions(tokens, sentence, section, [span], year)[0].kind is AssertionKind.PRESENT:
            code = Code(CodeSystem.ICD10CM, hits[0].code).display
            new = Proposal(hits[0].score, code in final, code[:3] in missing, code in today)
            best[code] = max(best.get(code, new), new, key=lambda p: p.score)
    return list(best.values())


def print_spans(notes: Sequence[Seen]) -> None:
    """Print what the lexicon, the finder, and both see, at each least quality or score."""
    for least in _QUALITIES:
        print(f"lexicon >={least:.2f}", figures(notes, [[s for s, q in n.lexicon if q >= least] for n in notes]))
    if not any(n.finder for n in notes):
        return
    for least in _SCORES:
        print(f"finder  >={least:.2f}", figures(notes, [[s for s, q in n.finder if q >= least] for n in notes]))
    for least in _SCORES:
        added = [n.added(least) for n in notes]
        both = [[*(m for m, _ in n.lexicon), *x] for n, x in zip(notes, added, strict=True)]
        print(f"added   >={least:.2f}", figures(notes, added))
        print(f"both    >={least:.2f}", figures(notes, both))


def main() -> None:
    """Print the spans of both, then what the spans that the lexicon lacks would change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="without it, the lexicon and a perfect finder alone, on all notes")
    options = parser.parse_args()
    suggester = Suggester(CodeSets.open(), PlainRanker())
    finder = open_finder(options.model) if options.model else None
    learned_from, others = halves()
    notes: list[Seen] = []
    labelled: list[tuple[GoldNote, Reading]] = []
    spent = 0.0
    for gold in others if finder else [*learned_from, *others]:
        reading = suggester.desk(gold.note.date_of_service).reader.read(gold.note)
        mentions = [((m.start, m.end), m.quality) for m in reading.mentions]
        codes = [e for c in gold.label.codes for e in c.evidence]
        traps = [e for t in gold.label.traps for e in t.evidence]
        notes.append(Seen(mentions, find(finder, gold.note.text) if finder else [], codes, traps))
        labelled.append((gold, reading))
        if finder:
            started = time.process_time()
            finder(gold.note.text)
            spent += time.process_time() - started
    milliseconds = spent / len(notes) * 1000
    print(f"{len(notes)} notes")
    print_spans(notes)
    of_perfect = [n.perfect() for n in notes]
    print("added by a perfect finder", figures(notes, of_perfect))
    choices = [(f"added >={least:.2f}", [n.added(least) for n in notes]) for least in (0.0, 0.8, 0.95) if finder]
    for name, spans in (("added by a perfect finder", of_perfect), *choices):
        found = [propose(g, r, s, suggester) for (g, r), s in zip(labelled, spans, strict=True)]
        print_gains(f"{name}, linked by search", [p for x in found for p in x], milliseconds)


if __name__ == "__main__":
    main()
