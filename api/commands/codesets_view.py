"""What `chartcoder codesets` prints for a person: the JSON objects of `api.code_json` as tables."""

import json
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from api.code_json import Json, list_json
from api.lookup import warnings_of
from api.streams import table_console, write_line
from codesets.check import Fault
from codesets.registry import CodeSets
from codesets.report import InstallReport
from codesets.types import CodeSystem, NoteKind

CPT_NOTICE = (
    "CPT is the AMA's: these are code numbers with our own wording, for evaluation. Production use needs the AMA's "
    "licence and files (see NOTICE); CHARTCODER_CPT=off leaves CPT out."
)
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


def print_json(value: Json) -> None:
    """Print JSON to standard output."""
    write_line(json.dumps(value, indent=2, ensure_ascii=False).encode())


def print_list(sets: CodeSets) -> None:
    """Print the releases at hand as a table, and the warning for today where there is one."""
    table = Table(title="Code sets")
    for heading in ("System", "In force", "Codes", "Billable", "From"):
        table.add_column(heading, justify="right" if heading in ("Codes", "Billable") else "left")
    listed = list_json(sets)
    for row in listed["releases"]:
        days = f"{row['effective_from']} to {row['effective_to'] or 'today'}"
        table.add_row(row["system"], days, f"{row['codes']:,}", f"{row['billable']:,}", row["source"])
    edits = Table("Table", "In force from", "Rows", "From", title="Edits and fees")
    for row in listed["edits"]:
        edits.add_row(row["table"], row["release"] or "any day", f"{row['rows']:,}", row["source"])
    console = table_console()
    console.print(table)
    console.print(edits)
    for warning in warnings_of(sets, None, date.today()):
        console.print(Text(f"Warning: {warning.message}", style="yellow"))
    if any(row["system"] == CodeSystem.CPT and row["embedded"] for row in listed["releases"]):
        console.print(CPT_NOTICE)


def print_code(shown: Json) -> None:
    """Print a code as a coder reads it: where it stands, what is printed for it, whether it is billable."""
    console = table_console()
    if shown["procedure"] is not None:
        _print_procedure(shown, console)
        return
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


def _print_procedure(shown: Json, console: Console) -> None:
    more = shown["procedure"]
    style = "green" if shown["billable"] else "red"
    console.print(Text.assemble((shown["code"], f"bold {style}"), " ", (shown["title"], "bold")))
    days = " ".join(f"{word} {more[f'valid_{word}']}" for word in ("from", "to") if more[f"valid_{word}"])
    standing = f"{'Valid' if shown['billable'] else 'Not valid'} on that day{f' ({days})' if days else ''}."
    release = f"{shown['system'].upper()} release {shown['release']}, date of service {shown['date_of_service']}"
    console.print(Text(f"{standing} {release}", style))
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in more.items():
        if value and not name.startswith("valid_"):
            items = [f"{k}={v}" for k, v in value.items()] if isinstance(value, dict) else value
            said = items if isinstance(items, str) else "; ".join(items)
            table.add_row(Text(name.replace("_", " "), "dim"), Text(said))
    console.print(table)
    for problem in shown["problems"]:
        console.print(Text(f"Warning: {problem['message']}", style="yellow"))


def print_install(report: InstallReport) -> None:
    """Print what an installation recognised and did."""
    console = table_console()
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
    elif report.codes:
        console.print(
            f"{report.codes:,} codes ({report.terminated:,} with a last day) and {report.modifiers:,} modifiers."
        )
    if report.rows:
        console.print(f"{report.rows:,} rows.")
    if report.terms:
        console.print(f"{report.terms:,} Index terms with a code.")
    console.print(Text(f"Installed: {report.done}.", style="green"))


def print_check(releases: list[str], faults: list[Fault]) -> None:
    """Print the releases that were checked and what was found."""
    console = table_console()
    console.print(f"Checked: {', '.join(releases)}")
    if not faults:
        console.print(Text("No findings.", style="green"))
        return
    table = Table("Release", "Check", "Finding", title="Findings", title_justify="left")
    for fault in faults:
        table.add_row(fault.release, fault.check, fault.message)
    console.print(table)
