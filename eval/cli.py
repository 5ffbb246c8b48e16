"""`chartcoder eval`: measures parts of chartcoder on marked files."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from eval.assertion import evaluate
from eval.goldnotes.command import gold_command
from eval.linking import linking_command
from eval.retrieval import search_command

app = typer.Typer(help="Measure parts of chartcoder on marked files.", add_completion=False)


app.command("gold")(gold_command)
app.command("linking")(linking_command)
app.command("search")(search_command)


@app.callback()
def _root() -> None:
    """Measure parts of chartcoder on marked files."""


@app.command()
def assertion(
    data: Annotated[Path, typer.Option(help="A file of marked sentences, or the NegEx table.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not a table.")] = False,
) -> None:
    """Print precision, recall and F1 of negated, family, historical, uncertain and other findings."""
    results = evaluate(data)
    if as_json:
        typer.echo(json.dumps(results, indent=1))
        return
    table = Table("axis", "precision", "recall", "F1", "n")
    for axis, row in results.items():
        table.add_row(axis, *(f"{row[k]:.3f}" for k in ("precision", "recall", "f1")), str(row["n"]))
    Console().print(table)
