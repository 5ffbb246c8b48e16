"""What CMS publishes about pairs, units and prices of procedures, as installed: NCCI, MUE, the fee schedule."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from codesets.errors import CodeSetError
from codesets.packed import open_array, write_array
from codesets.procedures.parts import StarterBundles
from codesets.procedures.types import Bundle
from codesets.stored import Stored

if TYPE_CHECKING:
    from codesets.loaders.ptp import PtpEdits

_NOT_APPLICABLE = 9


class Bundles(Protocol):
    """Pairs of codes of which the second is part of the first; `source` says who wrote them."""

    @property
    def source(self) -> str:
        """The table that answers: `starter`, or the NCCI release."""

    def get(self, pair: tuple[str, str]) -> Bundle | None:
        """Return what holds for (first code, part of it), or None."""


class _Part:
    """One of the files that an NCCI release comes in, memory-mapped and sorted by pair."""

    def __init__(self, folder: Path, name: str) -> None:
        self.pairs = open_array(folder, f"{name}-pairs", np.bytes_)
        self.effective = open_array(folder, f"{name}-effective", np.uint32)
        self.deleted = open_array(folder, f"{name}-deleted", np.uint32)
        self.modifiers = open_array(folder, f"{name}-modifiers", np.uint8)
        self.reasons = open_array(folder, f"{name}-reasons", np.uint8)
        self.first, self.last = bytes(self.pairs[0][:5]), bytes(self.pairs[-1][:5])
        self.rationales: list[str] = json.loads((folder / f"{name}-rationales.json").read_text(encoding="utf-8"))

    def rows(self, pair: str) -> Iterator[int]:
        """Yield the rows of a pair of codes."""
        key = pair.encode()
        yield from range(int(np.searchsorted(self.pairs, key)), int(np.searchsorted(self.pairs, key, side="right")))


class PtpRelease:
    """A release of NCCI procedure-to-procedure edits, in as many parts as were installed."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored

    @property
    def parts(self) -> list[str]:
        """The names of the parts, as `f1`."""
        return sorted(n.removesuffix("-pairs.npy") for n in self.stored.digests if n.endswith("-pairs.npy"))

    @cached_property
    def _parts(self) -> list[_Part]:
        try:
            return [_Part(self.stored.folder, name) for name in self.parts]
        except (OSError, ValueError, EOFError):
            raise CodeSetError(
                f"the installed NCCI release {self.stored.release} is damaged: install its files again"
            ) from None

    def covers(self, column1: str) -> bool:
        """Tell whether one of the parts that are installed is about a column-1 code."""
        return any(part.first <= column1.encode() <= part.last for part in self._parts)

    def find(self, pair: tuple[str, str], day: date, source: str) -> Bundle | None:
        """Return the edit of a pair that is in force on a day, or None."""
        number = day.year * 10_000 + day.month * 100 + day.day
        for part in self._parts:
            for row in part.rows("".join(pair)):
                ends = int(part.deleted[row])
                modifier = int(part.modifiers[row])
                in_force = int(part.effective[row]) <= number and (ends == 0 or number <= ends)
                if in_force and modifier != _NOT_APPLICABLE:
                    return Bundle(*pair, modifier == 1, part.rationales[part.reasons[row]], source)
        return None


@dataclass(frozen=True, slots=True)
class NcciBundles:
    """The edits of an NCCI release in force on one day; `beside` answers for parts that are not installed."""

    release: PtpRelease
    day: date
    services: str
    beside: StarterBundles

    @property
    def source(self) -> str:
        """The release, and whose services it is for."""
        return f"NCCI {self.release.stored.release} ({self.services})"

    def get(self, pair: tuple[str, str]) -> Bundle | None:
        """Return what holds for (first code, part of it), or None."""
        found = self.release.find(pair, self.day, self.source)
        return found if found or self.release.covers(pair[0]) else self.beside.get(pair)


def write_part(folder: Path, name: str, edits: "PtpEdits") -> None:
    """Write one part of an NCCI release, sorted by pair and first day."""
    pairs = np.array([p.encode() for p in edits.pairs], dtype="S10")
    effective = np.array(edits.effective, dtype=np.uint32)
    order = np.lexsort((effective, pairs))
    write_array(folder, f"{name}-pairs", pairs[order])
    write_array(folder, f"{name}-effective", effective[order])
    write_array(folder, f"{name}-deleted", np.array(edits.deleted, dtype=np.uint32)[order])
    write_array(folder, f"{name}-modifiers", np.array(edits.modifiers, dtype=np.uint8)[order])
    write_array(folder, f"{name}-reasons", np.array(edits.reasons, dtype=np.uint8)[order])
    (folder / f"{name}-rationales.json").write_text(json.dumps(edits.rationales), encoding="utf-8")


class UnitLimit(NamedTuple):
    """The most units of a code; `indicator` 1: on a line, 2 or 3: on a day (2 by policy)."""

    units: int
    indicator: int
    rationale: str


class Fee(NamedTuple):
    """A code in the physician fee schedule; the units are relative value units, `factor` dollars for one."""

    status: str
    global_days: str
    pctc: str
    work: float
    nonfacility_expense: float
    facility_expense: float
    malpractice: float
    nonfacility_total: float
    facility_total: float
    factor: float


def read_limits(stored: Stored) -> dict[str, UnitLimit]:
    """Return the unit limits of an installed MUE file by code."""
    return {v: UnitLimit(int(units), int(mark), why) for v, units, mark, why in stored.rows("limits.tsv")}


def read_fees(stored: Stored) -> dict[tuple[str, str], Fee]:
    """Return the installed fee schedule by (code, modifier)."""
    return {
        (value, modifier): Fee(status, days, pctc, *(float(n or 0) for n in numbers))
        for value, modifier, status, days, pctc, *numbers in stored.rows("fees.tsv")
    }
