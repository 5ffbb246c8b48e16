"""`chartcoder codesets`: which releases answer, what they say of a code, installing and checking them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.code_json import check_json, install_json, list_json
from api.commands.codesets_view import print_check, print_code, print_install, print_json, print_list
from api.commands.options import AsJson, parse_day
from api.failures import FAILED, failures_reported, say
from api.lookup import show_code, spelled_codes
from api.settings import load_settings
from codesets.check import check_code_sets
from codesets.install import install as install_path
from codesets.registry import CodeSets

app = typer.Typer(
    help="Code sets: which releases answer, what they say, installing and checking them.", add_completion=False
)


@app.command("list")
@failures_reported()
def list_releases(as_json: AsJson = False) -> None:
    """List the releases at hand and the dates of service that each answers for."""
    sets = CodeSets.open(cpt=load_settings().cpt)
    print_json(list_json(sets)) if as_json else print_list(sets)


@app.command()
@failures_reported()
def show(
    code: Annotated[str, typer.Argument(help="An ICD-10-CM, CPT or HCPCS Level II code.")],
    date_of_service: Annotated[str | None, typer.Option(help="YYYY-MM-DD; today where absent.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show a code: place, notes and 7th characters of ICD-10-CM; of a procedure how it is billed."""
    day = parse_day(date_of_service, "--date-of-service") or date.today()
    sets = CodeSets.open(cpt=load_settings().cpt)
    first, *others = spelled_codes(sets, code, day)
    shown = show_code(sets, first, day)
    print_json(shown) if as_json else print_code(shown)
    for other in others:
        say(f"{other} is a code of {other.system} too")


@app.command()
@failures_reported()
def install(
    path: Annotated[Path, typer.Argument(help="An official file, or the zip that holds it.")],
    effective_from: Annotated[
        str | None, typer.Option(help="First day in force, YYYY-MM-DD, where the file does not say its year.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Install an official file, checked whole first; older releases stay for older dates of service."""
    report = install_path(path, effective_from=parse_day(effective_from, "--effective-from"))
    print_json(install_json(report)) if as_json else print_install(report)


@app.command()
@failures_reported()
def check(as_json: AsJson = False) -> None:
    """Check every release: it opens, its hierarchy is whole, the built cache is what its source gives."""
    releases, faults = check_code_sets()
    print_json(check_json(releases, faults)) if as_json else print_check(releases, faults)
    if faults:
        raise typer.Exit(FAILED)
