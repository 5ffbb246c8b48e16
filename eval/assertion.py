"""How well assertions are decided on marked sentences: precision, recall and F1 of each kind.

Two shapes of file, told apart by the first line: the NegEx set (condition in capitals in its sentence, one row a
condition) and ours (`id TAB text` with `[words](label)` in place).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from codesets.errors import BadRequest
from nlp.assertion import Asserter
from nlp.sections.finder import find_sections
from nlp.sentences.splitter import split_sentences
from nlp.tokens import Tokens, tokenize
from nlp.types import AssertionKind, Sentence

Figures = dict[str, float | int]

_MARK = re.compile(r"\[([^\[\]]+)\]\((\w+)\)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the (start, end, label) of each marked finding, in code points of the text without the marks."""

    id: str
    text: str
    findings: tuple[tuple[int, int, str], ...]


def read_marked(line: str) -> Marked:
    """Return the text of an `id TAB text` line without its marks, and what they marked.

    `\\n` stands for a line end.
    """
    row, _, marked = line.partition("\t")
    marked = marked.replace("\\n", "\n")
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
    pattern = r"\s+".join(re.escape(word) for word in condition.split())
    found = re.search(pattern.upper(), text) or re.search(pattern, text, re.IGNORECASE)
    label = "negated" if negation == "Negated" else "present"
    # A condition that runs over the ends of its sentence is all of the sentence.
    start, end = found.span() if found else (0, len(text))
    return Marked(number, text, ((start, end, label),)), experiencer, temporality


def assert_marked(asserter: Asserter, marked: Marked) -> list[AssertionKind]:
    """Return the kind decided for each marked finding, in order; headings and sentences are found as in a note."""
    tokens = tokenize(marked.text)
    sections = find_sections(marked.text)
    decided = [AssertionKind.PRESENT] * len(marked.findings)
    rows = [_rows(tokens, start, end) for start, end, _label in marked.findings]
    for sentence in split_sentences(tokens, sections):
        inside = [n for n, (low, _) in enumerate(rows) if sentence.first <= low < sentence.last]
        # A mark that runs over the end of a sentence is read with the sentence that it begins in.
        last = max([sentence.last, *(rows[n][1] for n in inside)])
        whole = Sentence(sentence.first, last, sentence.section)
        places = [rows[n] for n in inside]
        found = asserter.assert_mentions(tokens, whole, sections[sentence.section], places)
        for n, assertion in zip(inside, found, strict=True):
            decided[n] = assertion.kind
    return decided


def _rows(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Return the rows of the tokens from code point `start` to `end`."""
    low = bisect_right(tokens.ends, start)
    return low, max(low + 1, bisect_left(tokens.starts, end))


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
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadRequest("--data: the file cannot be read as UTF-8 text") from None
    asserter = Asserter()
    if lines and lines[0].lower().startswith("line number\t"):
        return _evaluate_negex(asserter, lines[1:])
    rows = [read_marked(line) for line in lines if line.strip() and not line.startswith("#")]
    if not any(row.findings for row in rows):
        raise BadRequest("--data: no marked findings: expected `id TAB text` with [words](label), or the NegEx table")
    pairs = [
        (label, kind.value)
        for row in rows
        for (_, _, label), kind in zip(row.findings, assert_marked(asserter, row), strict=True)
    ]
    return {axis: figures((g == label, d == label) for g, d in pairs) for axis, label in _AXES.items()}


def _evaluate_negex(asserter: Asserter, lines: list[str]) -> dict[str, Figures]:
    rows = []
    for number, line in enumerate(lines, 2):
        if line.strip():
            try:
                rows.append(read_negex(line))
            except ValueError:
                raise BadRequest(f"--data: line {number}: expected the six columns of the NegEx table") from None
    decided = [assert_marked(asserter, marked)[0] for marked, _, _ in rows]
    golds = [(m.findings[0][2] == "negated", who != "Patient", when == "Historical") for m, who, when in rows]
    kinds = (AssertionKind.NEGATED, AssertionKind.FAMILY, AssertionKind.HISTORICAL)
    return {
        axis: figures((gold[n], kind is kinds[n]) for gold, kind in zip(golds, decided, strict=True))
        for n, axis in enumerate(("negation", "experiencer", "historical"))
    }
