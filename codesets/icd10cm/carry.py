"""A new release from its codes and the notes of a tabular list: its own, or else a neighbour's."""

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from codesets.icd10cm.build import write_release
from codesets.icd10cm.hierarchy import nearest_prefix
from codesets.icd10cm.release import IcdRelease
from codesets.icd10cm.tabular import TabularRecord
from codesets.loaders.rows import CodeRow
from codesets.types import CodeSet, NoteKind


def records_of(release: IcdRelease) -> list[TabularRecord]:
    """Return the chapters, sections and codes of a release with their own notes and 7th-character tables."""
    groups = [
        TabularRecord(g.kind, g.name, g.title, g.parent, [(n.kind, n.text) for n in g.notes])
        for g in release.all_groups()
    ]
    codes = [
        TabularRecord(
            "code",
            value,
            title,
            release.parent(value) or release.group_of(value),
            [(n.kind, n.text) for n in release.own_notes(value)],
            release.own_seventh_characters(value),
        )
        for value, title in zip(release.values, release.titles, strict=True)
    ]
    return groups + codes


def rows_of(release: IcdRelease) -> dict[str, CodeRow]:
    """Return the codes of a release as rows by canonical value; the line is 0."""
    titles = zip(release.values, release.titles, strict=True)
    return {value: CodeRow(value, release.is_billable(value), title, 0) for value, title in titles}


def with_headers(rows: Iterable[CodeRow], neighbour: IcdRelease) -> dict[str, CodeRow]:
    """Return the billable codes of a codes file with the headers above them, which that file does not list.

    A header is a code of the neighbouring release that begins a listed code, and every category; a category
    that the neighbour lacks is given its number as title.
    """
    found = {row.value: row for row in rows}
    prefixes = {value[:n] for value in found for n in range(3, len(value))}
    for value in sorted(prefixes - found.keys()):
        if value in neighbour:
            found[value] = CodeRow(value, False, neighbour.title(value), 0)
        elif len(value) == 3:
            found[value] = CodeRow(value, False, f"Category {value}", 0)
    return found


def write_carried(
    folder: Path,
    code_set: CodeSet,
    rows: Mapping[str, CodeRow],
    noted: Iterable[TabularRecord],
    reclassified: Container[str] = (),
) -> None:
    """Write the release with the codes, flags and titles of `rows`, notes and tables from `noted`.

    A code in `reclassified` (a leaf that became a header, or back) loses its inclusion terms: they now
    belong to one of the codes below it, and which one only its own tabular list says.
    """
    known = {r.name: r for r in noted}
    groups = [r for r in known.values() if r.kind != "code"]
    shelf = _Shelf(known)
    records = []
    for value, row in rows.items():
        model = known.get(value)
        notes = list(model.notes) if model else []
        if value in reclassified:
            notes = [n for n in notes if n[0] is not NoteKind.INCLUSION_TERM]
        parent = nearest_prefix(value, rows) or shelf.group_of(value)
        records.append(TabularRecord("code", value, row.title, parent, notes, dict(model.seventh) if model else {}))
    write_release(folder, code_set, records, groups, {v for v, row in rows.items() if row.billable})


class _Shelf:
    """The section of every category, also of one that the tabular list does not print."""

    def __init__(self, known: Mapping[str, TabularRecord]) -> None:
        self._known = known
        self._categories = sorted(r.name for r in known.values() if r.kind == "code" and len(r.name) == 3)

    def group_of(self, category: str) -> str | None:
        """Return the section printed for it, else the section whose range holds it, else its chapter."""
        if category in self._known:
            return self._known[category].parent
        before = self._categories[max(bisect_right(self._categories, category) - 1, 0)]
        section = self._known[before].parent
        if section is None or self._known[section].kind != "section":
            return section
        first, _, last = section.removeprefix("section ").partition("-")
        return section if first <= category <= (last or first) else self._known[section].parent
