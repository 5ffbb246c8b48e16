"""What is known of releases and codes as JSON objects, for the command line and HTTP alike."""

from datetime import date
from typing import Any

from api.procedure_json import edits_json, held_json, problem_json
from codesets.check import Fault
from codesets.registry import CodeSets, opened
from codesets.report import InstallReport
from codesets.types import Code, TabularNote, dotted

Json = dict[str, Any]
_COUNTS = (
    "codes",
    "billable",
    "added",
    "deleted",
    "reclassified",
    "revised",
    "terms",
    "modifiers",
    "terminated",
    "rows",
)


def list_json(sets: CodeSets) -> Json:
    """Return the releases at hand, by system and oldest first, and the tables of edits and fees."""
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
    rows += [held_json(held) for held in sets.procedure_sets()]
    return {"releases": rows, "edits": [edits_json(held) for held in sets.edits()]}


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
        "procedure": None,
        "problems": [] if warning is None else [problem_json(warning)],
    }


def _note(note: TabularNote, value: str) -> Json:
    at = note.printed_at if " " in note.printed_at else dotted(note.printed_at)
    inherited = note.printed_at != value
    return {"kind": note.kind.value, "text": note.text, "printed_at": at, "inherited": inherited}


def install_json(report: InstallReport) -> Json:
    """Return what an installation recognised and did."""
    return {
        "files": [{"name": name, "kind": kind} for name, kind in report.files],
        "passed_over": list(report.passed_over),
        "release": report.release,
        "effective_from": report.effective_from.isoformat(),
        "effective_to": report.effective_to.isoformat() if report.effective_to else None,
        "compared_with": report.compared_with or None,
        **{name: getattr(report, name) for name in _COUNTS},
        "done": report.done,
    }


def check_json(releases: list[str], faults: list[Fault]) -> Json:
    """Return the releases that were checked and what was found."""
    found = [{"release": f.release, "check": f.check, "message": f.message} for f in faults]
    return {"releases": releases, "findings": found}
