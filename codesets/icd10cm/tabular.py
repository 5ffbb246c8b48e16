"""The ICD-10-CM tabular list as published in XML, read into plain records.

Source of the layout: CDC/NCHS `icd10c-tabular-*.xml` and its schema. Titles in that file carry stray TAB
characters and runs of spaces; they are collapsed here. Most billable 7-character codes are not listed: they
are made from the `sevenChrDef` table of the nearest ancestor, padded with the placeholder X to six
characters (guidelines I.A.4 and I.A.5).
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from codesets.errors import BadCodeSetFile
from codesets.types import NoteKind

_SPACE = re.compile(r"\s+")
_NOTE_TAGS = {kind.value: kind for kind in NoteKind}


@dataclass(slots=True)
class TabularRecord:
    """One chapter, section or code of the tabular list.

    `name` is canonical for codes (no dot), the id for sections (`A00-A09`) and the number for chapters.
    """

    kind: str
    name: str
    title: str
    parent: str | None
    notes: list[tuple[NoteKind, str]] = field(default_factory=list)
    seventh: dict[str, str] = field(default_factory=dict)


def clean(text: str | None) -> str:
    """Return the text with TABs, line ends and runs of spaces collapsed to single spaces."""
    return _SPACE.sub(" ", text or "").strip()


def read_tabular(source: Path | IO[bytes]) -> list[TabularRecord]:
    """Return every chapter, section and listed code of a tabular XML file, parents before children.

    Raises BadCodeSetFile when the file is not well-formed XML or holds no `ICD10CM.tabular`.
    """
    try:
        root = ET.parse(source).getroot()  # noqa: S314 - the official file, chosen by an administrator
    except ET.ParseError as error:
        raise BadCodeSetFile(f"the tabular XML is damaged at line {error.position[0]}: download it again") from None
    if root.tag != "ICD10CM.tabular":
        raise BadCodeSetFile("not an ICD-10-CM tabular list: its root element is not ICD10CM.tabular")
    records: list[TabularRecord] = []
    for chapter in root.iterfind("chapter"):
        name = f"chapter {clean(chapter.findtext('name'))}"
        records.append(_record("chapter", name, None, chapter))
        for section in chapter.iterfind("section"):
            section_name = f"section {section.get('id', '')}"
            records.append(_record("section", section_name, name, section))
            records.extend(_codes(section, section_name))
    return records


def _codes(element: ET.Element, parent: str) -> Iterator[TabularRecord]:
    for diag in element.iterfind("diag"):
        name = clean(diag.findtext("name")).replace(".", "").upper()
        if not name:
            raise BadCodeSetFile(f"a code below {parent} has no name: download the file again")
        yield _record("code", name, parent, diag)
        yield from _codes(diag, name)


def _record(kind: str, name: str, parent: str | None, element: ET.Element) -> TabularRecord:
    record = TabularRecord(kind, name, clean(element.findtext("desc")), parent)
    for child in element:
        note_kind = _NOTE_TAGS.get(child.tag)
        if note_kind is not None:
            record.notes.extend((note_kind, clean("".join(n.itertext()))) for n in child.iterfind("note"))
        elif child.tag == "sevenChrDef":
            for extension in child.iterfind("extension"):
                record.seventh[extension.get("char", "")] = clean(extension.text)
    return record


def expand_seventh_characters(records: list[TabularRecord], listed: Container[str] | None) -> list[TabularRecord]:
    """Return the codes that the 7th-character tables add, each a child of the code it extends.

    `listed` is the official code list; where it is given, only codes on it are made. A code that the XML
    prints with seven characters already is not made twice.
    """
    by_name = {r.name: r for r in records}
    has_children = {r.parent for r in records}
    made: list[TabularRecord] = []
    for record in records:
        if record.kind != "code" or record.name in has_children or len(record.name) > 6:
            continue
        table = _seventh_table(record, by_name)
        stem = record.name.ljust(6, "X")
        for character, words in table.items():
            name = stem + character
            if name not in by_name and (listed is None or name in listed):
                made.append(TabularRecord("code", name, f"{record.title}, {words}", record.name))
    return made


def _seventh_table(record: TabularRecord, by_name: dict[str, TabularRecord]) -> dict[str, str]:
    current: TabularRecord | None = record
    while current is not None:
        if current.seventh:
            return current.seventh
        current = by_name.get(current.parent) if current.parent else None
    return {}
