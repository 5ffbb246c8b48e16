from datetime import date
from pathlib import Path

import pytest

from codesets.errors import CodeSetError
from codesets.procedures.release import CODES, MODIFIERS, OfficialCode, ProcedureRelease, with_official, write_codes
from codesets.procedures.starter import starter_modifiers, starter_set
from codesets.procedures.types import ProcedureSet
from codesets.stored import open_stored, store
from codesets.types import CodeSystem

STARTS = date(2019, 1, 1)
OFFICIAL = [
    OfficialCode("G0503", ("Invented care management", "Inv care"), date(2017, 1, 1), date(2017, 12, 31)),
    OfficialCode("J1885", ("Invented injection", "Inv inj"), date(1993, 1, 1)),
    OfficialCode("J0001", ("Invented new drug",), date(2019, 1, 1)),
    OfficialCode("J1100", ("Invented ended drug",), date(1993, 1, 1), date(2018, 12, 31)),
]


def _release(folder: Path, starter: ProcedureSet | None, starts: date = STARTS) -> ProcedureRelease:
    def write(draft: Path) -> None:
        write_codes(draft / CODES, OFFICIAL)
        write_codes(draft / MODIFIERS, [OfficialCode("ZZ", ("Invented circumstance", "Inv circ"), date(2010, 1, 1))])

    store(folder / starts.isoformat(), (starts, None), "a test", {"codes": 4}, write)
    return ProcedureRelease(CodeSystem.HCPCS, open_stored(folder / starts.isoformat()), starter)


@pytest.mark.parametrize(
    ("day", "values", "reason"),
    [
        (date(2016, 12, 31), {"J1885", "J1100"}, "before a code was added"),
        (date(2017, 1, 1), {"G0503", "J1885", "J1100"}, "its first day"),
        (date(2017, 12, 31), {"G0503", "J1885", "J1100"}, "its last day"),
        (date(2018, 1, 1), {"J1885", "J1100"}, "the day after"),
        (date(2019, 1, 1), {"J1885", "J0001"}, "one ends, one begins"),
    ],
)
def test_codes_are_valid_by_date(tmp_path: Path, day: date, values: set[str], reason: str) -> None:
    assert set(_release(tmp_path, None).on(day).procedures) == values, reason


def test_a_code_that_both_hold_keeps_our_facts_under_official_words(tmp_path: Path) -> None:
    starter = starter_set(CodeSystem.HCPCS)
    procedures = _release(tmp_path, starter).on(STARTS)
    ours, shown = starter.procedures["J1885"], procedures.procedures["J1885"]
    assert shown.wording == "Invented injection"
    assert (shown.synonyms, shown.unit, shown.facts, shown.family) == (
        ours.synonyms,
        ours.unit,
        ours.facts,
        ours.family,
    )
    assert procedures.also_called["J1885"] == ("Inv inj", ours.wording)
    plain = procedures.procedures["J0001"]
    assert (plain.family, plain.synonyms, plain.unit) == ("J0001", (), "each")


def test_a_newer_starter_set_fills_in_what_an_older_release_cannot_know(tmp_path: Path) -> None:
    starter = starter_set(CodeSystem.HCPCS)
    release = _release(tmp_path, starter)
    assert set(release.on(date(2025, 12, 31)).procedures) == {"J1885", "J0001"}
    today = release.on(date(2026, 1, 1))
    assert set(today.procedures) == {"J0001"} | set(starter.procedures) - {"J1100"}
    assert today.procedures["J1885"].wording == "Invented injection"


def test_a_release_as_new_as_the_starter_set_answers_alone(tmp_path: Path) -> None:
    release = _release(tmp_path, starter_set(CodeSystem.HCPCS), date(2026, 1, 1))
    assert set(release.on(date(2026, 1, 1)).procedures) == {"J1885", "J0001"}


def test_days_between_two_changes_share_one_set(tmp_path: Path) -> None:
    release = _release(tmp_path, None)
    assert release.on(date(2018, 1, 1)) is release.on(date(2018, 12, 31))
    assert release.on(date(2018, 1, 1)) is not release.on(date(2019, 1, 1))


def test_modifiers_that_we_have_no_words_for_come_from_the_file(tmp_path: Path) -> None:
    modifiers = with_official(starter_modifiers(), _release(tmp_path, None).modifiers.values())
    assert (modifiers["ZZ"].name, modifiers["ZZ"].when) == ("Inv circ", "Invented circumstance")
    assert modifiers["25"] == starter_modifiers()["25"]


def test_a_changed_file_is_not_read(tmp_path: Path) -> None:
    release = _release(tmp_path, None)
    path = tmp_path / "2019-01-01" / CODES
    path.write_text(path.read_text().replace("Invented", "Invalid "))
    with pytest.raises(CodeSetError, match="install its file again"):
        release.on(STARTS)
