"""Measures whether the quantized encoder finds codes for wordings that it did not see, beside the lexical search.

python -m training.encoder.measure --model build/encoder
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from codesets.index.lexicon import open_lexicon
from codesets.index.search import CodeSearch
from codesets.registry import CodeSets
from eval.day import DAY
from training.encoder.pairs import concept_codes
from training.encoder.quantized import Encoder

_SAMPLE = 1000
_SEED = 20261122

Finds = Callable[[str], list[str]]


def hits(wanted: Sequence[str], found: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return how often the code, or its category, stands first and among the first five."""
    pairs = list(zip(wanted, found, strict=True))
    return {
        "top-1": round(sum(w in f[:1] for w, f in pairs) / len(pairs), 4),
        "top-5": round(sum(w in f[:5] for w, f in pairs) / len(pairs), 4),
        "category top-1": round(sum(w[:3] == f[0][:3] for w, f in pairs if f) / len(pairs), 4),
    }


def main() -> None:
    """Print the figures of the quantized encoder and of the lexical search."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("build/encoder"))
    parser.add_argument("--held-out", type=Path, default=Path("build/encoder/held_out.jsonl"))
    options = parser.parse_args()
    release = CodeSets.open().icd10cm(DAY)
    held_out = [json.loads(line) for line in options.held_out.read_text("utf-8").splitlines()]
    sample = random.Random(_SEED).sample(held_out, _SAMPLE)  # noqa: S311 - a reproducible draw, not a secret
    texts, wanted = [r["text"] for r in sample], [r["code"] for r in sample]
    codes = concept_codes(release)
    titles = [release.title(c) for c in codes]
    encoder = Encoder(options.model)
    catalogue = encoder(titles)
    started = time.perf_counter()
    best = np.argsort(-(encoder(texts) @ catalogue.T), axis=1)[:, :5]
    spent = (time.perf_counter() - started) / len(texts)
    print(
        "encoder", hits(wanted, [[codes[i] for i in row] for row in best]), f"{spent * 1000:.1f} ms each in batches"
    )
    search = CodeSearch(open_lexicon(release))
    started = time.perf_counter()
    found = [[h.code.replace(".", "") for h in search.search(t, 5)] for t in texts]
    print("search", hits(wanted, found), f"{(time.perf_counter() - started) / len(texts) * 1000:.1f} ms each")


if __name__ == "__main__":
    main()
