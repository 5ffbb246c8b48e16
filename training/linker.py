"""Trains models/linker: does a document mention a code? Learned from CodiEsp's training half, folds apart.

python -m training.linker --out build/linker-1
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from sklearn.model_selection import KFold

from codesets.index.lexicon import Lexicon, open_lexicon
from codesets.registry import CodeSets
from coding.linking import link_mention
from coding.support import LINK_FEATURES, collect_support, link_features
from eval.day import DAY
from eval.sources import data_folder
from models.phrases import PhraseTable
from models.runtime import Artifact
from models.types import Manifest
from nlp.pipeline import NoteReader
from nlp.types import Note, Patient
from training.artifact import CODIESP, seal
from training.forest import SEED, Growth, best_threshold, fit_trees, write_onnx
from training.phrase_table import read_terms, write_table
from training.phrases import CodedDocument, Phrase, learn, learn_company, read_coded_documents

VERSION = 1
FOLDS = 8
_GROWTH = Growth(rounds=250, leaves=15, rate=0.05)

Rows = list[tuple[str, list[float]]]
"""Code and features of every candidate of a document."""


def candidate_rows(lexicon: Lexicon, table: PhraseTable, documents: Sequence[CodedDocument]) -> list[Rows]:
    """Return the candidates of each document with their features."""
    reader = NoteReader(lexicon, phrases=table)
    rows = []
    for document in documents:
        reading = reader.read(Note(document.text, DAY))
        links = [link for m in reading.mentions for link in link_mention(lexicon, m, Patient())]
        support = collect_support(lexicon, links, reading.phrases, table)
        rows.append(list(zip(support, link_features(lexicon, support, table, len(document.text)), strict=True)))
    return rows


def _fold(job: tuple[list[CodedDocument], list[CodedDocument], dict[Phrase, Counter[str]]]) -> list[Rows]:
    """Return the candidates of the second documents with phrases learned from the first."""
    seen, unseen, terms = job
    lexicon = open_lexicon(CodeSets.open().icd10cm(DAY))
    with tempfile.TemporaryDirectory() as folder:
        write_table(Path(folder), [*learn(seen), *learn_company(seen)], terms, seen)
        manifest = Manifest(name="phrases", version="0", files={}, code_set="", training_data=())
        return candidate_rows(lexicon, PhraseTable(Artifact(Path(folder), manifest)), unseen)


def main() -> None:
    """Make the rows of each fold with phrases of the others, fit, choose the threshold, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build") / f"linker-{VERSION}")
    options = parser.parse_args()
    data = data_folder()
    documents = read_coded_documents(data / "labelled" / "codiesp_train.jsonl")
    lexicon = open_lexicon(CodeSets.open().icd10cm(DAY))
    release = lexicon.release
    terms = read_terms(data, lexicon)
    folds = list(KFold(FOLDS, shuffle=True, random_state=SEED).split(documents))
    jobs = [([documents[i] for i in a], [documents[i] for i in b], terms) for a, b in folds]
    with ProcessPoolExecutor(2) as pool:
        rows = [row for found in pool.map(_fold, jobs) for row in found]
    unseen = [documents[i] for _, b in folds for i in b]
    table = np.array([f for found in rows for _, f in found], dtype=np.float32)
    kept = np.array([code in d.codes for d, found in zip(unseen, rows, strict=True) for code, _ in found])
    group = np.array([i for i, found in enumerate(rows) for _ in found])
    scores = np.zeros(len(kept))
    for train, test in KFold(5, shuffle=True, random_state=SEED).split(np.arange(len(rows))):
        inside = np.isin(group, train)
        model = fit_trees(table[inside], kept[inside], _GROWTH)
        scores[np.isin(group, test)] = model.predict_proba(table[np.isin(group, test)])[:, 1]
    wanted = sum(len(d.codes) for d in documents)
    threshold = best_threshold(scores.tolist(), kept.tolist(), wanted)
    listed = scores >= threshold
    f1 = float(2 * (kept & listed).sum() / (listed.sum() + wanted))
    options.out.mkdir(parents=True, exist_ok=True)
    write_onnx(fit_trees(table, kept, _GROWTH), LINK_FEATURES, options.out / "model.onnx")
    settings = {"features": LINK_FEATURES, "threshold": round(threshold, 4)}
    seal(options.out, "linker", VERSION, release.code_set.release, (CODIESP,), settings)
    figures = {
        "documents": len(documents),
        "candidates": len(kept),
        "recall of candidates": round(float(kept.sum() / wanted), 4),
        "cross-validated micro-F1": round(f1, 4),
        "threshold": round(threshold, 4),
    }
    (options.out / "metrics.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(figures)


if __name__ == "__main__":
    main()
