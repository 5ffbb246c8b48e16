"""Installing an official file or zip: all of it is checked before anything is replaced."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codesets.check import find_faults
from codesets.completeness import check_complete
from codesets.dates import fiscal_end
from codesets.errors import BadCodeSetFile, CodeSetMissing
from codesets.home import home_folder, replace_file, replace_folder
from codesets.icd10cm.carry import records_of, rows_of, with_headers, write_carried
from codesets.icd10cm.release import IcdRelease
from codesets.icd10cm.tabular import TabularRecord
from codesets.loaders import PROCEDURE_KINDS, FileKind, IndexRow, apply_addenda, check_against, recognise
from codesets.loaders.bundle import Bundle, read_bundle
from codesets.loaders.rows import CodeRow
from codesets.procedures.installing import install_procedures
from codesets.registry import INDEX_TERMS, CodeSets, opened
from codesets.report import InstallReport
from codesets.types import CodeSet, CodeSystem

_INDEX_PARTS = {
    FileKind.INDEX: "index-main.tsv",
    FileKind.EXTERNAL_INDEX: "index-external.tsv",
    FileKind.NEOPLASM_TABLE: "index-neoplasm.tsv",
    FileKind.DRUG_TABLE: "index-drug.tsv",
}


@dataclass(frozen=True, slots=True)
class _Planned:
    """A release to write: its codes, where its notes come from, and the release that it is compared with."""

    rows: Mapping[str, CodeRow]
    noted: list[TabularRecord]
    reclassified: Container[str]
    source: str
    compared_with: IcdRelease


def install(path: Path, home: Path | None = None, effective_from: date | None = None) -> InstallReport:
    """Install the official file or zip at `path` below `home` and return what was done.

    `home` is `CHARTCODER_HOME` where it is not given. Raises BadRequest where there is no file or nothing
    says from when it is in force, BadCodeSetFile (with the line) where a file is damaged, of another kind,
    mixed or not what it should amend, CodeSetMissing where the release that it amends is not installed;
    whatever was installed before then stays in force.
    """
    recognised = recognise(path)
    if recognised.of(*PROCEDURE_KINDS):
        return install_procedures(recognised, home or home_folder(), path.name, effective_from)
    bundle = read_bundle(recognised)
    starts = effective_from or bundle.start(path.name)
    folder = (home or home_folder()) / "icd10cm" / starts.isoformat()
    planned = _plan(bundle, CodeSets.open(home, sound_only=True), starts)
    report = InstallReport(
        tuple((f.name, f.kind.value) for f in recognised.files),
        recognised.passed_over,
        starts,
        fiscal_end(starts),
        _in_words(planned, bundle, starts),
        planned.compared_with.code_set.release if planned else "",
        terms=sum(1 for rows in bundle.indexes.values() for row in rows if row.code),
        **(_changes(planned) if planned else {}),
    )
    if planned is not None:
        _write(folder, planned, report)
    for kind, rows in bundle.indexes.items():
        _write_terms(folder, _INDEX_PARTS[kind], rows)
    return report


def _plan(bundle: Bundle, sets: CodeSets, starts: date) -> _Planned | None:
    releases = {e.code_set.effective_from: e for e in sets.entries()}
    before = max((day for day in releases if day < starts), default=None)
    nearest = opened(releases[min(releases, key=lambda day: (abs(day - starts), day))])
    base = opened(releases[before]) if before else nearest
    if bundle.list_file is not None:
        listed = bundle.listed or []
        rows = {r.value: r for r in listed} if bundle.headers_listed else with_headers(listed, nearest)
        check_complete(bundle.list_file.name, listed, nearest, starts)
        name, notes = bundle.list_file.name, nearest
    elif bundle.addenda is not None:
        if before is None:
            raise CodeSetMissing(
                f"{bundle.addenda_name} amends the release before {starts}, and none is installed: "
                "install the order file of that year first"
            )
        rows = apply_addenda(bundle.addenda_name, bundle.addenda, rows_of(base), base.code_set.release)
        name, notes = f"{bundle.addenda_name} over release {base.code_set.release}", base
    elif bundle.tabular is not None:
        if starts not in releases:
            raise CodeSetMissing(
                f"a tabular list does not say which codes are billable and no release of {starts} is there: "
                "install its order file first, or the zip with both"
            )
        base = notes = opened(releases[starts])
        rows, name = rows_of(base), base.code_set.source
    else:
        return None
    if bundle.tabular is not None and bundle.tabular_file is not None:
        check_against(bundle.tabular_file.name, bundle.tabular_file.data, bundle.tabular, rows)
        return _Planned(rows, bundle.tabular, (), f"{name}; notes of {bundle.tabular_file.name}", base)
    flipped = {v for v, row in rows.items() if v in notes and notes.is_billable(v) != row.billable}
    source = f"{name}; notes of release {notes.code_set.release}"
    return _Planned(rows, records_of(notes), flipped, source, base)


def _changes(planned: _Planned) -> dict[str, int]:
    old, new = rows_of(planned.compared_with), planned.rows
    both = [(old[v], new[v]) for v in new if v in old]
    return {
        "codes": len(new),
        "billable": sum(row.billable for row in new.values()),
        "added": len(new) - len(both),
        "deleted": len(old) - len(both),
        "reclassified": sum(a.billable != b.billable for a, b in both),
        "revised": sum(a.title != b.title for a, b in both),
    }


def _in_words(planned: _Planned | None, bundle: Bundle, starts: date) -> str:
    done = []
    if planned is not None:
        done.append(f"release {starts} answers from {starts} (from {planned.source})")
    if bundle.indexes:
        kinds = ", ".join(kind.value for kind in bundle.indexes)
        done.append(f"terms of the {kinds} are stored for {starts}")
    return "; ".join(done)


def _write(folder: Path, planned: _Planned, report: InstallReport) -> None:
    code_set = CodeSet(CodeSystem.ICD10CM, report.release, report.effective_from, report.effective_to, planned.source)

    def fill(draft: Path) -> None:
        write_carried(draft, code_set, planned.rows, planned.noted, planned.reclassified)
        for terms in folder.glob("index-*.tsv"):
            (draft / terms.name).write_bytes(terms.read_bytes())
        faults = find_faults(IcdRelease(draft))
        if faults:
            raise BadCodeSetFile(f"the release would be faulty ({faults[0].message}); nothing was installed")

    replace_folder(folder, fill)


def _write_terms(folder: Path, name: str, rows: list[IndexRow]) -> None:
    lines = [f"{', '.join(row.path)}\t{row.code}\n" for row in rows if row.code]
    replace_file(folder / name, "".join(lines))
    parts = (folder / part for part in _INDEX_PARTS.values())
    replace_file(folder / INDEX_TERMS, "".join(p.read_text(encoding="utf-8") for p in parts if p.is_file()))
