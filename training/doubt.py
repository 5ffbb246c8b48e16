"""Trains models/doubt: do the words around a finding sound as if it were not to be coded?

python -m training.doubt --out build/doubt-1
"""

import argparse
import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold

from codesets.icd10cm.embedded import EMBEDDED
from coding.ranking.doubt import BUCKETS, bucket, marks
from coding.types import Evidence
from eval.goldnotes.measure import ASSERTED
from eval.goldnotes.read import GoldNote
from nlp.sections.finder import find_sections
from training.artifact import MTSAMPLES, OWN, seal
from training.forest import SEED
from training.notes import transcribed_notes, written_notes

VERSION = 1
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """A labelled finding: its note, the buckets of its marks, and whether it must not be coded."""

    note: int
    buckets: tuple[int, ...]
    is_trap: bool


def read_findings(notes: Sequence[GoldNote]) -> list[Finding]:
    """Return the evidence of diseases that coders kept, and of the traps that assertion sets."""
    found = []
    for number, gold in enumerate(notes):
        text = gold.note.text
        sections = find_sections(text)
        starts = [s.start for s in sections]
        kept = [(c.evidence, False) for c in gold.label.codes if c.code[0] not in "VWXYZ"]
        traps = [(t.evidence, True) for t in gold.label.traps if t.reason in ASSERTED]
        for spans, is_trap in (*kept, *traps):
            for start, end in spans:
                kind = sections[bisect_right(starts, start) - 1].kind
                found.append(Finding(number, buckets_of(text, Evidence(start, end, "", kind)), is_trap))
    return found


def buckets_of(text: str, evidence: Evidence) -> tuple[int, ...]:
    """Return the rows of the weights that a finding's marks use."""
    return tuple(sorted({bucket(mark) for mark in marks(text, evidence)}))


def matrix(buckets: Sequence[Sequence[int]]) -> csr_matrix:
    """Return one row of zeros and ones per finding."""
    offsets = np.cumsum([0, *(len(b) for b in buckets)])
    columns = np.concatenate([np.array(b, dtype=np.int64) for b in buckets]) if buckets else np.zeros(0, np.int64)
    return csr_matrix((np.ones(len(columns)), columns, offsets), shape=(len(buckets), BUCKETS))


def fit(findings: Sequence[Finding]) -> LogisticRegression:
    """Return the fitted linear model."""
    model = LogisticRegression(C=0.5, max_iter=500, class_weight="balanced")
    return model.fit(matrix([f.buckets for f in findings]), [f.is_trap for f in findings])


def held_out_models(findings: Sequence[Finding], notes: int) -> dict[int, LogisticRegression]:
    """Return for each note a model that did not see it."""
    found = {}
    for train, test in KFold(FOLDS, shuffle=True, random_state=SEED).split(np.arange(notes)):
        inside = set(train.tolist())
        model = fit([f for f in findings if f.note in inside])
        found.update(dict.fromkeys(test.tolist(), model))
    return found


def main() -> None:
    """Fit on all notes, measure on held-out ones, write and seal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build") / f"doubt-{VERSION}")
    options = parser.parse_args()
    notes = [*written_notes(), *transcribed_notes()]
    findings = read_findings(notes)
    models = held_out_models(findings, len(notes))
    scores: NDArray[np.float64] = np.array(
        [models[f.note].predict_proba(matrix([f.buckets]))[0, 1] for f in findings]
    )
    traps = np.array([f.is_trap for f in findings])
    model = fit(findings)
    options.out.mkdir(parents=True, exist_ok=True)
    np.save(options.out / "weights.npy", model.coef_[0].astype(np.float16), allow_pickle=False)
    bias = round(float(model.intercept_[0]), 6)
    seal(options.out, "doubt", VERSION, EMBEDDED.release, (OWN, MTSAMPLES), {"bias": bias})
    figures = {
        "findings": len(findings),
        "traps": int(traps.sum()),
        "held-out ROC AUC": round(float(roc_auc_score(traps, scores)), 4),
    }
    (options.out / "metrics.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(figures)


if __name__ == "__main__":
    main()
