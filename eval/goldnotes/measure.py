"""How near suggestions come to the gold notes: codes, order, traps, evidence, and whether scores are honest."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coding.types import Answer, Suggestion
from eval.goldnotes.read import GoldNote
from eval.goldnotes.visits import nearness

ROUNDS = 1000
SEED = 20261122
_BINS = 10
ASSERTED = ("negated", "uncertain", "historical", "family", "hypothetical", "conditional", "not_performed")


@dataclass(frozen=True, slots=True)
class Coded:
    """A gold note and what was suggested for it."""

    gold: GoldNote
    answer: Answer


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure, the number of things it was taken over, and its 95 % bootstrap interval over notes."""

    value: float
    n: int
    low: float
    high: float

    def as_json(self) -> dict[str, float | int]:
        """Return the figure rounded to four decimals."""
        return {
            "value": round(self.value, 4),
            "n": self.n,
            "low": round(self.low, 4),
            "high": round(self.high, 4),
        }


Counts = tuple[float, ...]
"""What one note adds to a figure: summed over notes, a `Ratio` turns it into the value."""
Ratio = Callable[[np.ndarray], np.ndarray]


def measure(coded: Sequence[Coded]) -> dict[str, Figure]:
    """Return every figure by name, in the order in which they are printed."""
    figures: dict[str, Figure] = {}
    for system in ("icd10cm", "cpt", "hcpcs"):
        exact = [_overlap(_gold(c, system), _found(c, system)) for c in coded]
        figures |= _prf(f"{system} exact", exact)
        if system == "icd10cm":
            by_category = [_overlap(_cut(_gold(c, system)), _cut(_found(c, system))) for c in coded]
            figures |= _prf(f"{system} category", by_category)
            figures |= _macro(f"{system} macro", exact)
    visits = [nearness(_gold(c, "cpt"), _found(c, "cpt")) for c in coded]
    figures["visit level exact"] = _figure([(v[0], v[2]) for v in visits], _share, 1)
    figures["visit level within one"] = _figure([v[1:] for v in visits], _share, 1)
    for k in (5, 10):
        figures[f"recall@{k}"] = _figure([_recall_at(c, k) for c in coded], _share, 1)
    figures["first-listed"] = _figure([_first(c) for c in coded], _share, 1)
    figures["traps, assertion"] = _figure([_traps(c, ASSERTED) for c in coded], _share, 1)
    reasons = sorted({t.reason for c in coded for t in c.gold.label.traps})
    figures["traps, all"] = _figure([_traps(c, reasons) for c in coded], _share, 1)
    for reason in reasons:
        figures[f"trap {reason}"] = _figure([_traps(c, [reason]) for c in coded], _share, 1)
    figures["evidence overlap"] = _figure([_evidence(c) for c in coded], _share, 1)
    figures["calibration error"] = _figure([_bins(c) for c in coded], _calibration_error, 0)
    return figures


def outcomes(coded: Sequence[Coded]) -> list[tuple[float, bool]]:
    """Return score and whether the code is a gold code, of every ICD-10-CM suggestion."""
    return [(s.score, s.code.display in _gold(c, "icd10cm")) for c in coded for s in _listed(c, "icd10cm")]


def errors_by_chapter(coded: Sequence[Coded]) -> dict[str, tuple[int, int, int]]:
    """Return (right, missed, wrong) ICD-10-CM codes by the first letter of the code."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for c in coded:
        gold, found = _gold(c, "icd10cm"), _found(c, "icd10cm")
        for column, codes in enumerate((gold & found, gold - found, found - gold)):
            for code in codes:
                counts[code[0]][column] += 1
    return {letter: (row[0], row[1], row[2]) for letter, row in sorted(counts.items())}


def _gold(c: Coded, system: str) -> frozenset[str]:
    label = c.gold.label
    if system == "icd10cm":
        return frozenset(x.code for x in label.codes)
    return frozenset(x.code for x in label.procedures if x.system == system)


def _listed(c: Coded, system: str) -> list[Suggestion]:
    return [s for s in c.answer.suggestions if s.code.system.value == system]


def _found(c: Coded, system: str) -> frozenset[str]:
    return frozenset(s.code.display for s in _listed(c, system))


def _cut(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(code[:3] for code in codes)


def _overlap(gold: frozenset[str], found: frozenset[str]) -> Counts:
    return float(len(gold & found)), float(len(found)), float(len(gold))


def _recall_at(c: Coded, k: int) -> Counts:
    gold = _gold(c, "icd10cm")
    return float(sum(s.code.display in gold for s in _listed(c, "icd10cm")[:k])), float(len(gold))


def _first(c: Coded) -> Counts:
    wanted = c.gold.label.first_listed
    if wanted is None:
        return 0.0, 0.0
    return float(any(s.first_listed and s.code.display == wanted for s in c.answer.suggestions)), 1.0


def _traps(c: Coded, reasons: Sequence[str]) -> Counts:
    found = _found(c, "icd10cm")
    codes = [t.code for t in c.gold.label.traps if t.reason in reasons]
    return float(sum(code in found for code in codes)), float(len(codes))


def _evidence(c: Coded) -> Counts:
    spans = {x.code: x.evidence for x in c.gold.label.codes}
    right = [s for s in _listed(c, "icd10cm") if s.code.display in spans]
    near = sum(
        any(e.start < end and start < e.end for e in s.evidence for start, end in spans[s.code.display])
        for s in right
    )
    return float(near), float(len(right))


def _bins(c: Coded) -> Counts:
    """Return per bin of the score: how many suggestions, how many are gold codes, the sum of their scores."""
    table = np.zeros((3, _BINS))
    gold = _gold(c, "icd10cm")
    for s in _listed(c, "icd10cm"):
        row = min(int(s.score * _BINS), _BINS - 1)
        table[:, row] += (1.0, s.code.display in gold, s.score)
    return tuple(table.ravel())


def _calibration_error(sums: np.ndarray) -> np.ndarray:
    """Return the expected calibration error: the mean of |share kept − mean score| over bins, by their size."""
    table = sums.reshape(-1, 3, _BINS)
    gaps: np.ndarray = np.abs(table[:, 1] - table[:, 2]).sum(axis=1)
    error: np.ndarray = gaps / np.maximum(table[:, 0].sum(axis=1), 1.0)
    return error


def _share(sums: np.ndarray) -> np.ndarray:
    share: np.ndarray = sums[:, 0] / np.maximum(sums[:, 1], 1e-9)
    return share


def _precision(sums: np.ndarray) -> np.ndarray:
    return _share(sums[:, :2])


def _recall(sums: np.ndarray) -> np.ndarray:
    return _share(sums[:, ::2])


def _f1(sums: np.ndarray) -> np.ndarray:
    f1: np.ndarray = 2 * sums[:, 0] / np.maximum(sums[:, 1] + sums[:, 2], 1e-9)
    return f1


def _prf(name: str, counts: Sequence[Counts]) -> dict[str, Figure]:
    return {
        f"{name} precision": _figure(counts, _precision, 1),
        f"{name} recall": _figure(counts, _recall, 2),
        f"{name} F1": _figure(counts, _f1, 2),
    }


def _macro(name: str, counts: Sequence[Counts]) -> dict[str, Figure]:
    """Return the means over notes; a note without gold codes counts where something was suggested for it."""
    table = np.array([row for row in counts if row[1] or row[2]]).reshape(-1, 3)
    rows = {"precision": _precision(table), "recall": _recall(table), "F1": _f1(table)}
    return {f"{name} {k}": _figure([(float(v), 1.0) for v in values], _share, 1) for k, values in rows.items()}


def _figure(counts: Sequence[Counts], ratio: Ratio, over: int) -> Figure:
    """Return the ratio of the summed counts; `over` is the column that says how many things were counted."""
    table = np.array(counts, dtype=np.float64)
    if not len(table):
        return Figure(0.0, 0, 0.0, 0.0)
    n = int(table[:, :_BINS].sum() if ratio is _calibration_error else table[:, over].sum())
    draws = np.random.default_rng(SEED).multinomial(len(table), np.full(len(table), 1 / len(table)), ROUNDS)
    low, high = np.percentile(ratio(draws @ table), (2.5, 97.5))
    return Figure(float(ratio(table.sum(axis=0, keepdims=True))[0]), n, float(low), float(high))
