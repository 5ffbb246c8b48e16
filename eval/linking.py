"""Phrase → code, before assertion and rules: what a document mentions against what its experts coded.

Data: JSON Lines in the shape of CodiEsp (`id`, `text`, `icd10cm`). Its experts code every finding that is
mentioned, negated ones too, with headers where the text says no more; so this measures linking alone.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codesets.errors import BadRequest
from coding.linking import link_mention
from coding.suggest import Desk
from nlp.types import Note, Patient

_DAY = date(2026, 9, 1)
_RECALL_AT = (5, 10, 20)


@dataclass(frozen=True, slots=True)
class Document:
    """A document and the codes its experts gave, canonical."""

    name: str
    text: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scores:
    """Micro precision, recall and F1."""

    precision: float
    recall: float
    f1: float


def read_documents(path: Path) -> list[Document]:
    """Return the documents of a JSON Lines file; raises BadRequest naming the line that does not fit."""
    documents = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            gold = frozenset(c.replace(".", "").upper() for c in row["icd10cm"])
            documents.append(Document(str(row["id"]), row["text"], gold))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadRequest(f"line {number}: expected an object with id, text and icd10cm") from None
    return documents


def linked_codes(desk: Desk, text: str) -> list[str]:
    """Return the codes that a text mentions, canonical, the best supported first, ties by code."""
    reading = desk.reader.read(Note(text, _DAY))
    values = desk.lexicon.release.values
    support: dict[str, float] = {}
    for mention in reading.mentions:
        for link in link_mention(desk.lexicon, mention, Patient()):
            weight = mention.quality * math.log1p(len(desk.lexicon.core_stems.row(mention.core)))
            value = values[link.best.code]
            support[value] = support.get(value, 0.0) + weight
    return sorted(support, key=lambda v: (-round(support[v], 6), v))


def evaluate_linking(desk: Desk, documents: Sequence[Document]) -> dict[str, object]:
    """Return micro and category scores, MAP and recall@k, and the same for the billable gold codes."""
    found = [linked_codes(desk, d.text) for d in documents]
    gold = [d.gold for d in documents]
    is_billable = desk.lexicon.release.is_billable
    billable = [frozenset(c for c in g if is_billable(c)) for g in gold]
    return {
        "documents": len(documents),
        "micro": _as_dict(micro(gold, found)),
        "category": _as_dict(micro([_categories(g) for g in gold], [sorted(_categories(f)) for f in found])),
        "map": round(mean_average_precision(gold, found), 4),
        "recall_at": {str(k): round(recall_at(gold, found, k), 4) for k in _RECALL_AT},
        "billable": _as_dict(micro(billable, found)),
    }


def micro(gold: Iterable[frozenset[str]], found: Iterable[Sequence[str]]) -> Scores:
    """Return micro precision, recall and F1 over documents."""
    hits = predicted = wanted = 0
    for g, f in zip(gold, found, strict=True):
        hits += len(g.intersection(f))
        predicted += len(set(f))
        wanted += len(g)
    precision = hits / predicted if predicted else 0.0
    recall = hits / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return Scores(precision, recall, f1)


def mean_average_precision(gold: Sequence[frozenset[str]], found: Sequence[Sequence[str]]) -> float:
    """Return the mean over documents with gold codes of the average precision of the ranked list."""
    values = []
    for g, f in zip(gold, found, strict=True):
        if g:
            hits, total = 0, 0.0
            for rank, code in enumerate(f, 1):
                if code in g:
                    hits += 1
                    total += hits / rank
            values.append(total / len(g))
    return sum(values) / len(values) if values else 0.0


def recall_at(gold: Sequence[frozenset[str]], found: Sequence[Sequence[str]], k: int) -> float:
    """Return the share of all gold codes that stand among the first `k` of their document."""
    wanted = sum(len(g) for g in gold)
    hits = sum(len(g.intersection(f[:k])) for g, f in zip(gold, found, strict=True))
    return hits / wanted if wanted else 0.0


def _categories(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(c[:3] for c in codes)


def _as_dict(scores: Scores) -> dict[str, float]:
    return {
        "precision": round(scores.precision, 4),
        "recall": round(scores.recall, 4),
        "f1": round(scores.f1, 4),
    }
