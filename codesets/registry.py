"""Which release of each code system answers for a date of service: those at hand from the start or installed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from codesets.dates import fiscal_year
from codesets.errors import CodeSetError
from codesets.home import dated_folders, home_folder
from codesets.icd10cm.embedded import EMBEDDED, embedded_folder
from codesets.icd10cm.release import UNREADABLE, IcdRelease, code_set_of
from codesets.procedures.edits import Bundles, Fee, UnitLimit
from codesets.procedures.release import OfficialCode
from codesets.procedures.shelf import Held, ProcedureShelf
from codesets.procedures.types import CptUse, Modifier, ProcedureSet, Services
from codesets.retired import RetiredCode, retired_codes
from codesets.types import Code, CodeSet, CodeSystem

OUT_OF_DATE = "codeset.out_of_date"
INDEX_TERMS = "index-terms.tsv"
_NAMES = {CodeSystem.CPT: "CPT", CodeSystem.HCPCS: "HCPCS"}


@dataclass(frozen=True, slots=True)
class ReleaseWarning:
    """Says that the release that answers for `day` is not in force on it; `rule` is the problem's rule id."""

    message: str
    release: str
    day: date
    rule: str = OUT_OF_DATE


@dataclass(frozen=True, slots=True)
class Installed:
    """A release and its folder; None is the embedded release, whose folder is built on first use."""

    code_set: CodeSet
    folder: Path | None


class CodeSets:
    """The releases at hand, by the dates of service that they answer for."""

    def __init__(self, entries: list[Installed], root: Path, shelf: ProcedureShelf) -> None:
        self._entries = sorted(entries, key=lambda e: e.code_set.effective_from)
        self._root = root
        self._shelf = shelf

    @classmethod
    def open(cls, home: Path | None = None, sound_only: bool = False, cpt: CptUse = CptUse.STARTER) -> "CodeSets":
        """Return the releases installed below `home` (default `CHARTCODER_HOME`), the embedded one and the starters.

        A release installed for the embedded one's first day takes its place; `cpt` says which CPT codes may answer.
        Raises CodeSetError where an installed release is damaged; `sound_only` leaves it out, so that its file can
        be installed again.
        """
        home = home or home_folder()
        root = home / "icd10cm"
        entries = {EMBEDDED.effective_from: Installed(EMBEDDED, None)}
        for day, folder in dated_folders(root).items():
            if (folder / "release.json").is_file() and not (sound_only and _is_damaged(folder)):
                entries[day] = Installed(_code_set(folder), folder)
        return cls(list(entries.values()), root, ProcedureShelf(home, cpt, sound_only))

    def _entry(self, day: date) -> Installed:
        reached = [e for e in self._entries if e.code_set.effective_from <= day]
        return reached[-1] if reached else self._entries[0]

    def icd10cm(self, day: date) -> IcdRelease:
        """Return the release that answers on `day`: the latest in force by then, else the earliest."""
        return opened(self._entry(day))

    def entries(self) -> list[Installed]:
        """Return the releases with their folders, oldest first."""
        return list(self._entries)

    def releases(self) -> list[CodeSet]:
        """Return the releases, oldest first; each ends the day before the next begins, if not earlier."""
        sets = [e.code_set for e in self._entries]
        ends = [s.effective_from - timedelta(days=1) for s in sets[1:]] + [date.max]
        return [
            replace(s, effective_to=min(s.effective_to or end, end)) if end != date.max else s
            for s, end in zip(sets, ends, strict=True)
        ]

    def answer_warning(self, day: date) -> ReleaseWarning | None:
        """Return the warning to show where the release that answers on `day` is not in force then."""
        code_set = self._entry(day).code_set
        if code_set.covers(day):
            return None
        message = (
            f"ICD-10-CM release {code_set.release} answers for {day.isoformat()}; "
            f"install FY{fiscal_year(day)}: chartcoder codesets install PATH"
        )
        return ReleaseWarning(message, code_set.release, day)

    def retired(self, value: str, day: date) -> RetiredCode | None:
        """Return the fact that a canonical code is not billable on `day`, unless the release itself knows.

        None too for a day before the code was retired.
        """
        fact = retired_codes().get(value)
        if fact is None or day < fact.retired_on:
            return None
        return fact if self._entry(day).code_set.effective_from < fact.retired_on else None

    def procedures(self, system: CodeSystem, day: date) -> ProcedureSet | None:
        """Return the CPT or HCPCS Level II codes that are valid on a day, None where no set is at hand."""
        return self._shelf.on(system, day)

    def procedure_warning(self, system: CodeSystem, day: date) -> ReleaseWarning | None:
        """Return the warning to show where the CPT or HCPCS codes that answer on `day` are not of its time."""
        procedures = self._shelf.on(system, day)
        if procedures is None or procedures.code_set.covers(day):
            return None
        release = procedures.code_set.release
        message = (
            f"{_NAMES[system]} release {release} answers for {day.isoformat()}; "
            f"install that of {day.year}: chartcoder codesets install PATH"
        )
        return ReleaseWarning(message, release, day)

    def official(self, code: Code, day: date) -> OfficialCode | None:
        """Return what the installed file says of a CPT or HCPCS code, be it valid on `day` or not; None without."""
        return self._shelf.official(code.system, code.value, day)

    def modifiers(self, day: date) -> Mapping[str, Modifier]:
        """Return the modifiers by value: ours, and further ones of the installed HCPCS file."""
        return self._shelf.modifiers(day)

    def bundles(self, day: date, services: Services = Services.PRACTITIONER) -> Bundles:
        """Return the pairs of which one code is part of the other: NCCI where installed, else the starter pairs."""
        return self._shelf.bundles(day, services)

    def mue(self, day: date, services: Services = Services.PRACTITIONER) -> Mapping[str, UnitLimit]:
        """Return the most units of a code by code, empty until an MUE file is installed."""
        return self._shelf.mue(day, services)

    def fees(self, day: date) -> Mapping[tuple[str, str], Fee]:
        """Return the physician fee schedule by (code, modifier), empty until it is installed."""
        return self._shelf.fees(day)

    def procedure_sets(self) -> list[Held]:
        """Return the releases of CPT and HCPCS Level II at hand."""
        return self._shelf.code_sets()

    def edits(self) -> list[Held]:
        """Return the tables of edits and fees at hand."""
        return self._shelf.edits()

    def index_terms(self, day: date) -> Path | None:
        """Return the terms of the Alphabetic Index in force on `day` (words TAB canonical code), else None.

        The latest Index in force by then, else the earliest there is.
        """
        found = {d: f / INDEX_TERMS for d, f in dated_folders(self._root).items() if (f / INDEX_TERMS).is_file()}
        reached = [d for d in found if d <= day]
        return found[max(reached) if reached else min(found)] if found else None


def opened(entry: Installed) -> IcdRelease:
    """Return the release, opened once per process as long as its folder is not replaced.

    Raises CodeSetError where it is damaged.
    """
    return _open(entry.folder or embedded_folder())


def _open(folder: Path) -> IcdRelease:
    try:
        return _opened(folder, (folder / "release.json").stat().st_mtime_ns)
    except UNREADABLE as error:
        raise _damaged(folder) from error


@lru_cache(maxsize=8)
def _opened(folder: Path, _changed_ns: int) -> IcdRelease:
    return IcdRelease(folder)


def _is_damaged(folder: Path) -> bool:
    try:
        _open(folder)
    except CodeSetError:
        return True
    return False


def _code_set(folder: Path) -> CodeSet:
    try:
        return code_set_of(json.loads((folder / "release.json").read_text(encoding="utf-8")))
    except UNREADABLE as error:
        raise _damaged(folder) from error


def _damaged(folder: Path) -> CodeSetError:
    name = folder.name.removeprefix(".").removesuffix(".previous")
    return CodeSetError(
        f"the installed ICD-10-CM release {name} is damaged: install its file again, or remove {folder}"
    )
