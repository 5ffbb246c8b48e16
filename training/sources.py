"""The public sources that training reads: none of their text is kept, only what models learn from it."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from codesets.icd10cm.release import IcdRelease
from codesets.index.aliases import read_aliases
from codesets.types import NoteKind


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a code (canonical), and the source that says it so."""

    text: str
    code: str
    source: str


def index_wordings(folder: Path, release: IcdRelease) -> Iterator[Wording]:
    """Yield the terms of the Alphabetic Index (CDC/NCHS, public domain), the words from the main term down."""
    path: list[str] = []
    with (folder / "terms" / "icd10cm_index_fy2025.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            level = int(row["Level"])
            path[level:] = [row["Term"]]
            value = canonical(row["Code"])
            if value in release:
                yield Wording(" ".join(path), value, "index")


def ontology_wordings(folder: Path, release: IcdRelease) -> Iterator[Wording]:
    """Yield names and exact synonyms of the Disease Ontology (CC0) that lead to a single code."""
    with (folder / "terms" / "doid_terms.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            codes = [v for v in map(canonical, row["icd10cm"]) if v in release]
            if len(codes) == 1:
                exact = [s["s"] for s in row["synonyms"] if s["scope"] == "EXACT"]
                for text in (row["name"], *exact):
                    yield Wording(text, codes[0], "doid")


def mondo_wordings(folder: Path, release: IcdRelease) -> Iterator[Wording]:
    """Yield the labels of Mondo (CC0) that match a code exactly."""
    path = folder / "terms" / "mondo_exactmatch_icd10cm.sssom.tsv"
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    for row in csv.DictReader(lines, delimiter="\t"):
        value = canonical(row["object_id"].partition(":")[2])
        if value in release and row["subject_label"]:
            yield Wording(row["subject_label"], value, "mondo")


def own_wordings(release: IcdRelease) -> Iterator[Wording]:
    """Yield the official inclusion terms (CDC/NCHS, public domain) and this project's aliases."""
    for value in release.values:
        for note in release.own_notes(value):
            if note.kind is NoteKind.INCLUSION_TERM:
                yield Wording(note.text, value, "inclusion")
    for alias in read_aliases():
        if alias.code is not None and alias.code in release:
            yield Wording(alias.term, alias.code, "alias")


def canonical(code: str) -> str:
    """Return a code as the releases key it: no dot, no dash, capitals."""
    return code.replace(".", "").replace("-", "").upper()
