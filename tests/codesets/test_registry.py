import json
from datetime import date
from pathlib import Path

import pytest

from codesets.errors import CodeSetError
from codesets.icd10cm.build import write_release
from codesets.icd10cm.tabular import TabularRecord
from codesets.procedures.types import CptUse
from codesets.registry import CodeSets
from codesets.types import Code, CodeSet, CodeSystem


def _put(home: Path, starts: date, ends: date | None) -> Path:
    folder = home / "icd10cm" / starts.isoformat()
    folder.mkdir(parents=True)
    code_set = CodeSet(CodeSystem.ICD10CM, starts.isoformat(), starts, ends, "a test")
    write_release(folder, code_set, [TabularRecord("code", "I10", f"of {starts}", None)], [])
    return folder


@pytest.mark.parametrize(
    ("day", "release", "warned", "reason"),
    [
        (date(2026, 4, 1), "2026-04-01", False, "its first day"),
        (date(2026, 9, 30), "2026-04-01", False, "its last day"),
        (date(2026, 10, 1), "2026-10-01", False, "the next release"),
        (date(2027, 10, 1), "2026-10-01", True, "after the last release"),
        (date(2025, 3, 1), "2023-10-01", True, "between two releases"),
        (date(2024, 9, 30), "2023-10-01", False, "an older release"),
        (date(2019, 1, 1), "2023-10-01", True, "before the first release"),
    ],
)
def test_the_day_decides(home: Path, day: date, release: str, warned: bool, reason: str) -> None:
    _put(home, date(2023, 10, 1), date(2024, 9, 30))
    _put(home, date(2026, 10, 1), date(2027, 9, 30))
    sets = CodeSets.open()
    assert sets.icd10cm(day).code_set.release == release, reason
    assert (sets.answer_warning(day) is not None) is warned, reason


def test_the_warning_names_release_day_and_command(home: Path) -> None:
    warning = CodeSets.open().answer_warning(date(2026, 11, 10))
    assert warning is not None
    assert (warning.rule, warning.release) == ("codeset.out_of_date", "2026-04-01")
    assert warning.message == (
        "ICD-10-CM release 2026-04-01 answers for 2026-11-10; install FY2027: chartcoder codesets install PATH"
    )


def test_a_release_ends_before_the_next_begins(home: Path) -> None:
    _put(home, date(2025, 10, 1), date(2026, 9, 30))
    assert [(s.release, s.effective_to) for s in CodeSets.open().releases()] == [
        ("2025-10-01", date(2026, 3, 31)),
        ("2026-04-01", date(2026, 9, 30)),
    ]


def test_an_installed_release_takes_the_place_of_the_embedded_one(home: Path) -> None:
    _put(home, date(2026, 4, 1), date(2026, 9, 30))
    assert [s.source for s in CodeSets.open().releases()] == ["a test"]


def test_opened_once_until_its_folder_is_replaced(home: Path) -> None:
    folder = _put(home, date(2026, 10, 1), None)
    first = CodeSets.open().icd10cm(date(2026, 10, 1))
    assert CodeSets.open().icd10cm(date(2026, 12, 1)) is first
    meta = folder / "release.json"
    meta.write_text(meta.read_text().replace("a test", "another"))
    assert CodeSets.open().icd10cm(date(2026, 10, 1)) is not first


@pytest.mark.parametrize(
    ("day", "known", "reason"),
    [
        (date(2026, 10, 1), True, "the embedded release does not know yet"),
        (date(2026, 9, 30), False, "still billable"),
    ],
)
def test_retired_codes(home: Path, day: date, known: bool, reason: str) -> None:
    fact = CodeSets.open().retired("M722", day)
    assert (fact is not None) is known, reason
    assert fact is None or fact.successors[:3] == ("M7220", "M7221", "M7222")
    assert CodeSets.open().retired("I10", day) is None


def test_a_release_that_knows_is_not_corrected(home: Path) -> None:
    _put(home, date(2026, 10, 1), None)
    assert CodeSets.open().retired("M722", date(2026, 11, 1)) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [("{", "no JSON"), (json.dumps({"release": "x"}), "a field is missing"), ("[]", "no object")],
)
def test_a_damaged_release_is_named(home: Path, content: str, reason: str) -> None:
    (_put(home, date(2026, 10, 1), None) / "release.json").write_text(content)
    with pytest.raises(CodeSetError, match="2026-10-01"):
        CodeSets.open()
    assert [s.release for s in CodeSets.open(sound_only=True).releases()] == ["2026-04-01"]


def test_index_terms_by_date(home: Path) -> None:
    assert CodeSets.open().index_terms(date(2026, 5, 1)) is None
    for year in (2024, 2025):
        folder = home / "icd10cm" / f"{year}-10-01"
        folder.mkdir(parents=True)
        (folder / "index-terms.tsv").write_text("Heel\tM722\n")
    sets = CodeSets.open()
    found = [sets.index_terms(d) for d in (date(2020, 1, 1), date(2025, 9, 30), date(2026, 5, 1))]
    assert [f.parent.name for f in found if f] == ["2024-10-01", "2024-10-01", "2025-10-01"]
    assert [s.release for s in sets.releases()] == ["2026-04-01"]


@pytest.mark.parametrize(
    ("system", "day", "says", "reason"),
    [
        (CodeSystem.CPT, date(2026, 1, 1), None, "the first day of the starter set"),
        (CodeSystem.HCPCS, date(2026, 11, 1), None, "in its time"),
        (CodeSystem.CPT, date(2025, 12, 31), "CPT release starter-2026 answers for 2025-12-31", "before it"),
    ],
)
def test_procedure_codes_that_are_not_of_the_day(
    home: Path, system: CodeSystem, day: date, says: str | None, reason: str
) -> None:
    warning = CodeSets.open().procedure_warning(system, day)
    assert (warning is None) is (says is None), reason
    assert warning is None or (warning.message.startswith(says or "") and warning.rule == "codeset.out_of_date")


def test_without_cpt_the_rest_answers(home: Path) -> None:
    sets = CodeSets.open(cpt=CptUse.OFF)
    assert sets.procedures(CodeSystem.CPT, date(2026, 5, 1)) is None
    assert sets.procedure_warning(CodeSystem.CPT, date(2020, 5, 1)) is None
    assert sets.procedures(CodeSystem.HCPCS, date(2026, 5, 1)) is not None
    assert sets.official(Code(CodeSystem.CPT, "99213"), date(2026, 5, 1)) is None
    assert [held.name for held in sets.procedure_sets()] == ["hcpcs"]
