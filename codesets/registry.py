"""Which ICD-10-CM release answers for a date of service: the embedded one and those that are installed."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from codesets.dates import fiscal_year
from codesets.errors import CodeSetError
from codesets.home import dated_folders, home_folder
from codesets.icd10cm.embedded import EMBEDDED, embedded_folder
from codesets.icd10cm.release import UNREADABLE, IcdRelease, code_set_of
from codesets.retired import RetiredCode, retired_codes
from codesets.types import CodeSet

OUT_OF_DATE = "codeset.out_of_date"
INDEX_TERMS = "index-terms.tsv"


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

    def __init__(self, entries: list[Installed], root: Path) -> None:
        self._entries = sorted(entries, key=lambda e: e.code_set.effective_from)
        self._root = root

    @classmethod
    def open(cls, home: Path | None = None, sound_only: bool = False) -> "CodeSets":
        """Return the releases installed below `home` (default `CHARTCODER_HOME`) and the embedded one.

        A release installed for the embedded one's first day takes its place. Raises CodeSetError where an
        installed release is damaged; `sound_only` leaves it out, so that its file can be installed again.
        """
        root = (home or home_folder()) / "icd10cm"
        entries = {EMBEDDED.effective_from: Installed(EMBEDDED, None)}
        for day, folder in dated_folders(root).items():
            if (folder / "release.json").is_file() and not (sound_only and _is_damaged(folder)):
                entries[day] = Installed(_code_set(folder), folder)
        return cls(list(entries.values()), root)

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
