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
from coding.desk import Desk
from coding.linking import link_mention
from coding.ranking.linker import Forest, open_linker
from coding.suggest import open_suggester
from coding.support import Support, collect_support, link_features
from eval.day import DAY
from models.phrases import PhraseTable, Source
from nlp.types import Note, Patient

_RECALL_AT = (5, 10, 20)
_MORE_OFTEN_THAN_NOT = 0.5


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


def plainly_linked(desk: Desk, text: str, *, learned: bool) -> list[str]:
    """Return the codes that a text mentions by the lexicon, and where `learned` by phrases, ranked by fixed weights.

    Canonical, the best supported first, ties by code. A learned phrase counts where it meant the code more often
    than not.
    """
    support: dict[str, float] = {}
    for value, one in _support(desk, text)[0].items():
        for link, rank in one.links:
            if rank == 0:
                size = len(desk.lexicon.core_stems.row(link.mention.core))
                support[value] = support.get(value, 0.0) + link.mention.quality * math.log1p(size)
        if learned:
            shares = [m.probability for _, m in one.phrases if m.source is Source.SENTENCE]
            if max(shares, default=0.0) >= _MORE_OFTEN_THAN_NOT:
                support[value] = support.get(value, 0.0) + max(shares)
    return sorted(support, key=lambda v: (-round(support[v], 6), v))


def linked_codes(desk: Desk, linker: Forest, text: str) -> list[tuple[str, float]]:
    """Return every candidate of a text, canonical, with the probability that the text mentions it, best first."""
    support, table = _support(desk, text)
    scores = linker.probabilities(link_features(desk.lexicon, support, table, len(text)))
    return sorted(zip(support, scores, strict=True), key=lambda x: (-round(x[1], 6), x[0]))


def _support(desk: Desk, text: str) -> tuple[dict[str, Support], PhraseTable | None]:
    reading = desk.reader.read(Note(text, DAY))
    links = [link for m in reading.mentions for link in link_mention(desk.lexicon, m, Patient())]
    return collect_support(desk.lexicon, links, reading.phrases, desk.phrases), desk.phrases


def evaluate_linking(desk: Desk, linker: Forest, documents: Sequence[Document]) -> dict[str, LinkingResult]:
    """Return the figures of the dictionary, of the dictionary with learned phrases, and of the linker."""
    ranked = [linked_codes(desk, linker, d.text) for d in documents]
    dictionary = [plainly_linked(desk, d.text, learned=False) for d in documents]
    phrases = [plainly_linked(desk, d.text, learned=True) for d in documents]
    listed = [[code for code, score in found if score >= linker.threshold] for found in ranked]
    every = [[code for code, _ in found] for found in ranked]
    return {
        "dictionary": _result(desk, documents, dictionary, dictionary),
        "and learned phrases": _result(desk, documents, phrases, phrases),
        "and linker": _result(desk, documents, listed, every),
    }


def _result(
    desk: Desk, documents: Sequence[Document], listed: list[list[str]], ranked: list[list[str]]
) -> LinkingResult:
    """Return the scores of the listed codes and, over all ranked ones, MAP and recall@k."""
    gold = [d.gold for d in documents]
    is_billable = desk.lexicon.release.is_billable
    billable = [frozenset(c for c in g if is_billable(c)) for g in gold]
    return LinkingResult(
        len(documents),
        micro(gold, listed),
        micro([_categories(g) for g in gold], [sorted(_categories(f)) for f in listed]),
        mean_average_precision(gold, ranked),
        {k: recall_at(gold, ranked, k) for k in _RECALL_AT},
        micro(billable, listed),
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
    results = evaluate_linking(open_suggester().desk(DAY), open_linker(), documents)
    if as_json:
        final = results["and linker"].as_json()
        typer.echo(json.dumps(final | {"ablation": {k: r.as_json() for k, r in results.items()}}))
        return
    table = Table("codes", "precision", "recall", "F1", "category F1", "billable F1", "MAP", "recall@10")
    table.title = f"{len(documents)} documents"
    for name, r in results.items():
        figures = (r.micro.precision, r.micro.recall, r.micro.f1, r.category.f1, r.billable.f1, r.map)
        table.add_row(name, *(f"{x:.3f}" for x in (*figures, r.recall_at[10])))
    Console().print(table)
