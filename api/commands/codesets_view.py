"""What `chartcoder codesets` prints: JSON objects, and the same as tables for a person."""

import json
from datetime import date
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from codesets.check import Fault
from codesets.install import InstallReport
from codesets.registry import CodeSets, opened
from codesets.types import Code, NoteKind, TabularNote, dotted

_HEADINGS = {
    NoteKind.INCLUDES: "Includes",
    NoteKind.INCLUSION_TERM: "Inclusion term",
    NoteKind.EXCLUDES1: "Excludes1",
    NoteKind.EXCLUDES2: "Excludes2",
    NoteKind.CODE_FIRST: "Code first",
    NoteKind.USE_ADDITIONAL: "Use additional code",
    NoteKind.CODE_ALSO: "Code also",
    NoteKind.NOTES: "Note",
}
Json = dict[str, Any]


def print_json(value: Json) -> None:
    """Print JSON to standard output."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _console() -> Console:
    return Console(markup=False, highlight=False)


def list_json(sets: CodeSets) -> Json:
    """Return the releases at hand, oldest first."""
    rows: list[Json] = []
    for entry, code_set in zip(sets.entries(), sets.releases(), strict=True):
        release = opened(entry)
        rows.append(
            {
                "system": code_set.system.value,
                "release": code_set.release,
                "effective_from": code_set.effective_from.isoformat(),
                "effective_to": code_set.effective_to.isoformat() if code_set.effective_to else None,
                "codes": len(release),
                "billable": sum(release.is_billable(value) for value in release),
                "embedded": entry.folder is None,
                "source": code_set.source,
            }
        )
    return {"releases": rows}


def print_list(sets: CodeSets) -> None:
    """Print the releases at hand as a table, and the warning for today where there is one."""
    table = Table(title="Code sets")
    for heading in ("System", "In force", "Codes", "Billable", "From"):
        table.add_column(heading, justify="right" if heading in ("Codes", "Billable") else "left")
    for row in list_json(sets)["releases"]:
        days = f"{row['effective_from']} to {row['effective_to'] or 'today'}"
        table.add_row(row["system"], days, f"{row['codes']:,}", f"{row['billable']:,}", row["source"])
    console = _console()
    console.print(table)
    warning = sets.answer_warning(date.today())
    if warning is not None:
        console.print(Text(f"Warning: {warning.message}", style="yellow"))


def show_json(sets: CodeSets, code: Code, day: date) -> Json:
    """Return what the release that answers on `day` says of a code; raises UnknownCode."""
    release = sets.icd10cm(day)
    entry = release.entry(code.value)
    groups = [{"name": name, "title": title} for name, title in reversed(release.groups(code.value))]
    line = [*reversed(release.ancestors(code.value)), code.value]
    codes = [{"name": dotted(v), "title": release.title(v)} for v in line]
    warning = sets.answer_warning(day)
    retired = sets.retired(code.value, day)
    return {
        "system": code.system.value,
        "code": code.display,
        "title": entry.title,
        "billable": entry.billable and retired is None,
        "release": release.code_set.release,
        "date_of_service": day.isoformat(),
        "hierarchy": groups + codes,
        "children": [
            {"code": dotted(v), "title": release.title(v), "billable": release.is_billable(v)} for v in entry.children
        ],
        "notes": [_note(note, code.value) for note in release.notes(code.value)],
        "seventh_characters": entry.seventh_characters,
        "retired": None
        if retired is None
        else {
            "on": retired.retired_on.isoformat(),
            "successors": [dotted(value) for value in retired.successors],
        },
        "problems": []
        if warning is None
        else [{"rule": warning.rule, "severity": "warning", "codes": [], "message": warning.message}],
    }


def _note(note: TabularNote, value: str) -> Json:
    at = note.printed_at if " " in note.printed_at else dotted(note.printed_at)
    inherited = note.printed_at != value
    return {"kind": note.kind.value, "text": note.text, "printed_at": at, "inherited": inherited}


def print_code(shown: Json) -> None:
    """Print a code as a coder reads it: where it stands, what is printed for it, whether it is billable."""
    console = _console()
    *above, own = shown["hierarchy"]
    tree: Tree | None = None
    top: Tree | None = None
    for step in above:
        node = Text.assemble((step["name"], "dim"), " ", step["title"])
        tree = tree.add(node) if tree is not None else Tree(node)
        top = top or tree
    style = "bold green" if shown["billable"] else "bold yellow"
    leaf = Text.assemble((own["name"], style), " ", (own["title"], "bold"))
    last = tree.add(leaf) if tree is not None else Tree(leaf)
    for child in shown["children"]:
        last.add(Text.assemble((child["code"], "green" if child["billable"] else "yellow"), " ", child["title"]))
    console.print(top or last)
    console.print(_standing(shown))
    if shown["notes"]:
        notes = Table(title="Notes", show_lines=False, title_justify="left")
        for heading in ("Kind", "Words", "Printed at"):
            notes.add_column(heading)
        for note in shown["notes"]:
            notes.add_row(_HEADINGS[NoteKind(note["kind"])], note["text"], note["printed_at"])
        console.print(notes)
    if shown["seventh_characters"]:
        seventh = Table("Character", "Meaning", title="7th character", title_justify="left")
        for character, words in shown["seventh_characters"].items():
            seventh.add_row(character, words)
        console.print(seventh)
    for problem in shown["problems"]:
        console.print(Text(f"Warning: {problem['message']}", style="yellow"))


def _standing(shown: Json) -> Text:
    release = f"ICD-10-CM release {shown['release']}, date of service {shown['date_of_service']}"
    if shown["retired"]:
        successors = ", ".join(shown["retired"]["successors"])
        return Text(f"Not billable from {shown['retired']['on']}: choose from {successors}. {release}", "red")
    if shown["billable"]:
        return Text(f"Billable. {release}", "green")
    return Text(f"Header, not billable: choose a code below it. {release}", "yellow")


def install_json(report: InstallReport) -> Json:
    """Return what an installation recognised and did."""
    return {
        "files": [{"name": name, "kind": kind} for name, kind in report.files],
        "passed_over": list(report.passed_over),
        "release": report.release,
        "effective_from": report.effective_from.isoformat(),
        "effective_to": report.effective_to.isoformat(),
        "compared_with": report.compared_with or None,
        **{name: getattr(report, name) for name in _COUNTS},
        "done": report.done,
    }


_COUNTS = ("codes", "billable", "added", "deleted", "reclassified", "revised", "terms")


def print_install(report: InstallReport) -> None:
    """Print what an installation recognised and did."""
    console = _console()
    for name, kind in report.files:
        console.print(Text.assemble("Read ", (name, "bold"), f": {kind}"))
    if report.passed_over:
        console.print(f"Passed over: {', '.join(report.passed_over)}")
    if report.compared_with:
        console.print(
            f"{report.codes:,} codes, {report.billable:,} of them billable. Against release "
            f"{report.compared_with}: {report.added:,} added, {report.deleted:,} deleted, "
            f"{report.reclassified:,} changed between header and billable, {report.revised:,} titles revised."
        )
    if report.terms:
        console.print(f"{report.terms:,} Index terms with a code.")
    console.print(Text(f"Installed: {report.done}.", style="green"))


def check_json(releases: list[str], faults: list[Fault]) -> Json:
    """Return the releases that were checked and what was found."""
    found = [{"release": f.release, "check": f.check, "message": f.message} for f in faults]
    return {"releases": releases, "findings": found}


def print_check(releases: list[str], faults: list[Fault]) -> None:
    """Print the releases that were checked and what was found."""
    console = _console()
    console.print(f"Checked: {', '.join(releases)}")
    if not faults:
        console.print(Text("No findings.", style="green"))
        return
    table = Table("Release", "Check", "Finding", title="Findings", title_justify="left")
    for fault in faults:
        table.add_row(fault.release, fault.check, fault.message)
    console.print(table)
