from datetime import date
from pathlib import Path

import pytest

from api.procedure_json import edits_json, held_json, show_procedure
from codesets.errors import UnknownCode
from codesets.install import install
from codesets.procedures.starter import starter_set
from codesets.registry import CodeSets
from codesets.types import Code, CodeSystem
from tests.codesets.procedures.files import hcpcs_text, ptp_text, whole_hcpcs

ENDED = Code(CodeSystem.HCPCS, "A0006")


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> CodeSets:
    folder = tmp_path_factory.mktemp("official")
    files = {
        "HCPC2019_CONTR_ANWEB.txt": hcpcs_text(whole_hcpcs()),
        "ccipra-v320r0-f1.txt": ptp_text([("20610", "20600", "20020101", "*", "1")]),
    }
    for name, data in files.items():
        Path(folder / name).write_bytes(data)
        install(folder / name, folder / "home")
    return CodeSets.open(folder / "home")


@pytest.mark.parametrize(
    ("day", "billable", "retired"),
    [
        (date(2000, 12, 31), False, None),
        (date(2017, 12, 31), True, None),
        (date(2018, 1, 1), False, {"on": "2018-01-01", "successors": []}),
    ],
)
def test_a_code_with_a_first_and_a_last_day(
    sets: CodeSets, day: date, billable: bool, retired: dict[str, object] | None
) -> None:
    shown = show_procedure(sets, ENDED, day)
    assert (shown["billable"], shown["retired"]) == (billable, retired)
    assert (shown["procedure"]["valid_from"], shown["procedure"]["valid_to"]) == ("2001-01-01", "2017-12-31")
    assert shown["title"] == "Invented thing A 6"
    assert shown["procedure"]["also_called"] == ["Short words"]


def test_add_on_codes_and_ranges(sets: CodeSets) -> None:
    shown = show_procedure(sets, Code(CodeSystem.CPT, "93565"), date(2026, 5, 1))
    assert shown["procedure"]["addon_to"] == ["93593-93597"]
    assert shown["problems"] == []


def test_an_unknown_code(sets: CodeSets) -> None:
    with pytest.raises(UnknownCode, match="2019-01-01"):
        show_procedure(sets, Code(CodeSystem.HCPCS, "V9999"), date(2019, 5, 1))


def test_releases_and_tables_as_rows(sets: CodeSets) -> None:
    rows = {row["release"]: row for row in map(held_json, sets.procedure_sets()) if row["system"] == "hcpcs"}
    installed, starter = rows["2019-01-01"], rows["starter-2026"]
    assert installed["codes"] - installed["billable"] == 1
    assert (installed["embedded"], starter["embedded"]) == (False, True)
    assert starter["codes"] == len(starter_set(CodeSystem.HCPCS))
    (pairs,) = map(edits_json, sets.edits())
    assert (pairs["table"], pairs["release"], pairs["rows"], pairs["parts"]) == (
        "ncci-practitioner",
        "2026-01-01",
        1,
        {"f1": 1},
    )
