"""Codes, code systems and releases: the nouns that every room shares."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from codesets.errors import BadCode


class CodeSystem(StrEnum):
    """The code systems that chartcoder knows; the value is what JSON carries."""

    ICD10CM = "icd10cm"
    CPT = "cpt"
    HCPCS = "hcpcs"


_SHAPE = {
    CodeSystem.ICD10CM: re.compile(r"[A-Z][0-9A-Z]{2}[0-9A-Z]{0,4}\Z"),
    CodeSystem.CPT: re.compile(r"[0-9]{4}[0-9A-Z]\Z"),
    CodeSystem.HCPCS: re.compile(r"[A-CE-V][0-9]{4}\Z"),
}
_SHAPE_IN_WORDS = {
    CodeSystem.ICD10CM: "a letter, two letters or digits, and up to four more after an optional dot (E11.42)",
    CodeSystem.CPT: "four digits and a digit or letter (99213)",
    CodeSystem.HCPCS: "a letter A to V other than D, and four digits (J1885)",
}


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code in canonical form: `value` is upper case without a dot (`E1142`); `display` carries the dot.

    Shape only: whether a release holds the code is asked of the release.
    """

    system: CodeSystem
    value: str

    @classmethod
    def parse(cls, text: str, system: CodeSystem = CodeSystem.ICD10CM) -> "Code":
        """Return the code that `text` spells, in any case, with or without the dot.

        Raises BadCode when the text does not have the system's shape. Category QA0 (FY2026) and 7-character
        codes without an encounter suffix (QA00101) are well shaped.
        """
        value = text.strip().upper() if text.isascii() else ""
        if system is CodeSystem.ICD10CM and len(value) > 4 and value[3] == ".":
            value = value[:3] + value[4:]
        if not _SHAPE[system].match(value):
            raise BadCode(f"not a {system.value} code: expected {_SHAPE_IN_WORDS[system]}")
        return cls(system, value)

    @property
    def display(self) -> str:
        """The code as people write it: ICD-10-CM with its dot after the third character."""
        return dotted(self.value) if self.system is CodeSystem.ICD10CM else self.value

    def __str__(self) -> str:
        return self.display


def dotted(value: str) -> str:
    """Return a canonical ICD-10-CM code with its dot (`E1142` → `E11.42`, `I10` → `I10`)."""
    return f"{value[:3]}.{value[3:]}" if len(value) > 3 else value


@dataclass(frozen=True, slots=True)
class CodeSet:
    """One release of one code system and the dates of service it answers for.

    `effective_to` is the last day, or None while no successor is installed or known.
    """

    system: CodeSystem
    release: str
    effective_from: date
    effective_to: date | None
    source: str

    def covers(self, day: date) -> bool:
        """Tell whether the release is in force on `day`."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


class NoteKind(StrEnum):
    """Kinds of instructional notes of the tabular list."""

    INCLUDES = "includes"
    INCLUSION_TERM = "inclusionTerm"
    EXCLUDES1 = "excludes1"
    EXCLUDES2 = "excludes2"
    CODE_FIRST = "codeFirst"
    USE_ADDITIONAL = "useAdditionalCode"
    CODE_ALSO = "codeAlso"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class CodeRange:
    """Codes from `first` to `last`, both canonical prefixes and both included (`I60`–`I69` holds I69.998).

    Where `positions` (0-based) is not empty, one of these characters must lie between `low` and `high`
    ('T36-T50 with fifth or sixth character 5'). Where `endings` is not empty, a code, without
    its encounter character and placeholders at its end, must end with one of them ('I69 with final
    characters -23').
    """

    first: str
    last: str
    positions: tuple[int, ...] = ()
    low: str = ""
    high: str = ""
    endings: tuple[str, ...] = ()

    def holds(self, value: str) -> bool:
        """Tell whether a canonical code lies in the range or below one of its ends."""
        if not (self.first <= value and (value <= self.last or value.startswith(self.last))):
            return False
        if self.endings and not value[:6].rstrip("X").endswith(self.endings):
            return False
        if not self.positions:
            return True
        return any(p < len(value) and self.low <= value[p] <= self.high for p in self.positions)


@dataclass(frozen=True, slots=True)
class TabularNote:
    """An instructional note: its words, the code it is printed at, and the codes its words name."""

    kind: NoteKind
    text: str
    printed_at: str
    ranges: tuple[CodeRange, ...] = ()

    def names(self, value: str) -> bool:
        """Tell whether the note names the canonical code `value`, directly or by a range or a category."""
        return any(r.holds(value) for r in self.ranges)


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code of a release with its words and its place in the hierarchy.

    `parent` and `children` are canonical; `notes` are this code's own notes, not inherited ones.
    """

    code: Code
    title: str
    billable: bool
    parent: str | None
    children: tuple[str, ...] = ()
    notes: tuple[TabularNote, ...] = ()
    seventh_characters: dict[str, str] = field(default_factory=dict)
