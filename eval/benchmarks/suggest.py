"""Times `suggest` on real notes, one core, with medspaCy on the same notes in the same run.

`python -m eval.benchmarks.suggest`; the notes are those of MTSamples (CC0) with 1,000 to 3,000 characters.
"""

import json
import random
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from codesets.errors import BadRequest, ChartcoderError
from eval.benchmarks.measure import (
    Machine,
    Timings,
    figures_table,
    peak_memory_mb,
    pin_to_one_core,
    this_machine,
    time_calls,
)
from eval.benchmarks.peer import PeerUnavailable, peer_terms, run_medspacy
from eval.benchmarks.plot import write_bars
from eval.benchmarks.start import Start, measure_start
from eval.day import DAY

_NOTES = Path("notes/mtsamples.jsonl")
_LEAST_CHARS, _MOST_CHARS = 1000, 3000
_SEED = 20260901
_WARM_UP = 50
_TARGETS = {"p50": 8.0, "p99": 25.0, "rate": 120.0, "memory": 350.0, "start": 2.0}


@dataclass(frozen=True, slots=True)
class Ours:
    """What was measured of chartcoder; `memory_mb` is the most that the process with all notes ever held."""

    notes: Timings
    memory_mb: float
    start: Start


def read_notes(path: Path, count: int) -> list[str]:
    """Return `count` notes of 1,000 to 3,000 characters, always the same; raises BadRequest."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise BadRequest("the notes are not there: give --data DIR, which holds notes/mtsamples.jsonl") from None
    texts = (json.loads(line)["text"] for line in lines)
    fitting = [t for t in texts if _LEAST_CHARS <= len(t) <= _MOST_CHARS]
    if not fitting:
        raise BadRequest("no note has 1,000 to 3,000 characters: nothing to time")
    random.Random(_SEED).shuffle(fitting)  # noqa: S311 - a sample, not a secret
    return fitting[:count]


def measure_ours(warm_up: Sequence[str], notes: Sequence[str]) -> Ours:
    """Return the figures of chartcoder; the fresh processes come first, while this one is still small."""
    start = measure_start(notes[0], DAY.isoformat())
    from coding.suggest import open_suggester
    from nlp.types import Note

    suggester = open_suggester()
    time_calls(suggester.suggest, [Note(t, DAY) for t in warm_up])
    timings = Timings.of(time_calls(suggester.suggest, [Note(t, DAY) for t in notes]))
    return Ours(timings, peak_memory_mb(), start)


def measure_peer(warm_up: Sequence[str], notes: Sequence[str]) -> dict[str, float]:
    """Return the figures of medspaCy with the terms of our lexicon; raises PeerUnavailable."""
    from coding.suggest import open_suggester

    terms = peer_terms(open_suggester().desk(DAY).lexicon)
    return run_medspacy(terms, [*warm_up, *notes], len(warm_up))


def bench(
    data: Annotated[
        Path, typer.Option(envvar="CHARTCODER_DATA", help="The folder that holds notes/mtsamples.jsonl.")
    ] = Path("../shared/data"),
    notes: Annotated[int, typer.Option(min=1, help="How many notes.")] = 300,
    peer: Annotated[bool, typer.Option(help="Also run medspaCy, installed on first use.")] = True,
    out: Annotated[Path | None, typer.Option(metavar="FILE.json", help="Where all figures go.")] = None,
    plot: Annotated[Path | None, typer.Option(metavar="FILE.png", help="Where a bar chart goes.")] = None,
) -> None:
    """Time suggest on one core, with its peer."""
    machine = this_machine(pin_to_one_core())
    console = Console()
    try:
        texts = read_notes(data / _NOTES, notes + _WARM_UP)
        warm_up, texts = texts[-_WARM_UP:], texts[:notes]
        ours = measure_ours(warm_up, texts)
    except ChartcoderError as error:
        typer.echo(f"bench: {error}", err=True)
        raise typer.Exit(2) from None
    theirs: dict[str, float] = {}
    if peer:
        try:
            theirs = measure_peer(warm_up, texts)
        except PeerUnavailable as error:
            console.print(f"no peer: {error}", markup=False)
    _print(console, machine, texts, ours, theirs)
    if out is not None:
        figures = {"machine": asdict(machine), "notes": _lengths(texts), "ours": asdict(ours), "peer": theirs}
        out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if plot is not None:
        try:
            write_bars(plot, "suggest, ms per note (p50)", _bars(ours, theirs))
        except ChartcoderError as error:
            typer.echo(f"bench: {error}", err=True)
            raise typer.Exit(2) from None


def _lengths(texts: Sequence[str]) -> dict[str, int]:
    lengths = [len(t) for t in texts]
    return {"count": len(texts), "characters": sum(lengths), "median": int(statistics.median(lengths))}


def _bars(ours: Ours, theirs: dict[str, float]) -> dict[str, float]:
    bars = {"chartcoder": ours.notes.p50_ms}
    return bars | {"medspaCy": theirs["p50_ms"]} if theirs else bars


def _print(console: Console, machine: Machine, texts: Sequence[str], ours: Ours, theirs: dict[str, float]) -> None:
    lengths = _lengths(texts)
    console.print(f"Machine: {machine.in_words()}", markup=False, highlight=False)
    console.print(
        f"Data: {lengths['count']} notes of MTSamples, {_LEAST_CHARS:,} to {_MOST_CHARS:,} characters, median "
        f"{lengths['median']:,}, {lengths['characters']:,} in all; seed {_SEED}",
        markup=False,
        highlight=False,
    )
    console.print(
        f"Timed: note text → suggestions, one call per note, after {_WARM_UP} other notes to warm up; start = a "
        f"fresh process from exec to its printed answer, median of {ours.start.runs} runs. Peer: medspaCy with our "
        "terms as literal rules, ConText and sections, no coding rules",
        markup=False,
        highlight=False,
    )
    rows = [
        ("p50, ms", ours.notes.p50_ms, theirs.get("p50_ms"), _TARGETS["p50"]),
        ("p99, ms", ours.notes.p99_ms, theirs.get("p99_ms"), _TARGETS["p99"]),
        ("notes/s", ours.notes.per_second, theirs.get("per_second"), _TARGETS["rate"]),
        ("start to first answer, s", ours.start.seconds, theirs.get("first_answer_s"), _TARGETS["start"]),
        ("peak memory, one note, MB", ours.start.memory_mb, theirs.get("memory_first_mb"), _TARGETS["memory"]),
        ("peak memory, all notes, MB", ours.memory_mb, theirs.get("memory_mb"), _TARGETS["memory"]),
    ]
    console.print(figures_table("suggest", rows))


if __name__ == "__main__":
    typer.run(bench)
