"""Findings on claims and the validator's verdict, as JSON and as a person reads them."""

import json
from collections import Counter
from dataclasses import asdict

from rich.table import Table

from api.streams import table_console
from claims.check import Verdict
from claims.findings import Finding, Severity


def findings_json(findings: list[Finding]) -> bytes:
    """Return the findings as one line of JSON."""
    return json.dumps({"findings": [asdict(f) for f in findings]}, ensure_ascii=False).encode()


def verdict_json(verdict: Verdict) -> bytes:
    """Return the verdict as one line of JSON."""
    return json.dumps(asdict(verdict), ensure_ascii=False).encode()


def print_findings(findings: list[Finding]) -> None:
    """Print the findings as a table, and how many there are of each kind."""
    console = table_console()
    if findings:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("", no_wrap=True)
        table.add_column("Place", no_wrap=True)
        table.add_column("What to do")
        for found in findings:
            place = " ".join(filter(None, (found.loop, found.element or found.segment)))
            table.add_row(found.severity.value, place, f"{found.message} [{found.id}]")
        with console.capture() as captured:
            console.print(table)
        for line in captured.get().splitlines():
            console.out(line.rstrip(), highlight=False)
    counted = Counter(f.severity for f in findings)
    words = [f"{counted[s]} {s.value}{'' if counted[s] == 1 else 's'}" for s in (Severity.ERROR, Severity.WARNING)]
    console.out(", ".join(words), highlight=False)


def print_verdict(verdict: Verdict) -> None:
    """Print the verdict and the places that it refuses."""
    console = table_console()
    for error in verdict.errors:
        place = error.element or error.segment or "file"
        number = f" (segment {error.number} of the transaction)" if error.number else ""
        console.out(f"{place}{number}: {error.message}", highlight=False)
    console.out("passed" if verdict.passed else "refused", highlight=False)
