"""`chartcoder claim`: accepted codes to a clean claim, scrubbing, the independent check, the encounter's schema."""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.claim_files import read_claims, unreadable, write_private
from api.claim_view import findings_json, print_findings, print_verdict, verdict_json
from api.commands.options import AsJson, parse_day
from api.failures import BAD_INPUT, FAILED, failures_reported, say
from api.settings import load_settings
from api.streams import write_line
from claims.check import check_837
from claims.edits import Desk
from claims.encounter import encounter_schema, read_encounter
from claims.findings import Finding
from claims.model import ClaimKind
from claims.payers import read_payers
from claims.scrub import has_errors, scrub_claims, scrub_file
from claims.x12.write837 import write_837
from codesets.errors import BadClaim, BadRequest
from codesets.registry import CodeSets

app = typer.Typer(help="Claims: build, scrub and check them.", add_completion=False)
_CODES = typer.Option(help="Accepted codes: an array of suggestion objects as `suggest --json` gives them.")
_ACCEPT = typer.Option(help="Of the codes, those that the coder accepts, in the order in which they shall stand.")
_FEES = typer.Option(help="Fee schedule: CSV with the columns code,modifier,charge.")
_PAYERS = typer.Option(help="Rules of payers: YAML with timely filing and coverage by payer number.")
_TODAY = typer.Option(help="Day of the check, YYYY-MM-DD; today where absent.")


class Form(StrEnum):
    """What `claim build` can write."""

    X12_PROFESSIONAL = "837p"
    X12_INSTITUTIONAL = "837i"


_KINDS = {Form.X12_PROFESSIONAL: ClaimKind.PROFESSIONAL, Form.X12_INSTITUTIONAL: ClaimKind.INSTITUTIONAL}


@app.command()
@failures_reported()
def build(
    encounter: Annotated[Path, typer.Argument(help="The encounter: JSON or YAML.")],
    codes: Annotated[Path, _CODES],
    out: Annotated[Path, typer.Option(help="The file to write; only its owner may read it.")],
    to: Annotated[Form, typer.Option(help="837p or 837i.")] = Form.X12_PROFESSIONAL,
    fees: Annotated[Path | None, _FEES] = None,
    accept: Annotated[str | None, _ACCEPT] = None,
    check: Annotated[bool, typer.Option("--check", help="Have pyx12 validate what is written.")] = False,
    payers: Annotated[Path | None, _PAYERS] = None,
    today: Annotated[str | None, _TODAY] = None,
    as_json: AsJson = False,
) -> None:
    """Build the claims of an encounter and write them, unless a finding is an error."""
    read = read_encounter(encounter)
    if read.kind is not _KINDS[to]:
        raise BadRequest(f"--to {to.value}: the encounter is {read.kind.value}")
    if read.transmission is None:
        raise BadClaim("the encounter names no transmission: control number, time, sender and receiver")
    claims, repairs = read_claims(encounter, codes, fees, accept)
    for done in repairs:
        say(f"format repaired: {done.place}: {done.what}")
    findings = scrub_claims(claims, _desk(today, payers))
    _show(findings, as_json)
    if has_errors(findings):
        say("nothing was written: mend the errors first")
        raise typer.Exit(FAILED)
    text = write_837(claims, read.transmission)
    if check and not (verdict := check_837(text)).passed:
        print_verdict(verdict)
        say("nothing was written: the validator refuses it")
        raise typer.Exit(FAILED)
    write_private(out, text)
    say(f"{len(claims)} {'claim' if len(claims) == 1 else 'claims'} written")


@app.command()
def scrub(
    file: Annotated[Path, typer.Argument(help="An 837 file, or an encounter (JSON or YAML).")],
    codes: Annotated[Path | None, _CODES] = None,
    fees: Annotated[Path | None, _FEES] = None,
    payers: Annotated[Path | None, _PAYERS] = None,
    today: Annotated[str | None, _TODAY] = None,
    as_json: AsJson = False,
) -> None:
    """Find what a payer's machine would refuse or deny; exit code 1 where a finding is an error."""
    with failures_reported():
        desk = _desk(today, payers)
    try:
        findings = _scrub(file, codes, fees, desk)
    except BadClaim as error:
        findings = [unreadable(str(error))]
    _show(findings, as_json)
    if any(f.id in ("file.unreadable", "x12.no_interchange") for f in findings):
        raise typer.Exit(BAD_INPUT)
    if has_errors(findings):
        raise typer.Exit(FAILED)


@app.command()
@failures_reported()
def check(file: Annotated[Path, typer.Argument(help="An 837 file.")], as_json: AsJson = False) -> None:
    """Have the independent validator pyx12 check a file; exit code 1 where it refuses."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        raise BadClaim("the file cannot be read: name an 837 file") from None
    if not text.lstrip().upper().startswith("ISA"):
        raise BadClaim("the file is no X12 interchange: it begins with ISA")
    verdict = check_837(text)
    write_line(verdict_json(verdict)) if as_json else print_verdict(verdict)
    if not verdict.passed:
        raise typer.Exit(FAILED)


@app.command()
@failures_reported()
def schema() -> None:
    """Print the JSON schema of the encounter file."""
    typer.echo(json.dumps(encounter_schema(), indent=2))


def _desk(today: str | None, payers: Path | None) -> Desk:
    day = parse_day(today, "--today") or date.today()
    return Desk(CodeSets.open(cpt=load_settings().cpt), day, read_payers(payers) if payers else None)


def _scrub(file: Path, codes: Path | None, fees: Path | None, desk: Desk) -> list[Finding]:
    if file.suffix.lower() in (".json", ".yaml", ".yml"):
        return scrub_claims(read_claims(file, codes, fees)[0], desk)
    try:
        with file.open("rb") as stream:
            return list(scrub_file(stream, desk))
    except OSError:
        raise BadClaim("the file cannot be read: name an 837 file or an encounter") from None


def _show(findings: list[Finding], as_json: bool) -> None:
    write_line(findings_json(findings)) if as_json else print_findings(findings)
