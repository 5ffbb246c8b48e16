"""How near suggestions come to the gold notes: codes, order, traps, evidence, and whether scores are honest."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from coding.types import Suggestion
from eval.goldnotes.coded import Coded
from eval.goldnotes.figures import BINS, Counts, Figure, calibration_error, f1, figure_of, macro, overlap, prf, share
from eval.goldnotes.services import is_service, service_figures

ASSERTED = ("negated", "uncertain", "historical", "family", "hypothetical", "conditional", "not_performed")


def measure(coded: Sequence[Coded]) -> dict[str, Figure]:
    """Return every figure by name, in the order in which they are printed."""
    return diagnosis_figures(coded) | service_figures(coded)


def diagnosis_figures(coded: Sequence[Coded]) -> dict[str, Figure]:
    """Return the figures of ICD-10-CM codes."""
    exact = [overlap(_gold(c), _found(c)) for c in coded]
    figures = prf("icd10cm exact", exact)
    figures |= prf("icd10cm category", [overlap(_cut(_gold(c)), _cut(_found(c))) for c in coded])
    figures |= macro("icd10cm macro", exact)
    for k in (5, 10):
        figures[f"recall@{k}"] = figure_of([_recall_at(c, k) for c in coded], share, 1)
    figures["first-listed"] = figure_of([_first(c) for c in coded], share, 1)
    figures["traps, assertion"] = figure_of([_traps(c, ASSERTED) for c in coded], share, 1)
    reasons = sorted({t.reason for c in coded for t in c.gold.label.traps if not is_service(t.code)})
    figures["traps, all"] = figure_of([_traps(c, reasons) for c in coded], share, 1)
    for reason in reasons:
        figures[f"trap {reason}"] = figure_of([_traps(c, [reason]) for c in coded], share, 1)
    figures["evidence overlap"] = figure_of([_evidence(c) for c in coded], share, 1)
    figures["calibration error"] = figure_of([_bins(c) for c in coded], calibration_error, 0)
    return figures


def gain_of_rules(on: Sequence[Coded], off: Sequence[Coded]) -> dict[str, Figure]:
    """Return by how much the rules raise the exact F1 of ICD-10-CM; both answers of a note are drawn together."""
    counts = [(*overlap(_gold(a), _found(a)), *overlap(_gold(b), _found(b))) for a, b in zip(on, off, strict=True)]
    return {"icd10cm exact F1, gain of the rules": figure_of(counts, _gain, 2)}


def _gain(sums: np.ndarray) -> np.ndarray:
    gain: np.ndarray = f1(sums[:, :3]) - f1(sums[:, 3:])
    return gain


def outcomes(coded: Sequence[Coded]) -> list[tuple[float, bool]]:
    """Return score and whether the code is a gold code, of every ICD-10-CM suggestion."""
    return [(s.score, s.code.display in _gold(c)) for c in coded for s in _listed(c)]


def errors_by_chapter(coded: Sequence[Coded]) -> dict[str, tuple[int, int, int]]:
    """Return (right, missed, wrong) ICD-10-CM codes by the first letter of the code."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for c in coded:
        gold, found = _gold(c), _found(c)
        for column, codes in enumerate((gold & found, gold - found, found - gold)):
            for code in codes:
                counts[code[0]][column] += 1
    return {letter: (row[0], row[1], row[2]) for letter, row in sorted(counts.items())}


def _gold(c: Coded) -> frozenset[str]:
    return c.gold_codes("icd10cm")


def _found(c: Coded) -> frozenset[str]:
    return c.found("icd10cm")


def _listed(c: Coded) -> list[Suggestion]:
    return c.listed("icd10cm")


def _cut(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(code[:3] for code in codes)


def _recall_at(c: Coded, k: int) -> Counts:
    gold = _gold(c)
    return float(sum(s.code.display in gold for s in _listed(c)[:k])), float(len(gold))


def _first(c: Coded) -> Counts:
    wanted = c.gold.label.first_listed
    if wanted is None:
        return 0.0, 0.0
    return float(any(s.first_listed and s.code.display == wanted for s in c.answer.suggestions)), 1.0


def _traps(c: Coded, reasons: Sequence[str]) -> Counts:
    found = _found(c)
    codes = [t.code for t in c.gold.label.traps if t.reason in reasons and not is_service(t.code)]
    return float(sum(code in found for code in codes)), float(len(codes))


def _evidence(c: Coded) -> Counts:
    spans = {x.code: x.evidence for x in c.gold.label.codes}
    right = [s for s in _listed(c) if s.code.display in spans]
    near = sum(
        any(e.start < end and start < e.end for e in s.evidence for start, end in spans[s.code.display])
        for s in right
    )
    return float(near), float(len(right))


def _bins(c: Coded) -> Counts:
    """Return per bin of the score: how many suggestions, how many are gold codes, the sum of their scores."""
    table = np.zeros((3, BINS))
    gold = _gold(c)
    for s in _listed(c):
        row = min(int(s.score * BINS), BINS - 1)
        table[:, row] += (1.0, s.code.display in gold, s.score)
    return tuple(table.ravel())
