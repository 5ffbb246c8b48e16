from datetime import date
from pathlib import Path

import numpy as np
import pytest

from codesets.check import check_code_sets, find_faults
from codesets.icd10cm.build import write_release
from codesets.icd10cm.embedded import embedded_folder
from codesets.icd10cm.release import IcdRelease
from codesets.icd10cm.tabular import TabularRecord
from codesets.stored import store, write_rows
from codesets.types import CodeSet, CodeSystem

CODE_SET = CodeSet(CodeSystem.ICD10CM, "2026-10-01", date(2026, 10, 1), None, "a test")
STARTERS = ["cpt starter set", "hcpcs starter set"]
GROUPS = [TabularRecord("chapter", "chapter 4", "Endocrine", None)]


def _record(name: str, parent: str | None, title: str = "words") -> TabularRecord:
    return TabularRecord("code", name, title, parent)


@pytest.mark.parametrize(
    ("records", "billable", "checks", "reason"),
    [
        ([_record("E11", "chapter 4"), _record("E119", "E11")], {"E119"}, [], "sound"),
        (
            [_record("E11", "chapter 4"), _record("E119", "E11")],
            {"E11", "E119"},
            ["billable"],
            "a billable header",
        ),
        (
            [_record("E11", "chapter 4"), _record("E119", "E11")],
            set(),
            ["billable"],
            "a header without codes",
        ),
        ([_record("E11", "chapter 4"), _record("E119", None)], {"E119"}, ["parents"], "no parent"),
        ([_record("E11", "section X"), _record("E119", "E11")], {"E119"}, ["sections"], "an unknown section"),
        ([_record("E11", "chapter 4", "")], {"E11"}, ["titles"], "no title"),
        ([], set(), ["codes"], "empty"),
    ],
)
def test_find_faults(
    tmp_path: Path, records: list[TabularRecord], billable: set[str], checks: list[str], reason: str
) -> None:
    write_release(tmp_path, CODE_SET, records, GROUPS, billable)
    assert [f.check for f in find_faults(IcdRelease(tmp_path))] == checks, reason


def test_the_embedded_release_is_sound(home: Path) -> None:
    assert check_code_sets() == (["2026-04-01 (embedded)", *STARTERS], [])


def test_a_damaged_installed_release_is_found(home: Path) -> None:
    folder = home / "icd10cm" / "2026-10-01"
    folder.mkdir(parents=True)
    (folder / "release.json").write_text("{}")
    releases, faults = check_code_sets()
    assert releases == ["2026-04-01 (embedded)", "2026-10-01", *STARTERS]
    assert [(f.release, f.check) for f in faults] == [("2026-10-01", "opens")]


def test_a_cache_that_differs_from_its_source_is_found(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTCODER_CACHE", str(tmp_path / "cache"))
    flags = embedded_folder() / "billable.npy"
    changed = np.load(flags)
    changed[0] = not changed[0]
    np.save(flags, changed)
    assert "cache" in [f.check for f in check_code_sets()[1]]


@pytest.mark.parametrize("spoiled", ["rows.tsv", "release.json"])
def test_a_damaged_table_is_found(home: Path, spoiled: str) -> None:
    folder = home / "mue-hospital" / "2026-01-01"
    store(folder, (date(2026, 1, 1), None), "a test", {"rows": 1}, lambda d: write_rows(d / "rows.tsv", [["a"]]))
    assert check_code_sets() == (["2026-04-01 (embedded)", *STARTERS, "mue-hospital 2026-01-01"], [])
    (folder / spoiled).write_text("{}")
    assert [(f.release, f.check) for f in check_code_sets()[1]] == [("mue-hospital 2026-01-01", "opens")]
