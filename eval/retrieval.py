"""Search against queries with known answers: is a right code first, among the first five, and how fast.

Data: tab-separated, a header line, then id, group, query, codes (`|` between codes, any one counts).
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from codesets.errors import BadRequest
from coding.suggest import open_suggester
from eval.benchmarks.measure import Timings, time_calls
from eval.day import DAY

_HEADER = ["id", "group", "query", "codes"]
_FIRST = 10
Scores = dict[str, float]
Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A query, its group, and the canonical codes of which any is right."""

    name: str
    group: str
    text: str
    codes: frozenset[str]


def read_queries(path: Path) -> list[SearchQuery]:
    """Return the queries of a file; raises BadRequest naming the line that does not fit."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadRequest("--data: the file cannot be read as UTF-8 text") from None
    if not lines or lines[0].split("\t") != _HEADER:
        raise BadRequest(f"--data: the first line must be {', '.join(_HEADER)}, with tabs between")
    queries = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        parts = line.split("\t")
        codes = frozenset(c.strip().replace(".", "").upper() for c in parts[-1].split("|") if c.strip())
        if len(parts) != len(_HEADER) or not parts[2].strip() or not codes:
            raise BadRequest(f"--data: line {number}: expected {', '.join(_HEADER)}, with tabs between")
        queries.append(SearchQuery(parts[0], parts[1], parts[2], codes))
    if not queries:
        raise BadRequest("--data: the file holds no query")
    return queries


def evaluate_search(path: Path, search: Search | None = None) -> dict[str, dict[str, float]]:
    """Return per group, and for `all`: n, top1, top5, mrr (of the first 10), p50_ms and p99_ms.

    `search` gives canonical codes, best first; by default it is the product's. Times come from a pass of their
    own over the queries, after the one that is scored, so that loading and first-use caches do not count.
    """
    queries = read_queries(path)
    find = search or _product_search()
    ranks = [first_hit(find(q.text), q.codes) for q in queries]
    seconds = time_calls(find, [q.text for q in queries])
    groups = ["all", *sorted({q.group for q in queries})]
    results = {}
    for group in groups:
        rows = [i for i, q in enumerate(queries) if group in ("all", q.group)]
        results[group] = _scores([ranks[i] for i in rows], [seconds[i] for i in rows])
    return results


def first_hit(found: Iterable[str], right: frozenset[str]) -> int | None:
    """Return the rank, from 1, of the first right code; None where there is none."""
    return next((rank for rank, code in enumerate(found, 1) if code in right), None)


def _scores(ranks: Sequence[int | None], seconds: Sequence[float]) -> Scores:
    timings = Timings.of(seconds)
    return {
        "n": len(ranks),
        "top1": round(sum(r == 1 for r in ranks) / len(ranks), 4),
        "top5": round(sum(r is not None and r <= 5 for r in ranks) / len(ranks), 4),
        "mrr": round(sum(1 / r for r in ranks if r) / len(ranks), 4),
        "p50_ms": timings.p50_ms,
        "p99_ms": timings.p99_ms,
    }


def _product_search() -> Search:
    suggester = open_suggester()
    return lambda text: [hit.code for hit in suggester.search(text, _FIRST, day=DAY)]


def search_command(
    data: Annotated[Path, typer.Option(metavar="FILE", help="Tab-separated: id, group, query, codes.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Print how often a right code is first and among the first five, the mean reciprocal rank, and times."""
    results = evaluate_search(data)
    if as_json:
        typer.echo(json.dumps(results, indent=1))
        return
    table = Table("group", "n", "top-1", "top-5", "MRR", "p50 ms", "p99 ms")
    for column in table.columns[1:]:
        column.justify = "right"
    for group, row in results.items():
        shares = [f"{row[k]:.3f}" for k in ("top1", "top5", "mrr")]
        table.add_row(group, f"{row['n']:.0f}", *shares, f"{row['p50_ms']:.1f}", f"{row['p99_ms']:.1f}")
    Console().print(table)
