"""Which release of procedure codes, edits and fees answers on a date of service: an installed one, else a starter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from codesets.procedures.edits import (
    Bundles,
    Fee,
    NcciBundles,
    PtpRelease,
    UnitLimit,
    read_fees,
    read_limits,
)
from codesets.procedures.parts import StarterBundles
from codesets.procedures.release import OfficialCode, ProcedureRelease, code_set_of, with_official
from codesets.procedures.starter import starter_bundles, starter_modifiers, starter_set
from codesets.procedures.types import CptUse, Modifier, ProcedureSet, Services
from codesets.stored import Stored, stored_below
from codesets.types import CodeSet, CodeSystem

Kept = TypeVar("Kept")
PROCEDURE_SYSTEMS = (CodeSystem.CPT, CodeSystem.HCPCS)
NCCI, MUE, FEES = "ncci", "mue", "fees"


def folder_of(table: str, services: Services | None = None) -> str:
    """Return the name below the home folder of a table that is published apart for some services."""
    return f"{table}-{services}" if services else table


EDIT_TABLES = (
    *(folder_of(NCCI, s) for s in (Services.PRACTITIONER, Services.HOSPITAL)),
    *(folder_of(MUE, s) for s in Services),
    FEES,
)
TABLES = (*(s.value for s in PROCEDURE_SYSTEMS), *EDIT_TABLES)


@dataclass(frozen=True, slots=True)
class Held:
    """An installed or starter table for `codesets list`: its release and how much it holds."""

    name: str
    code_set: CodeSet | None
    stored: Stored | None
    counts: Mapping[str, int]


class ProcedureShelf:
    """The procedure code sets, edits and fees at hand."""

    def __init__(self, home: Path, cpt: CptUse = CptUse.STARTER, sound_only: bool = False) -> None:
        self.cpt = cpt
        self._stored = {
            system: {} if system is CodeSystem.CPT and cpt is CptUse.OFF else stored_below(home / system, sound_only)
            for system in PROCEDURE_SYSTEMS
        }
        self._releases: dict[Path, ProcedureRelease] = {}
        self._edits = {name: stored_below(home / name, sound_only) for name in EDIT_TABLES}
        self._ptp: dict[Path, PtpRelease] = {}
        self._limits: dict[Path, Mapping[str, UnitLimit]] = {}
        self._fees: dict[Path, Mapping[tuple[str, str], Fee]] = {}

    def starter(self, system: CodeSystem) -> ProcedureSet | None:
        """Return the starter set of a system, None where the setting `cpt` keeps it out."""
        return None if system is CodeSystem.CPT and self.cpt is not CptUse.STARTER else starter_set(system)

    def release(self, system: CodeSystem, day: date) -> ProcedureRelease | None:
        """Return the installed release that answers on a day: the latest in force by then, else the earliest."""
        stored = _reached(self._stored[system], day)
        if stored is None:
            return None
        if stored.folder not in self._releases:
            self._releases[stored.folder] = ProcedureRelease(system, stored, self.starter(system))
        return self._releases[stored.folder]

    def on(self, system: CodeSystem, day: date) -> ProcedureSet | None:
        """Return the codes that are valid on a day, None where no set is at hand."""
        release = self.release(system, day)
        return release.on(day) if release else self.starter(system)

    def official(self, system: CodeSystem, value: str, day: date) -> OfficialCode | None:
        """Return what the release that answers on a day says of a code, be it valid then or not."""
        release = self.release(system, day)
        return release.codes.get(value) if release else None

    def modifiers(self, day: date) -> Mapping[str, Modifier]:
        """Return the modifiers: ours, and those of the installed HCPCS file that are valid on a day."""
        release = self.release(CodeSystem.HCPCS, day)
        if release is None:
            return starter_modifiers()
        return with_official(starter_modifiers(), [m for m in release.modifiers.values() if m.is_valid(day)])

    def bundles(self, day: date, services: Services) -> Bundles:
        """Return the NCCI edits in force on a day where they are installed, else the starter pairs."""
        stored = _reached(self._edits.get(folder_of(NCCI, services), {}), day)
        starter = StarterBundles(starter_bundles())
        if stored is None:
            return starter
        release = self._ptp.setdefault(stored.folder, PtpRelease(stored))
        return NcciBundles(release, day, services.value, starter)

    def mue(self, day: date, services: Services) -> Mapping[str, UnitLimit]:
        """Return the unit limits by code that answer on a day, none where no MUE file is installed."""
        stored = _reached(self._edits[folder_of(MUE, services)], day)
        if stored is None:
            return {}
        if stored.folder not in self._limits:
            self._limits[stored.folder] = read_limits(stored)
        return self._limits[stored.folder]

    def fees(self, day: date) -> Mapping[tuple[str, str], Fee]:
        """Return the fees by (code, modifier) that answer on a day, none where no schedule is installed."""
        stored = _reached(self._edits[FEES], day)
        if stored is None:
            return {}
        if stored.folder not in self._fees:
            self._fees[stored.folder] = read_fees(stored)
        return self._fees[stored.folder]

    def code_sets(self) -> list[Held]:
        """Return the releases of procedure codes, oldest first, and the starter set where it is the newest."""
        held = []
        for system in PROCEDURE_SYSTEMS:
            stored = self._stored[system].values()
            held += [Held(system.value, code_set_of(system, s), s, s.counts) for s in stored]
            starter = self.starter(system)
            if starter and all(s.starts < starter.code_set.effective_from for s in stored):
                held.append(Held(system.value, starter.code_set, None, {"codes": len(starter)}))
        return held

    def edits(self) -> list[Held]:
        """Return the tables of edits and fees; the starter pairs where no NCCI release is installed."""
        held = [Held(name, None, s, s.counts) for name, days in self._edits.items() for s in days.values()]
        if not any(h.name.startswith(NCCI) for h in held):
            held.insert(0, Held("starter pairs", None, None, {"rows": len(starter_bundles())}))
        return held


def _reached(releases: Mapping[date, Kept], day: date) -> Kept | None:
    if not releases:
        return None
    reached = [d for d in releases if d <= day]
    return releases[max(reached) if reached else min(releases)]
