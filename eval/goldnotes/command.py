"""`chartcoder eval gold`: the figures, beside them the MTSamples labels, and the plots."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from codesets.errors import BadRequest
from coding.rules import RULES
from coding.rules.site import SettingRules, Site
from coding.suggest import Suggester, open_suggester
from eval.goldnotes.coded import Coded
from eval.goldnotes.figures import Figure
from eval.goldnotes.measure import diagnosis_figures, errors_by_chapter, gain_of_rules, measure, outcomes
from eval.goldnotes.plots import write_plots
from eval.goldnotes.read import GoldNote, Split, read_mtsamples, read_own, read_services
from eval.goldnotes.services import service_figures
from nlp.types import Setting

RULES_OFF = "own, rules off"
_OFF = SettingRules(disabled=frozenset(rule.id for rule in RULES))
_WITHOUT_RULES = Site(dict.fromkeys(Setting, _OFF))


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
    off = code_notes(Suggester(suggester.code_sets, site=_WITHOUT_RULES), read_own(chosen))
    figures = {"own": measure(own) | gain_of_rules(own, off), RULES_OFF: diagnosis_figures(off)}
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
    console = Console()
    for name, rows in figures.items():
        if name != RULES_OFF:
            console.print(_table(f"{name}, {chosen} half", rows, figures[RULES_OFF] if name == "own" else {}))
            console.print()


def _split(name: str) -> Split:
    if name == "tune":
        return "tune"
    if name == "report":
        return "report"
    raise BadRequest("--split: tune or report")


def _table(title: str, rows: dict[str, Figure], rules_off: dict[str, Figure]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, header_style="dim", pad_edge=False)
    table.add_column("Figure", no_wrap=True, min_width=38)
    for column in ("Value", "95 %", "n", *(["Rules off"] if rules_off else [])):
        table.add_column(column, justify="right", no_wrap=True, style="dim" if column in ("95 %", "n") else "")
    for name, f in rows.items():
        if f.n:
            beside = [f"{rules_off[name].value:.3f}" if name in rules_off else ""] if rules_off else []
            table.add_row(name, f"{f.value:.3f}", f"{f.low:.3f}–{f.high:.3f}", str(f.n), *beside)
    return table
