"""Times search over whole queries and over every prefix as it is typed, cold and warm, with rapidfuzz beside it.

`python -m eval.benchmarks.search`. Only summary figures are printed: the queries are a frozen report set.
"""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rapidfuzz import fuzz, process
from rich.console import Console

from codesets.errors import ChartcoderError
from codesets.index import expansion, leaves, words
from codesets.index.lexicon import Lexicon
from codesets.index.search import CodeSearch
from coding.suggest import Suggester, open_suggester
from eval.benchmarks.measure import Timings, figures_table, pin_to_one_core, this_machine, time_calls
from eval.day import DAY
from eval.retrieval import read_queries

_SEED = 20260901
_LEAST_PREFIX = 2
_TARGET_P99_MS = 15.0
_FIRST = 10


def prefixes(query: str) -> list[str]:
    """Return what stands in the search box after each key, from two characters on."""
    return [query[:end] for end in range(_LEAST_PREFIX, len(query) + 1)]


def bounded_caches(search: CodeSearch) -> list[Callable[[], None]]:
    """Return what empties each cache that queries fill; tables that are read once stay."""
    lexicon = search.lexicon
    owners: list[object] = [search, lexicon, lexicon.spelling, lexicon.plain_words, words, leaves, expansion]
    owners += [rows for rows in vars(lexicon).values() if hasattr(rows, "row")]
    caches = {id(v): v for owner in owners for v in vars(owner).values() if hasattr(v, "cache_clear")}
    return [c.cache_clear for c in caches.values() if c.cache_parameters()["maxsize"] is not None]


def measure_search(suggester: Suggester, queries: list[str]) -> dict[str, Timings]:
    """Return the timings of `Suggester.search`; cold = every cache of queries emptied before each single call."""
    empty = bounded_caches(suggester.desk(DAY).search)
    keys = [p for q in queries for p in prefixes(q)]

    def call(text: str) -> object:
        return suggester.search(text, _FIRST, day=DAY)

    def cold(texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            for clear in empty:
                clear()
            yield text

    return {
        "queries, cold": Timings.of(time_calls(call, cold(queries))),
        "keystrokes, cold": Timings.of(time_calls(call, cold(keys))),
        "queries, warm": Timings.of(time_calls(call, queries)),
        "keystrokes, warm": Timings.of(time_calls(call, keys)),
    }


def measure_rapidfuzz(lexicon: Lexicon, queries: list[str]) -> Timings:
    """Return the timings of a WRatio scan over all titles, the plain way to search them."""
    titles = [title.lower() for title in lexicon.release.titles]

    def scan(text: str) -> object:
        return process.extract(text.lower(), titles, scorer=fuzz.WRatio, limit=_FIRST)

    return Timings.of(time_calls(scan, queries))


def bench(
    data: Annotated[Path, typer.Option(help="The queries: id, group, query, codes.")] = Path("eval/gold/queries.tsv"),
    sample: Annotated[int, typer.Option(min=1, help="How many queries the peer answers.")] = 30,
    peer: Annotated[bool, typer.Option(help="Also time a rapidfuzz scan.")] = True,
    out: Annotated[Path | None, typer.Option(metavar="FILE.json", help="Where all figures go.")] = None,
) -> None:
    """Time search on one core, with its peer."""
    machine = this_machine(pin_to_one_core())
    try:
        queries = [q.text for q in read_queries(data)]
    except ChartcoderError as error:
        typer.echo(f"bench: {error}", err=True)
        raise typer.Exit(2) from None
    suggester = open_suggester()
    suggester.search(queries[0], _FIRST, day=DAY)
    ours = measure_search(suggester, queries)
    chosen = random.Random(_SEED).sample(queries, min(sample, len(queries)))  # noqa: S311 - a sample, not a secret
    theirs = measure_rapidfuzz(suggester.desk(DAY).lexicon, chosen) if peer else None
    console = Console()
    for line in (
        f"Machine: {machine.in_words()}",
        f"Data: {len(queries)} queries and their {ours['keystrokes, cold'].calls:,} prefixes from two characters on",
        "Timed: text → ten codes with scores, one call each; cold = caches of queries emptied before every call. "
        f"Peer: rapidfuzz WRatio over all titles on {len(chosen)} of the queries, seed {_SEED}",
    ):
        console.print(line, markup=False, highlight=False)
    rows: list[tuple[str, float, float | None, float | None]] = []
    for name, t in ours.items():
        other = theirs if name.startswith("queries") else None
        rows.append((f"{name}: p50, ms", t.p50_ms, other.p50_ms if other else None, None))
        rows.append((f"{name}: p99, ms", t.p99_ms, other.p99_ms if other else None, _TARGET_P99_MS))
        rows.append((f"{name}: max, ms", t.max_ms, other.max_ms if other else None, None))
    console.print(figures_table("search", rows))
    if out is not None:
        figures = {
            "machine": asdict(machine),
            "ours": {name: t.as_dict() for name, t in ours.items()},
            "peer": theirs.as_dict() if theirs else None,
        }
        out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(bench)
