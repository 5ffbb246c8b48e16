from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders import FileKind, recognise
from codesets.loaders.hcpcs import read_hcpcs
from codesets.loaders.hcpcs_workbook import read_hcpcs_workbook
from tests.codesets.procedures.files import hcpcs_text, record

NAME = "HCPC2019_CONTR_ANWEB.txt"
LINES = [
    record("A1", "7", "Invented circumstance"),
    record("A2", "7", "Invented circumstance that goes"),
    record("A2", "8", "on", sequence=200),
    record("A0001", "3", "Invented ride, first line of", ("20010101", "20180101", "20171231")),
    record("A0001", "4", "three, second", sequence=200),
    record("A0001", "4", "third", sequence=300),
    record("J0002", "3", "Invented drug", ("20060101", "", "")),
]
FIRST = 5  # the disclaimer takes the lines above


def test_codes_modifiers_and_continuations() -> None:
    rows = read_hcpcs(NAME, hcpcs_text(LINES))
    assert [(r.value, r.is_modifier, r.long, r.line) for r in rows] == [
        ("A1", True, "Invented circumstance", FIRST),
        ("A2", True, "Invented circumstance that goes on", FIRST + 1),
        ("A0001", False, "Invented ride, first line of three, second third", FIRST + 3),
        ("J0002", False, "Invented drug", FIRST + 6),
    ]
    ride, drug = rows[2:]
    assert (ride.added, ride.effective, ride.terminated) == (date(2001, 1, 1), date(2018, 1, 1), date(2017, 12, 31))
    assert (drug.effective, drug.terminated, drug.short) == (None, None, "Short words")


def test_a_continuation_may_be_shorter_than_the_others() -> None:
    rows = read_hcpcs(NAME, hcpcs_text([*LINES[:4], LINES[4].rstrip(), LINES[5]]))
    assert rows[-1].long.endswith("third")


def _with(at: int, line: str) -> list[str]:
    return [*LINES[:at], line, *LINES[at + 1 :]]


@pytest.mark.parametrize(
    ("lines", "line", "words", "reason"),
    [
        (
            _with(3, record("D0120", "3", "Invented tooth")),
            FIRST + 3,
            "dental code of the ADA",
            "D codes are refused",
        ),
        (_with(3, record("W0120", "3", "Invented")), FIRST + 3, "not shaped", "no letter of HCPCS"),
        (_with(6, LINES[6][:100]), FIRST + 6, "cut short", "the last line is cut"),
        (_with(6, LINES[6][:290]), FIRST + 6, "cut short", "cut inside the last date"),
        (_with(6, record("A0001", "3", "Twice")), FIRST + 6, "already stands on line 8", "a code twice"),
        (_with(4, record("A0009", "4", "other", sequence=200)), FIRST + 4, "out of sequence", "of another code"),
        (_with(4, record("A0001", "4", "late", sequence=400)), FIRST + 4, "out of sequence", "a line is missing"),
        (_with(4, "A line of prose"), FIRST + 4, "not a record", "another file in it"),
        (_with(6, record("J0002", "3", "x", ("20061301", "", ""))), FIRST + 6, "YYYYMMDD", "no such day"),
        (_with(6, record("J0002", "3", "x", ("", "", ""))), FIRST + 6, "no date", "no day on which it was added"),
        (_with(6, record("J0002", "3", "")), FIRST + 6, "no description", "no words"),
        ([], 1, "no code in the file", "disclaimers alone"),
    ],
)
def test_damage_is_refused_with_its_line(lines: list[str], line: int, words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=words) as raised:
        read_hcpcs(NAME, hcpcs_text(lines))
    assert f"{NAME}, line {line}:" in str(raised.value), reason


@pytest.fixture(scope="session")
def official(shared: Path) -> dict[FileKind, tuple[str, bytes]]:
    found = recognise(shared / "2019-Alpha-Numeric-HCPCS-File.zip")
    assert {"HCPC2019_README.txt", "HCPC2019_Trans_Alpha.xlsx", "proc_notes_2019.txt"} < set(found.passed_over)
    return {f.kind: (f.name, f.data) for f in found.files}


@pytest.mark.parametrize(
    ("kind", "read"), [(FileKind.HCPCS, read_hcpcs), (FileKind.HCPCS_WORKBOOK, read_hcpcs_workbook)]
)
def test_the_official_files(
    official: dict[FileKind, tuple[str, bytes]], kind: FileKind, read: Callable[..., list]
) -> None:
    rows = read(*official[kind])
    codes = {r.value: r for r in rows if not r.is_modifier}
    assert (len(codes), len(rows) - len(codes)) == (6_440, 360)
    assert sum(r.terminated is not None for r in codes.values()) == 506
    assert codes["G0503"].long.endswith("goals and are prepared for discharge from active treatment")
    assert (codes["G0503"].added, codes["G0503"].terminated) == (date(2017, 1, 1), date(2017, 12, 31))
    assert codes["G8891"].long.endswith("with standard treatment goals is not clinically appropriate)")
    assert codes["A5513"].effective is None


def test_the_official_text_and_workbook_agree(official: dict[FileKind, tuple[str, bytes]]) -> None:
    text = read_hcpcs(*official[FileKind.HCPCS])
    sheet = read_hcpcs_workbook(*official[FileKind.HCPCS_WORKBOOK])
    assert [(r.value, r.long, r.short, r.added, r.terminated) for r in text] == [
        (r.value, r.long, r.short, r.added, r.terminated) for r in sheet
    ]
