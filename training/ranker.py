"""Trains models/ranker: would a coder keep this candidate?

    python -m training.ranker --out build/ranker-1

Learned from the tuning half of the gold notes, the labelled tuning half of MTSamples and further MTSamples labels;
what CodiEsp teaches comes in through the linker, so its habit of coding negated findings does not.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from codesets.registry import CodeSets
from coding.ranking.learned import feature_rows
from coding.ranking.plain import PlainRanker
from coding.suggest import Suggester
from coding.types import Candidate
from eval.goldnotes.read import GoldNote
from training.artifact import CODIESP, MTSAMPLES, OWN, seal
from training.doubt import buckets_of, held_out_models, matrix, read_findings
from training.forest import SEED, Growth, best_threshold, fit_trees, write_onnx
from training.fragments import fragments, outcome
from training.notes import transcribed_notes, written_notes

VERSION = 1
_GROWTH = Growth(rounds=160, leaves=8, rate=0.04, columns=0.3)
_FOLDS = 10
_RARE = 12
_WORTH_TIES = 0.01

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """One row per candidate: its features, whether a coder keeps it, its note, and whether it is of a whole note."""

    features: tuple[str, ...]
    table: NDArray[np.float32]
    kept: NDArray[np.bool_]
    note: NDArray[np.intp]
    whole: NDArray[np.bool_]


def make_rows(notes: Sequence[GoldNote], suggester: Suggester) -> Rows:
    """Return the rows of the notes and of their fragments; a feature that few candidates have is left out."""
    rows: list[tuple[Candidate, bool, int, bool]] = []
    models = held_out_models(read_findings(notes), len(notes))
    for at, gold in enumerate(notes):
        final = {x.code for x in gold.label.codes}
        found = _with_doubt(models[at], gold.note.text, suggester.candidates(gold.note))
        rows += [(c, c.code.display in final, at, True) for c in found]
        for fragment in fragments(gold):
            found = _with_doubt(models[at], fragment.note.text, suggester.candidates(fragment.note))
            told = ((c, outcome(fragment, c, found)) for c in found)
            rows += [(c, kept, at, False) for c, kept in told if kept is not None]
    counts = Counter(name for c, *_ in rows for name, value in c.features.items() if value)
    features = tuple(sorted(name for name, n in counts.items() if n >= _RARE))
    return Rows(
        features,
        np.array(feature_rows(features, [c for c, *_ in rows]), dtype=np.float32),
        np.array([kept for _, kept, _, _ in rows]),
        np.array([note for *_, note, _ in rows]),
        np.array([whole for *_, whole in rows]),
    )


def _with_doubt(model: LogisticRegression, text: str, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates with the doubt of a model that did not see their note."""
    return tuple(
        replace(
            c,
            features=c.features
            | {"doubt": min(model.predict_proba(matrix([buckets_of(text, e) for e in c.evidence]))[:, 1].tolist())},
        )
        for c in candidates
    )


def held_out(rows: Rows, notes: int, seed: int) -> Scores:
    """Return the score of every row from trees that did not see its note."""
    scores = np.zeros(len(rows.kept))
    for train, test in KFold(_FOLDS, shuffle=True, random_state=seed).split(np.arange(notes)):
        inside, outside = np.isin(rows.note, train), np.isin(rows.note, test)
        model = fit_trees(rows.table[inside], rows.kept[inside], _GROWTH)
        scores[outside] = model.predict_proba(rows.table[outside])[:, 1]
    return scores


def whole_notes(rows: Rows, raw: Scores) -> tuple[Rows, Scores]:
    """Return the rows of whole notes alone, with their scores."""
    of = rows.whole
    return Rows(rows.features, rows.table[of], rows.kept[of], rows.note[of], of[of]), raw[of]


def calibrations(
    raw: Scores, kept: NDArray[np.bool_], note: NDArray[np.intp], weights: Scores
) -> dict[str, tuple[float, Scores, Scores]]:
    """Return per method its held-out calibration error and its knots (raw score → share kept), fitted on all rows.

    `weights` make the own notes and the transcriptions count the same: vocabulary and rules were written with the own
    notes at hand, so their candidates look better than those of notes to come.
    """
    found = {}
    for name, fit in (("isotonic", _isotonic), ("platt", _platt)):
        scores = np.zeros(len(raw))
        for train, test in KFold(5, shuffle=True, random_state=SEED).split(np.unique(note)):
            inside, outside = np.isin(note, train), np.isin(note, test)
            scores[outside] = np.interp(raw[outside], *fit(raw[inside], kept[inside], weights[inside]))
        found[name] = (calibration_error(scores, kept), *fit(raw, kept, weights))
    return found


def _isotonic(raw: Scores, kept: NDArray[np.bool_], weights: Scores) -> tuple[Scores, Scores]:
    model = IsotonicRegression(y_min=0.005, y_max=0.995, out_of_bounds="clip").fit(raw, kept, weights)
    return model.X_thresholds_, model.y_thresholds_


def _platt(raw: Scores, kept: NDArray[np.bool_], weights: Scores) -> tuple[Scores, Scores]:
    grid = np.linspace(0.0, 1.0, 101)
    model = LogisticRegression(C=1e6).fit(_odds(raw), kept, weights)
    return grid, model.predict_proba(_odds(grid))[:, 1]


def _odds(raw: Scores) -> Scores:
    clipped = np.clip(raw, 1e-4, 1 - 1e-4)
    odds: Scores = np.log(clipped / (1 - clipped)).reshape(-1, 1)
    return odds


def calibration_error(scores: Scores, kept: NDArray[np.bool_], bins: int = 10) -> float:
    """Return the mean of |share kept − mean score| over equal bins of the score, by their size."""
    rows = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [abs(kept[rows == r].sum() - scores[rows == r].sum()) for r in range(bins)]
    return float(sum(gaps) / len(scores))


def main() -> None:
    """Read the labels, make the candidates, fit, calibrate, choose the threshold, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build") / f"ranker-{VERSION}")
    options = parser.parse_args()
    own, transcribed = written_notes(), transcribed_notes()
    notes = [*own, *transcribed]
    suggester = Suggester(CodeSets.open(), PlainRanker())
    every = make_rows(notes, suggester)
    draws = [held_out(every, len(notes), SEED + i) for i in range(3)]
    rows, raw = whole_notes(every, np.stack(draws).mean(axis=0))
    of_own = rows.note < len(own)
    weights = np.where(of_own, 0.5 / of_own.sum(), 0.5 / (~of_own).sum()) * len(of_own)
    methods = calibrations(raw, rows.kept, rows.note, weights)
    method = "isotonic" if methods["isotonic"][0] < methods["platt"][0] - _WORTH_TIES else "platt"
    _, knots, shares = methods[method]
    scores: Scores = np.interp(raw, knots, shares)
    figures: dict[str, object] = {
        "notes": len(notes),
        "candidates": len(rows.kept),
        "candidates of fragments": len(every.kept) - len(rows.kept),
        "calibration": method,
        "held-out calibration error": {m: round(x[0], 4) for m, x in methods.items()},
    }
    wanted = sum(len(g.label.codes) for g in own)
    threshold = best_threshold(scores[of_own].tolist(), rows.kept[of_own].tolist(), wanted)
    for name, part, gold in (
        ("own", of_own, own),
        ("mtsamples", ~of_own, transcribed),
    ):
        wanted = sum(len(g.label.codes) for g in gold)
        listed = part & (scores >= threshold)
        hits = (rows.kept & listed).sum()
        figures[name] = {
            "recall of candidates": round(float(rows.kept[part].sum() / wanted), 4),
            "held-out precision": round(float(hits / listed.sum()), 4),
            "held-out recall": round(float(hits / wanted), 4),
            "held-out F1": round(float(2 * hits / (listed.sum() + wanted)), 4),
            "held-out calibration error, listed": round(calibration_error(scores[listed], rows.kept[listed]), 4),
        }
    options.out.mkdir(parents=True, exist_ok=True)
    write_onnx(fit_trees(every.table, every.kept, _GROWTH), every.features, options.out / "model.onnx")
    settings = {
        "features": rows.features,
        "threshold": round(threshold, 4),
        "usual": {f: round(float(np.median(rows.table[:, i])), 6) for i, f in enumerate(rows.features)},
        "calibration": {"raw": knots.round(6).tolist(), "kept": shares.round(6).tolist()},
    }
    release = suggester.code_sets.icd10cm(own[0].note.date_of_service).code_set.release
    seal(options.out, "ranker", VERSION, release, (OWN, MTSAMPLES, CODIESP), settings)
    figures["threshold"] = round(threshold, 4)
    (options.out / "metrics.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
