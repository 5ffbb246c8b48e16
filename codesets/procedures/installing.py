"""Installing a file of procedure codes, edits or fees: all of it is checked before anything is replaced."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codesets.dates import named_quarter, ncci_quarter, stated_day
from codesets.errors import BadCodeSetFile, BadRequest
from codesets.loaders import FileKind, OfficialFile, Recognised
from codesets.loaders.cpt import CptRow, read_cpt, read_cpt_list
from codesets.loaders.hcpcs import HcpcsRow, read_hcpcs
from codesets.loaders.hcpcs_workbook import read_hcpcs_workbook
from codesets.loaders.kinds import CPT_KINDS, HCPCS_KINDS, PROCEDURE_KINDS
from codesets.loaders.ptp import read_ptp
from codesets.loaders.rows import damaged
from codesets.loaders.tables import read_fees, read_mue
from codesets.procedures.edits import write_part
from codesets.procedures.release import CODES, MODIFIERS, OfficialCode, write_codes
from codesets.procedures.shelf import FEES, MUE, NCCI, folder_of
from codesets.procedures.starter import starter_set
from codesets.procedures.types import Services
from codesets.procedures.whole import check_against_former, check_hcpcs, check_known, latest_day
from codesets.report import InstallReport
from codesets.stored import store, stored_below, write_rows
from codesets.types import CodeSystem

_SERVICES_WORDS = {
    "practitioner": Services.PRACTITIONER,
    "hospital": Services.HOSPITAL,
    "supplier": Services.SUPPLIER,
    "dme": Services.SUPPLIER,
}
_CPT_TEXTS = {FileKind.CPT_LONG: "LONGULT", FileKind.CPT_MEDIUM: "MEDU", FileKind.CPT_SHORT: "SHORTU"}


@dataclass(frozen=True, slots=True)
class _Planned:
    """A table to write: its folder below the home folder, days, how to write it, and what it holds."""

    table: str
    starts: date
    ends: date | None
    source: str
    write: Callable[[Path], None]
    counts: dict[str, int]


def install_procedures(recognised: Recognised, home: Path, named: str, effective_from: date | None) -> InstallReport:
    """Install the recognised files of procedure codes, edits or fees below `home`; `named` is the path's name.

    Raises BadCodeSetFile, BadRequest and CodeSetError like `codesets.install.install`.
    """
    others = [f.kind.value for f in recognised.files if f.kind not in PROCEDURE_KINDS]
    planned = [plan for plan in _plans(recognised, home, named, effective_from) if plan]
    if others or len(planned) != 1:
        raise BadCodeSetFile(f"{named} mixes files of several code sets: install them one by one")
    plan = planned[0]
    folder = home / plan.table / plan.starts.isoformat()
    store(folder, (plan.starts, plan.ends), plan.source, plan.counts, plan.write)
    held = plan.counts
    return InstallReport(
        tuple((f.name, f.kind.value) for f in recognised.files),
        recognised.passed_over,
        plan.starts,
        plan.ends,
        f"{plan.table} release {plan.starts} answers from {plan.starts} (from {plan.source})",
        codes=held.get("codes", 0),
        modifiers=held.get("modifiers", 0),
        terminated=held.get("terminated", 0),
        rows=held.get("rows", 0),
    )


def _plans(recognised: Recognised, home: Path, named: str, day: date | None) -> list[_Planned | None]:
    tables = {FileKind.PTP: _plan_ptp, FileKind.MUE: _plan_mue, FileKind.FEES: _plan_fees}
    return [
        _plan_hcpcs(recognised.of(*HCPCS_KINDS), named, day),
        _plan_cpt(recognised.of(*CPT_KINDS), named, day),
        *(plan(file, home, named, day) for kind, plan in tables.items() for file in recognised.of(kind)),
    ]


def _plan_hcpcs(files: list[OfficialFile], named: str, day: date | None) -> _Planned | None:
    if not files:
        return None
    read = {FileKind.HCPCS: read_hcpcs, FileKind.HCPCS_WORKBOOK: read_hcpcs_workbook}
    contents = [(f, read[f.kind](f.name, f.data)) for f in files]
    contents.sort(key=lambda c: c[0].kind is not FileKind.HCPCS)
    file, rows = contents[0]
    for other, its_rows in contents[1:]:
        _check_same(other.name, its_rows, rows)
    starts = day or named_quarter(file.name) or named_quarter(named) or max(map(latest_day, rows))
    check_hcpcs(file.name, rows, starts)
    codes, modifiers = ([_hcpcs_code(r) for r in rows if r.is_modifier is kind] for kind in (False, True))

    def write(draft: Path) -> None:
        write_codes(draft / CODES, codes)
        write_codes(draft / MODIFIERS, modifiers)

    ended = sum(c.terminated is not None for c in codes)
    counts = {"codes": len(codes), "modifiers": len(modifiers), "terminated": ended}
    return _Planned(CodeSystem.HCPCS.value, starts, _year_end(starts), file.name, write, counts)


def _check_same(name: str, rows: list[HcpcsRow], expected: list[HcpcsRow]) -> None:
    days = {(row.is_modifier, row.value): (row.added, row.terminated) for row in expected}
    for row in rows:
        if days.pop((row.is_modifier, row.value), None) != (row.added, row.terminated):
            raise damaged(name, row.line, f"{row.value} is not what the text file beside it says")
    if days:
        raise damaged(name, rows[-1].line, f"{min(days)[1]}, which the text file beside it holds, is missing")


def _hcpcs_code(row: HcpcsRow) -> OfficialCode:
    return OfficialCode(row.value, tuple(w for w in (row.long, row.short) if w), row.added, row.terminated)


def _plan_cpt(files: list[OfficialFile], named: str, day: date | None) -> _Planned | None:
    if not files:
        return None
    read: list[tuple[OfficialFile, list[CptRow]]] = []
    stated: set[str] = set()
    for file in sorted(files, key=lambda f: CPT_KINDS.index(f.kind)):
        texts = _CPT_TEXTS.get(file.kind)
        rows, year = read_cpt(file.name, file.data, texts) if texts else read_cpt_list(file.name, file.data)
        read.append((file, rows))
        stated |= {year} - {""}
    first, rows = read[0]
    words = {row.value: [row.text, *row.others] for row in rows}
    for file, more in read[1:]:
        check_known(file.name, more[-1].line, {r.value for r in more}, words)
        for row in more:
            if row.value not in words:
                raise damaged(file.name, row.line, f"{row.value} is not in {first.name} beside it")
            words[row.value].append(row.text)
    check_known(first.name, rows[-1].line, words, starter_set(CodeSystem.CPT).procedures)
    starts = day or named_quarter(first.name) or named_quarter(named)
    starts = starts or (date(int(max(stated)), 1, 1) if stated else None)
    if starts is None:
        raise _no_day()
    codes = [OfficialCode(value, tuple(dict.fromkeys(texts))) for value, texts in words.items()]
    source = ", ".join(file.name for file, _ in read)
    return _Planned(
        CodeSystem.CPT.value,
        starts,
        _year_end(starts),
        source,
        lambda draft: write_codes(draft / CODES, codes),
        {"codes": len(codes)},
    )


def _plan_ptp(file: OfficialFile, home: Path, named: str, day: date | None) -> _Planned:
    edits = read_ptp(file.name, file.data)
    both = f"{file.name} {named}".lower()
    services = Services.HOSPITAL if "oph" in both else Services.PRACTITIONER
    starts = day or ncci_quarter(both) or named_quarter(both)
    if starts is None:
        raise _no_day()
    found = re.search(r"f(\d+)\b", both)
    part = f"f{found[1]}" if found else "f0"
    table = folder_of(NCCI, services)
    last = file.data.count(b"\n")
    stored = stored_below(home / table, sound_only=True)
    before = stored.get(starts)
    former = next((s.counts[part] for s in reversed(stored.values()) if part in s.counts), 0)
    check_against_former(file.name, last, len(edits.pairs), former)
    kept = {n: p for n, p in (before.counts.items() if before else ()) if n not in (part, "rows")}
    counts = {**kept, part: len(edits.pairs)}

    def write(draft: Path) -> None:
        for name in before.digests if before else ():
            if name.partition("-")[0] != part:
                (draft / name).write_bytes((home / table / starts.isoformat() / name).read_bytes())
        write_part(draft, part, edits)

    sources = {*(before.source.split(", ") if before else ()), file.name}
    return _Planned(table, starts, None, ", ".join(sorted(sources)), write, {**counts, "rows": sum(counts.values())})


def _plan_mue(file: OfficialFile, home: Path, named: str, day: date | None) -> _Planned:
    rows, heading = read_mue(file.name, file.data)
    services = next((s for word, s in _SERVICES_WORDS.items() if word in heading.lower()), None)
    if services is None:
        raise damaged(file.name, rows[0].line - 1, "the headings do not say whose services the values are for")
    starts = day or stated_day(file.name) or stated_day(named) or named_quarter(file.name) or named_quarter(named)
    if starts is None:
        raise _no_day()
    table = folder_of(MUE, services)
    _check_former(file.name, rows[-1].line, len(rows), home / table)
    cells = [[r.value, str(r.units), str(r.indicator), r.rationale] for r in rows]
    return _Planned(
        table, starts, None, file.name, lambda draft: write_rows(draft / "limits.tsv", cells), {"rows": len(rows)}
    )


def _plan_fees(file: OfficialFile, home: Path, named: str, day: date | None) -> _Planned:
    rows, year = read_fees(file.name, file.data)
    starts = day or named_quarter(file.name) or named_quarter(named) or (date(int(year), 1, 1) if year else None)
    if starts is None:
        raise _no_day()
    if year and day is None and starts.year != int(year):
        raise damaged(file.name, 1, f"the name says {starts.year}, the headings {year}")
    priced = [p.code.value for p in starter_set(CodeSystem.CPT).procedures.values() if p.global_days]
    check_known(file.name, rows[-1].line, {r.value for r in rows}, priced)
    _check_former(file.name, rows[-1].line, len(rows), home / FEES)
    cells = [[r.value, r.modifier, r.status, r.global_days, r.pctc, *r.numbers] for r in rows]
    return _Planned(
        FEES,
        starts,
        _year_end(starts),
        file.name,
        lambda draft: write_rows(draft / "fees.tsv", cells),
        {"rows": len(rows)},
    )


def _check_former(name: str, last_line: int, rows: int, root: Path) -> None:
    former = [s.counts.get("rows", 0) for s in stored_below(root, sound_only=True).values()]
    check_against_former(name, last_line, rows, former[-1] if former else 0)


def _year_end(starts: date) -> date:
    return date(starts.year, 12, 31)


def _no_day() -> BadRequest:
    return BadRequest(
        "neither the name nor the content says the date: give --effective-from YYYY-MM-DD, "
        "the first day on which the release is in force"
    )
