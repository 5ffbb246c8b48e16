"""Measures what the encoder would change on labelled notes.

python -m training.encoder.effect --model build/encoder

Part 1 reads the runs of words in concluding sections that no mention covers and no cue denies, and asks the encoder
and, for comparison, the lexical search for the code of each: how many codes of the label are gained that are no
candidates today, and how many others come with them. Part 2 gives the ranker the similarity of a candidate's words
and its title as one more feature and cross-validates both. No figure of it is on notes that nobody tuned on.
"""

import argparse
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold

from codesets.icd10cm.release import IcdRelease
from codesets.registry import CodeSets
from codesets.types import Code, CodeSystem
from coding.desk import Desk
from coding.ranking.plain import PlainRanker
from coding.suggest import Suggester
from coding.types import Candidate
from eval.day import DAY
from eval.goldnotes.read import GoldNote
from nlp.assertion.asserter import Asserter
from nlp.mentions.phrases import content_words
from nlp.tokens import Tokens, tokenize, uniform_lines
from nlp.types import AssertionKind, Note, Reading, Sentence
from training.encoder.pairs import concept_codes
from training.encoder.quantized import Encoder, Vectors
from training.forest import SEED, Growth, fit_trees
from training.notes import transcribed_notes, written_notes
from training.ranker import Rows, make_rows
from training.sources import own_wordings

_CONCLUDING = frozenset(
    (
        "assessment",
        "assessment_plan",
        "discharge_diagnosis",
        "admission_diagnosis",
        "preop_diagnosis",
        "postop_diagnosis",
        "chief_complaint",
        "indication",
    )
)
_MAX_WORDS = 5
_LEAST_CHARS = 3
_STEPS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
_FEATURE = "likeness"
_FOLDS = 5
_DRAWS = 8
_GROWTH = Growth(rounds=300, leaves=8, rate=0.04, columns=0.3)

Span = tuple[int, int]
Links = Callable[[Sequence[str]], list[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words that no mention covers: its offsets, and the tokens `first` to `last` of its sentence."""

    start: int
    end: int
    first: int
    last: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code for words that the lexicon does not know: how sure, and what the label makes of it."""

    score: float
    gained: bool
    category: bool
    known: bool


def windows(reading: Reading, tokens: Tokens, *, whole: bool) -> Iterator[Window]:
    """Yield the runs of one to five uncovered content words in the concluding sections; `whole`: no part of a run."""
    words = content_words(tokens, reading.sentences)
    taken = [False] * len(tokens)
    spans = [(m.start, m.end) for m in reading.mentions] + [(f.start, f.end) for f in reading.facts]
    for start, stop in spans:
        low, high = bisect_left(tokens.starts, start), bisect_left(tokens.starts, stop)
        taken[low:high] = [True] * (high - low)

    def goes_on(at: int) -> bool:
        """Tell whether a word belongs to the run of the word before it."""
        between = taken[words.tokens[at - 1] : words.tokens[at] + 1] if 0 < at < len(words.tokens) else [True]
        return not any(between) and words.clauses[at] == words.clauses[at - 1]

    for at, first in enumerate(words.tokens):
        sentence = reading.sentences[words.sentences[at]]
        kind = reading.sections[sentence.section].kind
        is_head = not taken[first] and tokens.written[first][:1].isalpha() and not (whole and goes_on(at))
        if kind not in _CONCLUDING or not is_head:
            continue
        for end in range(at, at + _MAX_WORDS):
            last = words.tokens[end] + 1
            ends = not goes_on(end + 1)
            if tokens.ends[last - 1] - tokens.starts[first] > _LEAST_CHARS and (ends or not whole):
                yield Window(tokens.starts[first], tokens.ends[last - 1], first, last, sentence)
            if ends:
                break


def is_present(reading: Reading, tokens: Tokens, window: Window, asserter: Asserter) -> bool:
    """Tell whether the note states the words as they are, by the cues around them."""
    section, year = reading.sections[window.sentence.section], reading.note.date_of_service.year
    span = (window.first, window.last)
    return asserter.assert_mentions(tokens, window.sentence, section, [span], year)[0].kind is AssertionKind.PRESENT


class Catalogue:
    """The billable codes by their ways to be said: title, inclusion terms, aliases; an injury by its first visit."""

    def __init__(self, release: IcdRelease, encoder: Encoder) -> None:
        concepts = concept_codes(release)
        inner = {release.parent(v) for v in concepts}
        leaves = {v: _billable(release, v) for v in concepts if v not in inner}
        wordings = [(release.title(v), v) for v in leaves]
        wordings += [(w.text, w.code) for w in own_wordings(release) if w.code in leaves]
        self._encoder = encoder
        self._codes = [Code(CodeSystem.ICD10CM, leaves[v]).display for _, v in wordings]
        self._vectors = encoder([text for text, _ in wordings])

    def __len__(self) -> int:
        return len(self._codes)

    def nearest(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """Return the nearest code of each text and its similarity."""
        alike = self._encoder(texts) @ self._vectors.T
        best = alike.argmax(axis=1)
        return [(self._codes[i], float(row[i])) for i, row in zip(best.tolist(), alike, strict=True)]


def _billable(release: IcdRelease, value: str) -> str:
    return value if release.is_billable(value) else min(v for v in release.below(value) if release.is_billable(v))


def lexical(desk: Desk) -> Links:
    """Return what finds the code of each text by the lexical search."""

    def found(texts: Sequence[str]) -> list[tuple[str, float]]:
        hits = [desk.search.search(t, 1) for t in texts]
        return [(Code(CodeSystem.ICD10CM, h[0].code).display, h[0].score) if h else ("", 0.0) for h in hits]

    return found


def propose(
    gold: GoldNote, suggester: Suggester, links: Links, asserter: Asserter, *, whole: bool
) -> tuple[list[Proposal], float]:
    """Return the proposals for a note, each code once, and the seconds of processor time that linking took."""
    desk = suggester.desk(gold.note.date_of_service)
    reading, tokens = desk.reader.read(gold.note), tokenize(uniform_lines(gold.note.text))
    asked = list(windows(reading, tokens, whole=whole))
    if not asked:
        return [], 0.0
    started = time.process_time()
    found = links([gold.note.text[w.start : w.end] for w in asked])
    spent = time.process_time() - started
    today = {c.code.display for c in suggester.candidates(gold.note)}
    final = {c.code for c in gold.label.codes}
    missing = {c[:3] for c in final} - {c[:3] for c in today}
    best: dict[str, Proposal] = {}
    held: list[Window] = []
    for window, (code, score) in sorted(zip(asked, found, strict=True), key=lambda x: (-x[1][1], x[0].start)):
        if score < _STEPS[0]:
            break
        if any(window.start < h.end and h.start < window.end for h in held):
            continue
        held.append(window)
        if code not in best and is_present(reading, tokens, window, asserter):
            best[code] = Proposal(score, code in final, code[:3] in missing, code in today)
    return list(best.values()), spent


def reachable(gold: GoldNote, suggester: Suggester) -> tuple[int, int]:
    """Return how many codes of the label are no candidates, and how many of them have words among the windows."""
    desk = suggester.desk(gold.note.date_of_service)
    reading, tokens = desk.reader.read(gold.note), tokenize(uniform_lines(gold.note.text))
    asked = list(windows(reading, tokens, whole=False))
    today = {c.code.display for c in suggester.candidates(gold.note)}
    missed = [c for c in gold.label.codes if c.code not in today]
    return len(missed), sum(any(w.start < e and s < w.end for w in asked for s, e in c.evidence) for c in missed)


class WithLikeness(Suggester):
    """A suggester whose candidates carry how alike their words and their title are, to the encoder."""

    def __init__(self, code_sets: CodeSets, encoder: Encoder) -> None:
        super().__init__(code_sets, PlainRanker())
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def candidates(self, note: Note) -> tuple[Candidate, ...]:
        """Return the candidates with the highest similarity of any of their words to the title."""
        found = super().candidates(note)
        texts = {t for c in found for t in (c.display, *(e.text for e in c.evidence))} - self._known.keys()
        self._known.update(zip(texts, self._encoder(list(texts)), strict=True))
        return tuple(replace(c, features=c.features | {_FEATURE: self._likeness(c)}) for c in found)

    def _likeness(self, candidate: Candidate) -> float:
        title = self._known[candidate.display]
        return max(float(self._known[e.text] @ title) for e in candidate.evidence)


def cross_validated(rows: Rows, notes: int, wanted: int, columns: Sequence[int], seed: int) -> float:
    """Return the best micro-F1 on whole notes of scores by trees that did not see the note."""
    table, scores = rows.table[:, columns], np.zeros(len(rows.kept))
    for train, test in KFold(_FOLDS, shuffle=True, random_state=seed).split(np.arange(notes)):
        inside, outside = np.isin(rows.note, train), np.isin(rows.note, test)
        scores[outside] = fit_trees(table[inside], rows.kept[inside], _GROWTH).predict_proba(table[outside])[:, 1]
    whole = rows.whole
    hits: NDArray[np.int_] = np.cumsum(rows.kept[whole][np.argsort(-scores[whole], kind="stable")])
    return float((2 * hits / (np.arange(1, len(hits) + 1) + wanted)).max())


def print_gains(name: str, proposals: Sequence[Proposal], milliseconds: float) -> None:
    """Print what is gained and what comes with it, at each least score."""
    print(f"{name}: {milliseconds:.1f} ms a note\n score  gained  of a missed category  wrong  candidates already")
    for step in _STEPS:
        new = [p for p in proposals if p.score >= step]
        gained = sum(p.gained and not p.known for p in new)
        wrong = sum(not p.gained and not p.known for p in new)
        category = sum(p.category and not p.known for p in new)
        print(f" >={step:.2f} {gained:6d} {category:10d} {wrong:20d} {sum(p.known for p in new):8d}", flush=True)


def main() -> None:
    """Print both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("build/encoder"))
    parser.add_argument("--part", type=int, choices=(1, 2), action="append")
    options = parser.parse_args()
    encoder = Encoder(options.model)
    notes = [*written_notes(), *transcribed_notes()]
    code_sets = CodeSets.open()
    if 1 in (options.part or (1, 2)):
        suggester, asserter = Suggester(code_sets, PlainRanker()), Asserter()
        desk = suggester.desk(DAY)
        catalogue = Catalogue(desk.lexicon.release, encoder)
        counts = [reachable(g, suggester) for g in notes]
        print(f"{len(notes)} notes; {sum(m for m, _ in counts)} codes of the labels are no candidates, ", end="")
        print(f"{sum(r for _, r in counts)} with words in a run; {len(catalogue)} wordings in the catalogue")
        for name, links, whole in (
            ("encoder, whole runs", catalogue.nearest, True),
            ("lexical search, whole runs", lexical(desk), True),
            ("encoder, runs and their parts", catalogue.nearest, False),
        ):
            found = [propose(g, suggester, links, asserter, whole=whole) for g in notes]
            spent = sum(s for _, s in found) / len(notes) * 1000
            print_gains(name, [p for proposals, _ in found for p in proposals], spent)
    if 2 in (options.part or (1, 2)):
        rows = make_rows(notes, WithLikeness(code_sets, encoder))
        wanted = sum(len(g.label.codes) for g in notes)
        every = range(len(rows.features))
        without = [i for i in every if rows.features[i] != _FEATURE]
        pairs = [
            [cross_validated(rows, len(notes), wanted, columns, SEED + draw) for columns in (without, every)]
            for draw in range(_DRAWS)
        ]
        gains = [b - a for a, b in pairs]
        print(f"ranker, {_FOLDS} folds, {_DRAWS} draws: F1 without {np.mean([a for a, _ in pairs]):.4f}, ", end="")
        print(f"with {np.mean([b for _, b in pairs]):.4f}; gain {np.mean(gains):+.4f} ± {np.std(gains):.4f}")


if __name__ == "__main__":
    main()
