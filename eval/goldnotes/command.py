"""`chartcoder eval gold`: the figures, beside them the MTSamples labels, and the plots."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from codesets.errors import BadRequest
from coding.suggest import Suggester, open_suggester
from eval.goldnotes.coded import Coded
from eval.goldnotes.figures import Figure
from eval.goldnotes.measure import errors_by_chapter, measure, outcomes
from eval.goldnotes.plots import write_plots
from eval.goldnotes.read import GoldNote, Split, read_mtsamples, read_own, read_services
from eval.goldnotes.services import service_figures


def code_notes(suggester: Suggester, notes: Sequence[GoldNote]) -> list[Coded]:
    """Return the notes with their suggestions."""
    return [Coded(gold, suggester.suggest(gold.note)) for gold in notes]


def gold_command(
    split: Annotated[
        str, typer.Option(metavar="tune|report", help="The half to measure: for tuning, or only for figures.")
    ] = "report",
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write figures.json and the plots here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Print how near the suggestions come to whole notes that two coders coded."""
    chosen = _split(split)
    suggester = open_suggester()
    own = code_notes(suggester, read_own(chosen))
    figures = {"own": measure(own)}
    try:
        figures["mtsamples"] = measure(code_notes(suggester, read_mtsamples(chosen)))
    except BadRequest:
        typer.echo("MTSamples is not measured: CHARTCODER_DATA does not hold its texts", err=True)
    figures["services"] = service_figures(code_notes(suggester, read_services(chosen)))
    as_figures = {name: {k: f.as_json() for k, f in rows.items()} for name, rows in figures.items()}
    document = {"split": chosen, "versions": own[0].answer.versions, "figures": as_figures}
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "figures.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
        every = code_notes(Suggester(suggester.code_sets, threshold=0.0), read_own(chosen))
        wanted = sum(len(c.gold.label.codes) for c in own)
        write_plots(out, outcomes(own), outcomes(every), wanted, errors_by_chapter(own))
    if as_json:
        typer.echo(json.dumps(document))
        return
    Console().print(_table(f"{chosen} half, {len(own)} own notes", figures))


def _split(name: str) -> Split:
    if name == "tune":
        return "tune"
    if name == "report":
        return "report"
    raise BadRequest("--split: tune or report")


def _table(title: str, figures: dict[str, dict[str, Figure]]) -> Table:
    table = Table("figure", title=title)
    for name in figures:
        table.add_column(name, justify="right")
        table.add_column("95 %", justify="right", style="dim")
        table.add_column("n", justify="right", style="dim")
    names = list(dict.fromkeys(k for rows in figures.values() for k in rows))
    for name in names:
        cells = []
        for rows in figures.values():
            f = rows.get(name)
            empty = f is None or not f.n
            cells += ["", "", ""] if empty or f is None else [f"{f.value:.3f}", f"{f.low:.3f}–{f.high:.3f}", str(f.n)]
        table.add_row(name, *cells)
    return table
