"""`chartcoder rules`: which rules decide, one of them with its worked cases, and running the cases."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.commands.codesets_view import print_json
from api.commands.options import AsJson
from api.failures import FAILED, failures_reported
from api.settings import load_settings
from api.streams import table_console
from codesets.errors import BadRequest
from coding.cases import Case, Result, read_cases, run_cases
from coding.rules.catalog import catalog
from coding.rules.types import FIRST_DAY, RuleCard
from nlp.types import Setting

app = typer.Typer(help="Rules: what decides, with worked cases.", add_completion=False)
RuleId = Annotated[str, typer.Argument(metavar="ID", help="A rule, as `chartcoder rules list` prints it.")]


@app.command("list")
@failures_reported()
def list_rules(as_json: AsJson = False) -> None:
    """List the rules in the order in which a note meets them."""
    cards = list(catalog().values())
    if as_json:
        print_json({"rules": [_json(card) for card in cards]})
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("Rule", no_wrap=True, min_width=max(len(card.id) for card in cards))
    table.add_column("Guideline", no_wrap=True, min_width=13)
    table.add_column("Says", ratio=1)
    for card in cards:
        table.add_row(Text(card.id, "bold green"), card.guideline or "", Text(card.summary))
    table_console().print(table)


@app.command()
@failures_reported()
def show(rule: RuleId, as_json: AsJson = False) -> None:
    """Show a rule: its source, what it reads and may do, for whom it holds, and its cases."""
    card = _card(rule)
    cases = read_cases(rule)
    if as_json:
        print_json(_json(card) | {"cases": [_case_json(case) for case in cases]})
        return
    console = table_console()
    console.print(Text.assemble((card.id, "bold green"), f"  {card.summary}"))
    for name, value in _facts(card):
        console.print(Text.assemble((f"{name:>11}  ", "dim"), value))
    for fires, title in ((True, "Fires"), (False, "Does not fire")):
        found = [case for case in cases if case.fires is fires]
        if found:
            console.print()
            console.print(_case_table(title, found))


@app.command("test")
@failures_reported()
def test_rules(
    rule: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only the cases of this rule.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run the worked cases under the settings of this installation; exit with 1 where one fails."""
    from coding.suggest import open_suggester

    settings = load_settings()
    cases = read_cases(_card(rule).id if rule else None)
    results = list(run_cases(open_suggester(settings.threshold, settings.cpt, settings.site), cases))
    failed = [r for r in results if r.faults]
    if as_json:
        print_json({"cases": len(results), "failed": [_result_json(r) for r in failed]})
    else:
        _print_results(table_console(), results, failed)
    if failed:
        raise typer.Exit(FAILED)


def _card(rule: str) -> RuleCard:
    card = catalog().get(rule)
    if card is None:
        raise BadRequest("no rule has this id: see chartcoder rules list")
    return card


def _facts(card: RuleCard) -> list[tuple[str, str]]:
    everywhere = card.settings == frozenset(Setting)
    return [
        ("guideline", card.guideline or "none: a rule of this product"),
        ("reads", card.reads),
        ("may", ", ".join(card.acts)),
        ("settings", "all" if everywhere else ", ".join(sorted(card.settings))),
        ("since", "ever" if card.since == FIRST_DAY else card.since.isoformat()),
        ("can be off", "yes, in a site's file" if card.can_be_disabled else "no"),
    ]


def _case_table(title: str, cases: Iterable[Case]) -> Table:
    table = Table(title, "About", "Expected", "Because", box=None, pad_edge=False, header_style="bold")
    for case in cases:
        about = " ".join(part for part in (case.setting or "", case.patient.sex or "") if part)
        about += f" {case.patient.age}" if case.patient.age is not None else ""
        table.add_row(Text(case.text), about, " ".join(case.expected), Text(case.reason, "dim"))
    return table


def _print_results(console: Console, results: Sequence[Result], failed: Sequence[Result]) -> None:
    rules = {r.case.rule for r in results}
    console.print(f"{len(results)} cases of {len(rules)} rules: {len(results) - len(failed)} pass")
    for result in failed:
        case = result.case
        console.print(
            Text.assemble((case.rule, "bold red"), f" {case.place} ({case.reason}): {'; '.join(result.faults)}")
        )


def _json(card: RuleCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "guideline": card.guideline,
        "summary": card.summary,
        "acts": [act.value for act in card.acts],
        "reads": card.reads,
        "settings": [s.value for s in Setting if s in card.settings],
        "since": card.since.isoformat(),
        "can_be_disabled": card.can_be_disabled,
    }


def _case_json(case: Case) -> dict[str, Any]:
    return {
        "fires": case.fires,
        "given": case.given.value,
        "text": case.text,
        "setting": case.setting.value if case.setting else None,
        "expected": list(case.expected),
        "reason": case.reason,
    }


def _result_json(result: Result) -> dict[str, Any]:
    return {"rule": result.case.rule, "place": result.case.place, "faults": list(result.faults)}
