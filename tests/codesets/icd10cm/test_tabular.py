import io

import pytest

from codesets.errors import BadCodeSetFile
from codesets.icd10cm.tabular import clean, expand_seventh_characters, read_tabular
from codesets.types import NoteKind

TABULAR = b"""<?xml version="1.0"?>
<ICD10CM.tabular><version>2027</version>
<chapter><name>19</name><desc>Injury (S00-T88)</desc>
<excludes1><note>birth trauma (P10-P15)</note></excludes1>
<section id="S70-S79"><desc>Hip (S70-S79)</desc>
<diag><name>S72</name><desc>Fracture\tof  femur</desc>
<sevenChrDef><extension char="A">initial</extension><extension char="D">subsequent</extension></sevenChrDef>
<diag><name>S72.0</name><desc>Neck</desc>
<inclusionTerm><note>Fracture of <i>hip</i> NOS</note></inclusionTerm></diag>
<diag><name>S72.1A</name><desc>Shaft</desc>
<sevenChrDef><extension char="S">sequela</extension></sevenChrDef></diag>
</diag></section></chapter></ICD10CM.tabular>"""


def test_records_parents_before_children() -> None:
    records = read_tabular(io.BytesIO(TABULAR))
    assert [(r.kind, r.name, r.parent) for r in records] == [
        ("chapter", "chapter 19", None),
        ("section", "section S70-S79", "chapter 19"),
        ("code", "S72", "section S70-S79"),
        ("code", "S720", "S72"),
        ("code", "S721A", "S72"),
    ]
    assert records[2].title == "Fracture of femur"
    assert records[3].notes == [(NoteKind.INCLUSION_TERM, "Fracture of hip NOS")]
    assert records[0].notes == [(NoteKind.EXCLUDES1, "birth trauma (P10-P15)")]


@pytest.mark.parametrize(
    ("listed", "made", "reason"),
    [
        (None, ["S720XXA", "S720XXD", "S721AXS"], "padded; the nearest table wins"),
        ({"S720XXA"}, ["S720XXA"], "only what the official list holds"),
    ],
)
def test_seventh_characters_are_expanded(listed: set[str] | None, made: list[str], reason: str) -> None:
    records = expand_seventh_characters(read_tabular(io.BytesIO(TABULAR)), listed)
    assert [r.name for r in records] == made, reason


@pytest.mark.parametrize(
    ("data", "words", "reason"),
    [
        (TABULAR[:200], "line", "cut off"),
        (b"<html></html>", "ICD10CM.tabular", "another kind of file"),
        (TABULAR.replace(b"<name>S72.0</name>", b"<name/>"), "no name", "a code without name"),
    ],
)
def test_damage_is_refused(data: bytes, words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        read_tabular(io.BytesIO(data))


def test_clean() -> None:
    assert clean(" a\t b\r\n c ") == "a b c"
    assert clean(None) == ""
