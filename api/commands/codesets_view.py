"""What `chartcoder codesets` prints for a person: the JSON objects of `api.code_json` as tables."""

import json
from datetime import date

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from api.code_json import Json, list_json
from api.streams import table_console, write_line
from codesets.check import Fault
from codesets.install import InstallReport
from codesets.registry import CodeSets
from codesets.types import NoteKind

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
    for row in list_json(sets)["releases"]:
        days = f"{row['effective_from']} to {row['effective_to'] or 'today'}"
        table.add_row(row["system"], days, f"{row['codes']:,}", f"{row['billable']:,}", row["source"])
    console = table_console()
    console.print(table)
    warning = sets.answer_warning(date.today())
    if warning is not None:
        console.print(Text(f"Warning: {warning.message}", style="yellow"))


def print_code(shown: Json) -> None:
    """Print a code as a coder reads it: where it stands, what is printed for it, whether it is billable."""
    console = table_console()
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
