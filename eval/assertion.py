"""How well assertions are decided on marked sentences: precision, recall and F1 of each kind.

Two shapes of file, told apart by the first line: the NegEx set (condition in capitals in its sentence, one row a
condition) and ours (`id TAB text` with `[words](label)` in place).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from codesets.errors import BadRequest
from nlp.assertion import Asserter
from nlp.tokens import Tokens, tokenize
from nlp.types import AssertionKind, Section, Sentence, Span

Figures = dict[str, float | int]

_MARK = re.compile(r"\[([^\[\]]+)\]\((\w+)\)")
_BREAK = re.compile(r"(?<=[.?!])[\"')]*\s+(?=[\"'(\[]*[A-Z0-9?*])")
_ABBREVIATED = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|vs|St|No|approx|Pt|pt|hx|Hx|dx|Dx|s\.p|[A-Z])|\d)\.$")
_HEADING = re.compile(r"\s*([A-Za-z][A-Za-z /&]{0,40}?)\s*:")
_HEADINGS = {
    "family history": "family",
    "family hx": "family",
    "fam hx": "family",
    "fhx": "family",
    "fh": "family",
    "fmh": "family",
    "past medical history": "pmh",
    "past medical hx": "pmh",
    "medical history": "pmh",
    "pmh": "pmh",
    "pmhx": "pmh",
    "past surgical history": "psh",
    "surgical history": "psh",
    "psh": "psh",
    "pshx": "psh",
    "allergies": "allergies",
    "allergy": "allergies",
    "all": "allergies",
    "adverse reactions": "allergies",
    "drug allergies": "allergies",
    "adr": "allergies",
    "discharge instructions": "instructions",
    "instructions": "instructions",
    "patient instructions": "instructions",
    "return precautions": "precautions",
    "precautions": "precautions",
    "consent": "consent",
    "informed consent": "consent",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the (start, end, label) of each marked finding, in code points of the text without the marks."""

    id: str
    text: str
    findings: tuple[tuple[int, int, str], ...]


def read_marked(line: str) -> Marked:
    """Return the text of an `id TAB text` line without its marks, and what they marked."""
    row, _, marked = line.partition("\t")
    text, findings, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        findings.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        at = match.end()
    return Marked(row, text + marked[at:], tuple(findings))


def read_negex(line: str) -> tuple[Marked, str, str]:
    """Return a row of the NegEx set as a negated or present finding, with its experiencer and temporality."""
    number, condition, text, negation, temporality, experiencer = line.rstrip("\n").split("\t")
    words = [re.escape(w) for w in condition.upper().split()]
    found = re.search(r"\s+".join(words), text) or re.search(r"\s+".join(words), text, re.IGNORECASE)
    if found is None:
        raise BadRequest(f"row {number}: the condition does not stand in its sentence")
    label = "negated" if negation == "Negated" else "present"
    return Marked(number, text, ((*found.span(), label),)), experiencer, temporality


def split(text: str, tokens: Tokens) -> Iterator[tuple[Section, Sentence]]:
    """Yield the sentences of a short text under its leading heading; nothing of it overlaps.

    Stands in for nlp.sections and nlp.sentences, so that the figures are of the assertions alone.
    """
    heading = _HEADING.match(text)
    kind = _HEADINGS.get(" ".join(heading[1].lower().split())) if heading else None
    if heading and kind:
        section = Section(kind, Span(heading.start(1), heading.end(1)), 0, len(text))
        start = heading.end()
    else:
        section, start = Section("unknown", None, 0, len(text)), 0
    ends = [m.end() for m in _BREAK.finditer(text) if not _ABBREVIATED.search(text, 0, m.start())]
    row = 0
    while row < len(tokens) and tokens.starts[row] < start:
        row += 1
    for end in (*ends, len(text)):
        first = row
        while row < len(tokens) and tokens.starts[row] < end:
            row += 1
        if first < row:
            yield section, Sentence(first, row, 0)


def assert_marked(asserter: Asserter, marked: Marked) -> list[AssertionKind]:
    """Return the kind decided for each marked finding, in order."""
    tokens = tokenize(marked.text)
    decided: dict[int, AssertionKind] = {}
    rows = []
    for start, end, _label in marked.findings:
        low = next(i for i in range(len(tokens)) if tokens.ends[i] > start)
        high = next((i for i in range(low, len(tokens)) if tokens.starts[i] >= end), len(tokens))
        rows.append((low, high))
    sentences = list(split(marked.text, tokens))
    for place, (section, sentence) in enumerate(sentences):
        last = sentence.last
        inside = [n for n, (low, _) in enumerate(rows) if sentence.first <= low < last]
        # A mark that runs over the end of a sentence is read with the sentence that it begins in.
        last = max([last, *(rows[n][1] for n in inside)])
        found = asserter.assert_mentions(
            tokens, Sentence(sentence.first, last, place), section, [rows[n] for n in inside]
        )
        decided.update({n: a.kind for n, a in zip(inside, found, strict=True)})
    return [decided.get(n, AssertionKind.PRESENT) for n in range(len(rows))]


def figures(pairs: Iterable[tuple[bool, bool]]) -> Figures:
    """Return precision, recall, F1 and the number of positives of (gold, decided) pairs."""
    counts = {(g, d): 0 for g in (True, False) for d in (True, False)}
    for gold, decided in pairs:
        counts[gold, decided] += 1
    hit, false, missed = counts[True, True], counts[False, True], counts[True, False]
    precision = hit / (hit + false) if hit + false else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "n": hit + missed}


_AXES = {
    "negation": "negated",
    "experiencer": "family",
    "historical": "historical",
    "uncertain": "uncertain",
    "hypothetical": "hypothetical",
    "conditional": "conditional",
    "present": "present",
}


def evaluate(path: Path) -> dict[str, Figures]:
    """Return the figures of each axis on a marked file or the NegEx set; raises BadRequest for another shape."""
    lines = path.read_text(encoding="utf-8").splitlines()
    asserter = Asserter()
    if lines and lines[0].lower().startswith("line number\t"):
        return _evaluate_negex(asserter, lines[1:])
    rows = [read_marked(line) for line in lines if line.strip() and not line.startswith("#")]
    if not any(row.findings for row in rows):
        raise BadRequest("no marked findings: expected `id TAB text` with [words](label), or the NegEx table")
    pairs = [
        (label, kind.value)
        for row in rows
        for (_, _, label), kind in zip(row.findings, assert_marked(asserter, row), strict=True)
    ]
    return {axis: figures((g == label, d == label) for g, d in pairs) for axis, label in _AXES.items()}


def _evaluate_negex(asserter: Asserter, lines: list[str]) -> dict[str, Figures]:
    rows = [read_negex(line) for line in lines if line.strip()]
    decided = [assert_marked(asserter, marked)[0] for marked, _, _ in rows]
    golds = [(m.findings[0][2] == "negated", who != "Patient", when == "Historical") for m, who, when in rows]
    kinds = (AssertionKind.NEGATED, AssertionKind.FAMILY, AssertionKind.HISTORICAL)
    return {
        axis: figures((gold[n], kind is kinds[n]) for gold, kind in zip(golds, decided, strict=True))
        for n, axis in enumerate(("negation", "experiencer", "historical"))
    }
