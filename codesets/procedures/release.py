"""An installed release of CPT or HCPCS Level II: official words and days, with what the starter set knows beside."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from codesets.procedures.types import Modifier, Procedure, ProcedureSet
from codesets.stored import Stored, write_rows
from codesets.types import Code, CodeSet, CodeSystem

CODES = "codes.tsv"
MODIFIERS = "modifiers.tsv"
_MOST_DAYS = 8


@dataclass(frozen=True, slots=True)
class OfficialCode:
    """A code or modifier of an official file: its words, the longest first, and its first and last valid day."""

    value: str
    words: tuple[str, ...]
    added: date | None = None
    terminated: date | None = None

    def is_valid(self, day: date) -> bool:
        """Tell whether the code may be billed on a day."""
        return (self.added is None or self.added <= day) and (self.terminated is None or day <= self.terminated)


def write_codes(path: Path, codes: Iterable[OfficialCode]) -> None:
    """Write codes or modifiers to a file."""
    write_rows(path, [[c.value, _iso(c.added), _iso(c.terminated), *c.words] for c in codes])


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read_codes(stored: Stored, name: str) -> Iterator[OfficialCode]:
    for value, added, terminated, *words in stored.rows(name):
        yield OfficialCode(value, tuple(words), _day(added), _day(terminated))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def code_set_of(system: CodeSystem, stored: Stored) -> CodeSet:
    """Return the release that a table of codes is."""
    return CodeSet(system, stored.release, stored.starts, stored.ends, stored.source)


class ProcedureRelease:
    """A release of one system. `starter` adds synonyms, facts and units to the codes that both hold.

    Where the starter set is the newer of the two, its codes that the release does not know of answer from its own
    first day.
    """

    def __init__(self, system: CodeSystem, stored: Stored, starter: ProcedureSet | None) -> None:
        self.system = system
        self.stored = stored
        self.code_set = code_set_of(system, stored)
        self._starter = starter
        self._completes = bool(starter and stored.starts < starter.code_set.effective_from)
        self._sets: dict[int, ProcedureSet] = {}

    @cached_property
    def codes(self) -> dict[str, OfficialCode]:
        """The codes by value, those that are not valid today too."""
        return {c.value: c for c in _read_codes(self.stored, CODES)}

    @cached_property
    def modifiers(self) -> dict[str, OfficialCode]:
        """The modifiers by value; none in CPT, whose files hold no modifier."""
        return {m.value: m for m in _read_codes(self.stored, MODIFIERS)} if MODIFIERS in self.stored.digests else {}

    @cached_property
    def _turns(self) -> list[date]:
        """The days from which another set of codes is valid."""
        first = {c.added for c in self.codes.values() if c.added}
        after = {c.terminated + timedelta(days=1) for c in self.codes.values() if c.terminated}
        begins = {self._starter.code_set.effective_from} if self._starter and self._completes else set()
        return sorted(first | after | begins)

    def on(self, day: date) -> ProcedureSet:
        """Return the codes that are valid on a day, always the same object between two changes."""
        turn = bisect_right(self._turns, day)
        if turn not in self._sets:
            if len(self._sets) == _MOST_DAYS:
                self._sets.clear()
            self._sets[turn] = self._build(day)
        return self._sets[turn]

    def _build(self, day: date) -> ProcedureSet:
        valid = [c for c in self.codes.values() if c.is_valid(day)]
        known = self._starter.procedures if self._starter else {}
        procedures = {c.value: _named(self.system, c, known.get(c.value)) for c in valid}
        also = {c.value: (*c.words[1:], *_ours(known.get(c.value))) for c in valid}
        if self._starter and self._completes and day >= self._starter.code_set.effective_from:
            procedures |= {value: p for value, p in known.items() if value not in self.codes}
        return ProcedureSet(self.code_set, dict(sorted(procedures.items())), also)


def _named(system: CodeSystem, code: OfficialCode, known: Procedure | None) -> Procedure:
    if known is None:
        return Procedure(Code(system, code.value), code.value, code.words[0])
    return replace(known, wording=code.words[0])


def _ours(known: Procedure | None) -> tuple[str, ...]:
    return (known.wording,) if known else ()


def with_official(ours: dict[str, Modifier], official: Iterable[OfficialCode]) -> dict[str, Modifier]:
    """Return our modifiers, and those of an official file that we have no words for."""
    more = {m.value: Modifier(m.value, m.words[-1], m.words[0], CodeSystem.HCPCS.value, "") for m in official}
    return more | ours
