"""Checks the starter sets against public lists: codes that stand in none, by family, and facts that differ.

`python -m training.starter_sets` reads `codesets/mpfs_2026_numeric.json`, `hcpcs_2025_oct.csv` and
`opps_addendum_b_2026_04_level2.csv` below CHARTCODER_DATA: numbers and codes alone, no text of them. A CPT code that
the fee schedule does not price proves nothing (anesthesia, laboratory, vaccines), nor does an add-on whose codes are
priced nowhere: such codes get a second reader. Exit code 1 where a HCPCS code stands in no list or a global period
differs.
"""

import csv
import json
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from codesets.procedures.starter import starter_set
from codesets.procedures.types import Procedure
from codesets.types import CodeSystem
from eval.sources import data_folder


@dataclass(frozen=True, slots=True)
class Findings:
    """What the lists say of the starter sets.

    `unlisted` are the codes in no list by kind of service, `globals_differ` (code, ours, the schedule's), `adrift`
    the add-ons that go with no code of sets or lists.
    """

    codes: Mapping[str, int]
    unlisted: Mapping[str, tuple[str, ...]]
    globals_differ: tuple[tuple[str, str, str], ...]
    adrift: tuple[str, ...]


def check_starter_sets(
    procedures: Iterable[Procedure], periods: Mapping[str, str], level2: Iterable[str]
) -> Findings:
    """Return the findings; `periods` are the global periods of the fee schedule, `level2` listed HCPCS codes."""
    found = {p.code.value: p for p in procedures}
    listed = set(periods) | set(level2)
    unlisted: dict[str, list[str]] = {}
    for value in sorted(found):
        if value not in listed:
            unlisted.setdefault(kind_of_service(value), []).append(value)
    differ = [
        (value, p.global_days, periods[value])
        for value, p in sorted(found.items())
        if value in periods and p.global_days != periods[value]
    ]
    values = sorted(listed | set(found))
    adrift = [
        value
        for value, p in sorted(found.items())
        if p.addon_to and not any(bisect_left(values, a) < bisect_right(values, b) for a, b in p.addon_to)
    ]
    return Findings(
        Counter(p.code.system.value for p in found.values()),
        {kind: tuple(codes) for kind, codes in sorted(unlisted.items())},
        tuple(differ),
        tuple(adrift),
    )


def kind_of_service(value: str) -> str:
    """Return the part of CPT, or the letter of HCPCS, that a code belongs to."""
    if not value[0].isdigit():
        return f"HCPCS {value[0]}"
    if not value[4].isdigit():
        return f"CPT category {value[4]}"
    number = int(value)
    if number < 2_000:
        return "CPT anesthesia"
    if 80_000 <= number < 90_000:
        return "CPT laboratory"
    if 90_460 <= number <= 90_480:
        return "CPT vaccine administration"
    if 90_281 <= number <= 90_759 or 91_300 <= number <= 91_323:
        return "CPT vaccines and immune globulins"
    return "CPT other"


def global_periods(folder: Path) -> dict[str, str]:
    """Return the global period of every code of the 2026 fee schedule."""
    rows = json.loads((folder / "codesets" / "mpfs_2026_numeric.json").read_text(encoding="utf-8"))
    return {row["code"]: row["globalPeriod"] for row in rows}


def level2_codes(folder: Path) -> set[str]:
    """Return the HCPCS Level II codes of the two public lists."""
    found: set[str] = set()
    for name, column in (("hcpcs_2025_oct.csv", "Code"), ("opps_addendum_b_2026_04_level2.csv", "HCPCSCode")):
        with (folder / "codesets" / name).open(encoding="utf-8-sig", newline="") as file:
            found |= {row[column].strip() for row in csv.DictReader(file)}
    return found


def main() -> int:
    """Print what the public lists say of the starter sets."""
    folder = data_folder()
    sets = (starter_set(system) for system in (CodeSystem.CPT, CodeSystem.HCPCS))
    procedures = [p for found in sets for p in found.procedures.values()]
    findings = check_starter_sets(procedures, global_periods(folder), level2_codes(folder))
    print(", ".join(f"{count:,} {system} codes" for system, count in sorted(findings.codes.items())))
    for kind, codes in findings.unlisted.items():
        print(f"in no list, {kind}: {len(codes)}: {' '.join(codes)}")
    for value, ours, theirs in findings.globals_differ:
        print(f"global period of {value}: {ours or 'none'} here, {theirs} in the fee schedule")
    for value in findings.adrift:
        print(f"add-on {value} goes with no code of sets or lists")
    wrong = [kind for kind in findings.unlisted if kind.startswith("HCPCS")]
    return 1 if wrong or findings.globals_differ else 0


if __name__ == "__main__":
    sys.exit(main())
