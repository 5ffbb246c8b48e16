"""One release of ICD-10-CM, read from its memory-mapped files."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from codesets.errors import UnknownCode
from codesets.packed import PackedTexts, open_array, open_view
from codesets.types import Code, CodeEntry, CodeRange, CodeSet, CodeSystem, NoteKind, TabularNote

INHERITED = frozenset(
    {
        NoteKind.INCLUDES,
        NoteKind.EXCLUDES1,
        NoteKind.EXCLUDES2,
        NoteKind.CODE_FIRST,
        NoteKind.USE_ADDITIONAL,
        NoteKind.CODE_ALSO,
    }
)

UNREADABLE = (OSError, EOFError, ValueError, KeyError, TypeError, IndexError)


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter or a section: its kind, name (`section E08-E13`), title, parent and own notes."""

    kind: str
    name: str
    title: str
    parent: str | None
    notes: tuple[TabularNote, ...] = ()


def code_set_of(meta: Mapping[str, str | None]) -> CodeSet:
    """Return the release that the content of a `release.json` describes; raises one of UNREADABLE."""
    ends = meta["effective_to"]
    return CodeSet(
        CodeSystem.ICD10CM,
        str(meta["release"]),
        date.fromisoformat(str(meta["effective_from"])),
        date.fromisoformat(ends) if ends else None,
        str(meta["source"]),
    )


class IcdRelease:
    """Codes, titles, hierarchy and instructional notes of one ICD-10-CM release.

    `identity` is a digest of the content: what is built from a release is kept under it. Codes are
    canonical strings without a dot and have a row number, their rank in sorted order. Nothing is read until
    it is asked for; arrays are memory-mapped.
    """

    def __init__(self, folder: Path) -> None:
        meta = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        self.identity: str = meta["identity"]
        self.code_set = code_set_of(meta)
        self._groups: dict[str, dict[str, str]] = meta["groups"]
        self._sections: dict[str, str | None] = meta["sections"]
        raw = open_array(folder, "codes", np.bytes_).tobytes()
        self.values = [raw[i : i + 7].rstrip(b"\0").decode() for i in range(0, len(raw), 7)]
        self._billable = open_array(folder, "billable", np.bool_).tobytes()
        self._parents = open_view(folder, "parents")
        self.titles = PackedTexts(folder, "titles")
        self._notes = PackedTexts(folder, "notes")
        self._seventh = PackedTexts(folder, "seventh")
        self._notes_of_row = lru_cache(maxsize=16384)(self._read_notes)
        self._notes_of_group = lru_cache(maxsize=1024)(self._read_group_notes)

    def __len__(self) -> int:
        return len(self.values)

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and self._find(value) >= 0

    def _find(self, value: str) -> int:
        row = bisect_left(self.values, value)
        return row if row < len(self.values) and self.values[row] == value else -1

    def row(self, value: str) -> int:
        """Return the row of a canonical code; raises UnknownCode where the release does not hold it."""
        row = self._find(value)
        if row < 0:
            raise UnknownCode(f"the code is not in ICD-10-CM release {self.code_set.release}: search for it")
        return row

    def title(self, value: str) -> str:
        """Return the title of a code."""
        return self.titles[self.row(value)]

    def is_billable(self, value: str) -> bool:
        """Tell whether a code can stand on a claim; False for headers and for unknown codes."""
        row = self._find(value)
        return row >= 0 and bool(self._billable[row])

    def parent(self, value: str) -> str | None:
        """Return the code above, or None for a category."""
        row: int = self._parents[self.row(value)]
        return self.values[row] if row >= 0 else None

    def below(self, value: str) -> list[str]:
        """Return every code below `value`, sorted, `value` itself left out."""
        first = bisect_right(self.values, value)
        last = bisect_left(self.values, value + "\uffff")
        return [v for v in self.values[first:last] if self._is_below(v, value)]

    def _is_below(self, value: str, ancestor: str) -> bool:
        parent = self.parent(value)
        while parent is not None and len(parent) > len(ancestor):
            parent = self.parent(parent)
        return parent == ancestor

    def children(self, value: str) -> list[str]:
        """Return the codes directly below `value`, sorted."""
        return [v for v in self.below(value) if self.parent(v) == value]

    def ancestors(self, value: str) -> list[str]:
        """Return the codes above `value`, nearest first; the category is the last."""
        chain: list[str] = []
        parent = self.parent(value)
        while parent is not None:
            chain.append(parent)
            parent = self.parent(parent)
        return chain

    def groups(self, value: str) -> list[tuple[str, str]]:
        """Return (name, title) of the section and the chapter that hold the code."""
        found: list[tuple[str, str]] = []
        name = self._sections.get(value[:3])
        while name is not None and name in self._groups:
            found.append((name, self._groups[name]["title"]))
            name = self._groups[name]["parent"]
        return found

    def all_groups(self) -> list[Group]:
        """Return every chapter and section, chapters before their sections."""
        return [
            Group(g["kind"], name, g["title"], g["parent"], self._notes_of_group(name))
            for name, g in self._groups.items()
        ]

    def group_of(self, category: str) -> str | None:
        """Return the name of the section (or chapter) that holds a three-character category."""
        return self._sections.get(category)

    def own_notes(self, value: str) -> tuple[TabularNote, ...]:
        """Return the notes printed at the code itself."""
        return self._notes_of_row(self.row(value))

    def notes(self, value: str) -> tuple[TabularNote, ...]:
        """Return the notes that hold for the code: its own, its ancestors', section's and chapter's."""
        found = list(self.own_notes(value))
        for ancestor in self.ancestors(value):
            found.extend(n for n in self.own_notes(ancestor) if n.kind in INHERITED)
        for name, _ in self.groups(value):
            found.extend(n for n in self._notes_of_group(name) if n.kind in INHERITED)
        return tuple(found)

    def _read_notes(self, row: int) -> tuple[TabularNote, ...]:
        return _parse(self._notes[row], self.values[row])

    def _read_group_notes(self, name: str) -> tuple[TabularNote, ...]:
        return _parse(self._groups[name]["notes"], name)

    def codes_in(self, span: CodeRange) -> list[str]:
        """Return the codes of the release that a range of a note names, sorted."""
        first = bisect_left(self.values, span.first)
        last = bisect_left(self.values, span.last + "\uffff")
        return [v for v in self.values[first:last] if span.holds(v)]

    def seventh_characters(self, value: str) -> dict[str, str]:
        """Return the 7th-character table in force for the code: character → words, or empty."""
        tables = map(self.own_seventh_characters, (value, *self.ancestors(value)))
        return next((table for table in tables if table), {})

    def own_seventh_characters(self, value: str) -> dict[str, str]:
        """Return the 7th-character table printed at the code itself."""
        text = self._seventh[self.row(value)]
        table: dict[str, str] = json.loads(text) if text else {}
        return table

    def entry(self, value: str) -> CodeEntry:
        """Return all that the release says of a code; raises UnknownCode."""
        return CodeEntry(
            Code(CodeSystem.ICD10CM, value),
            self.title(value),
            self.is_billable(value),
            self.parent(value),
            tuple(self.children(value)),
            self.own_notes(value),
            self.seventh_characters(value),
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)


def _parse(text: str, printed_at: str) -> tuple[TabularNote, ...]:
    if not text:
        return ()
    return tuple(
        TabularNote(
            NoteKind(kind),
            words,
            printed_at,
            tuple(CodeRange(r[0], r[1], tuple(r[2]), r[3], r[4], tuple(r[5])) for r in ranges),
        )
        for kind, words, ranges in json.loads(text)
    )
