"""Phrase → code, before assertion and rules: what a document mentions against what its experts coded.

Data: JSON Lines in the shape of CodiEsp (`id`, `text`, `icd10cm`). Its experts code every finding that is
mentioned, negated ones too, with headers where the text says no more; so this measures linking alone.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from codesets.errors import BadRequest
from coding.linking import link_mention
from coding.suggest import Desk, open_suggester
from eval.day import DAY
from nlp.types import Note, Patient

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


@dataclass(frozen=True, slots=True)
class LinkingResult:
    """What `eval linking` prints; `billable` counts only the gold codes that are billable in the release."""

    documents: int
    micro: Scores
    category: Scores
    map: float
    recall_at: dict[int, float]
    billable: Scores

    def as_json(self) -> dict[str, object]:
        """Return the figures rounded to four decimals, as the contract names them."""
        return {
            "documents": self.documents,
            "micro": _as_dict(self.micro),
            "category": _as_dict(self.category),
            "map": round(self.map, 4),
            "recall_at": {str(k): round(v, 4) for k, v in self.recall_at.items()},
            "billable": _as_dict(self.billable),
        }


def read_documents(path: Path) -> list[Document]:
    """Return the documents of a JSON Lines file; raises BadRequest naming the line that does not fit."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadRequest("--data: the file cannot be read as UTF-8 JSON Lines") from None
    documents = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                documents.append(_document(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError):
                message = f"--data: line {number}: expected an object with id, text and icd10cm, a list of codes"
                raise BadRequest(message) from None
    if not documents:
        raise BadRequest("--data: the file holds no document")
    return documents


def _document(row: dict[str, Any]) -> Document:
    """Return the document in an object; raises an error of Python where a field is missing or of another kind."""
    if not isinstance(row["text"], str) or not isinstance(row["icd10cm"], list):
        raise TypeError
    return Document(str(row["id"]), row["text"], frozenset(c.replace(".", "").upper() for c in row["icd10cm"]))


def linked_codes(desk: Desk, text: str) -> list[str]:
    """Return the codes that a text mentions, canonical, the best supported first, ties by code."""
    reading = desk.reader.read(Note(text, DAY))
    values = desk.lexicon.release.values
    support: dict[str, float] = {}
    for mention in reading.mentions:
        for link in link_mention(desk.lexicon, mention, Patient()):
            weight = mention.quality * math.log1p(len(desk.lexicon.core_stems.row(mention.core)))
            value = values[link.best.code]
            support[value] = support.get(value, 0.0) + weight
    return sorted(support, key=lambda v: (-round(support[v], 6), v))


def evaluate_linking(desk: Desk, documents: Sequence[Document]) -> LinkingResult:
    """Return micro and category scores, MAP and recall@k, and the same for the billable gold codes."""
    found = [linked_codes(desk, d.text) for d in documents]
    gold = [d.gold for d in documents]
    is_billable = desk.lexicon.release.is_billable
    billable = [frozenset(c for c in g if is_billable(c)) for g in gold]
    return LinkingResult(
        len(documents),
        micro(gold, found),
        micro([_categories(g) for g in gold], [sorted(_categories(f)) for f in found]),
        mean_average_precision(gold, found),
        {k: recall_at(gold, found, k) for k in _RECALL_AT},
        micro(billable, found),
    )


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


def linking_command(
    data: Annotated[Path, typer.Option(metavar="FILE", help="JSON Lines: id, text, icd10cm.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Print how well the codes that documents mention are found, before assertion and rules."""
    documents = read_documents(data)
    results = evaluate_linking(open_suggester().desk(DAY), documents)
    if as_json:
        typer.echo(json.dumps(results.as_json()))
        return
    table = Table("codes", "precision", "recall", "F1", title=f"{results.documents} documents")
    for name, row in (("micro", results.micro), ("category", results.category), ("billable", results.billable)):
        table.add_row(name, f"{row.precision:.3f}", f"{row.recall:.3f}", f"{row.f1:.3f}")
    Console().print(table)
    recalls = "  ".join(f"recall@{k} {v:.3f}" for k, v in results.recall_at.items())
    Console().print(f"MAP {results.map:.3f}  {recalls}")
