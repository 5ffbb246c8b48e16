"""Whether the releases at hand are sound: what `chartcoder codesets check` finds."""

import filecmp
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from codesets.errors import ChartcoderError
from codesets.home import dated_folders, home_folder
from codesets.icd10cm.embedded import EMBEDDED, build_embedded, embedded_folder
from codesets.icd10cm.hierarchy import misplaced, nearest_prefix
from codesets.icd10cm.release import UNREADABLE, IcdRelease
from codesets.procedures.shelf import PROCEDURE_SYSTEMS, TABLES
from codesets.procedures.starter import starter_set
from codesets.retired import retired_codes
from codesets.stored import META, open_stored
from codesets.types import CodeSystem


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a release, by the stable name of the check that found it."""

    release: str
    check: str
    message: str


def find_faults(release: IcdRelease) -> list[Fault]:
    """Return what is wrong inside one release: order of codes, titles, hierarchy, unreadable notes."""
    name = release.code_set.release
    values = release.values
    faults: list[Fault] = []
    if not values or any(a >= b for a, b in pairwise(values)):
        return [Fault(name, "codes", "the codes are missing or not in order")]
    if len(release.titles) != len(values) or not all(release.titles):
        faults.append(Fault(name, "titles", "a code has no title"))
    flags = {value: release.is_billable(value) for value in values}
    wrong = misplaced(flags)
    if wrong is not None:
        faults.append(Fault(name, "billable", f"{wrong[0]}: {wrong[1]}"))
    for value in values:
        if release.parent(value) != nearest_prefix(value, flags):
            faults.append(Fault(name, "parents", f"{value} does not stand below the code that begins it"))
            break
    groups = {group.name for group in release.all_groups()}
    adrift = [v for v in values if len(v) == 3 and release.group_of(v) not in groups]
    if adrift:
        faults.append(Fault(name, "sections", f"{len(adrift)} categories are in no section, {adrift[0]} first"))
    try:
        for value in values:
            release.own_notes(value)
            release.own_seventh_characters(value)
    except (ValueError, TypeError, IndexError):
        faults.append(Fault(name, "notes", "the notes cannot be read"))
    return faults


def check_code_sets(home: Path | None = None) -> tuple[list[str], list[Fault]]:
    """Return the names of the releases that were checked, oldest first, and everything that was found.

    The embedded release is built anew and compared with the one in the cache, byte for byte; of other installed
    tables the digests are compared.
    """
    home = home or home_folder()
    folders: dict[str, Path] = {}
    for day, folder in dated_folders(home / "icd10cm").items():
        if (folder / "release.json").exists():
            folders[day.isoformat()] = folder
    faults: list[Fault] = []
    for name, folder in folders.items():
        faults.extend(_opens(name, folder))
    embedded = f"{EMBEDDED.release} (embedded)"
    faults.extend(_embedded_faults(embedded))
    faults.extend(_retired_faults())
    tables = {
        f"{table} {day}": folder
        for table in TABLES
        for day, folder in dated_folders(home / table).items()
        if (folder / META).exists()
    }
    starters = {f"{s} starter set": s for s in PROCEDURE_SYSTEMS}
    for name, folder in tables.items():
        faults.extend(_table_faults(name, folder))
    for name, system in starters.items():
        faults.extend(_starter_faults(name, system))
    return [*sorted([*folders, embedded]), *starters, *tables], faults


def _table_faults(name: str, folder: Path) -> list[Fault]:
    try:
        sound = open_stored(folder).sound()
    except ChartcoderError:
        sound = False
    return [] if sound else [Fault(name, "opens", "a file is not what was installed: install its file again")]


def _starter_faults(name: str, system: CodeSystem) -> list[Fault]:
    try:
        worded = all(p.wording for p in starter_set(system).procedures.values())
    except (OSError, ValueError):
        worded = False
    return [] if worded else [Fault(name, "opens", "its file in codesets/data is damaged: install chartcoder again")]


def _opens(name: str, folder: Path) -> list[Fault]:
    try:
        release = IcdRelease(folder)
        if release.code_set.release != name:
            return [Fault(name, "opens", "the folder holds another release")]
        return find_faults(release)
    except (*UNREADABLE, ChartcoderError) as error:
        return [Fault(name, "opens", f"it does not open ({type(error).__name__}): install its file again")]


def _embedded_faults(name: str) -> list[Fault]:
    folder = embedded_folder()
    with tempfile.TemporaryDirectory() as scratch:
        build_embedded(Path(scratch))
        names = sorted(entry.name for entry in Path(scratch).iterdir())
        _, differ, missing = filecmp.cmpfiles(scratch, folder, names, shallow=False)
    if differ or missing:
        what = ", ".join(sorted({*differ, *missing}))
        return [Fault(name, "cache", f"the cache differs from its source ({what}): remove {folder}")]
    return [Fault(name, f.check, f.message) for f in _opens(EMBEDDED.release, folder)]


def _retired_faults() -> list[Fault]:
    release = IcdRelease(embedded_folder())
    return [
        Fault("retired.tsv", "retired", f"{fact.value} is not a billable code of the embedded release")
        for fact in retired_codes().values()
        if not release.is_billable(fact.value)
    ]
