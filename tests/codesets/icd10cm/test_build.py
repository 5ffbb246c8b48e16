import io
from datetime import date
from pathlib import Path

import pytest

from codesets.errors import UnknownCode
from codesets.icd10cm.build import build_release
from codesets.icd10cm.release import IcdRelease
from codesets.icd10cm.tabular import read_tabular
from codesets.types import CodeRange, CodeSet, CodeSystem, NoteKind

TABULAR = b"""<ICD10CM.tabular>
<chapter><name>19</name><desc>Injury (S00-T88)</desc><excludes2><note>burns (S73)</note></excludes2>
<section id="S72-S73"><desc>Hip (S72-S73)</desc>
<diag><name>S72</name><desc>Fracture of femur</desc><excludes1><note>sprain (S73.-)</note></excludes1>
<sevenChrDef><extension char="A">initial</extension><extension char="D">subsequent</extension></sevenChrDef>
<diag><name>S72.0</name><desc>Neck</desc><inclusionTerm><note>Hip NOS</note></inclusionTerm></diag></diag>
<diag><name>S73</name><desc>Sprain of hip</desc></diag>
</section></chapter></ICD10CM.tabular>"""
CODE_SET = CodeSet(CodeSystem.ICD10CM, "2026-10-01", date(2026, 10, 1), None, "a test")


@pytest.fixture
def release(tmp_path: Path) -> IcdRelease:
    build_release(tmp_path, CODE_SET, read_tabular(io.BytesIO(TABULAR)), None)
    return IcdRelease(tmp_path)


def test_codes_flags_and_places(release: IcdRelease) -> None:
    assert list(release) == ["S72", "S720", "S720XXA", "S720XXD", "S73"]
    assert [v for v in release if release.is_billable(v)] == ["S720XXA", "S720XXD", "S73"]
    assert release.ancestors("S720XXA") == ["S720", "S72"]
    assert release.below("S72") == ["S720", "S720XXA", "S720XXD"]
    assert release.children("S72") == ["S720"]
    assert [name for name, _ in release.groups("S720XXA")] == ["section S72-S73", "chapter 19"]
    assert release.code_set == CODE_SET


def test_notes_are_inherited_and_inclusion_terms_are_not(release: IcdRelease) -> None:
    assert [(n.kind, n.printed_at) for n in release.notes("S720XXA")] == [
        (NoteKind.EXCLUDES1, "S72"),
        (NoteKind.EXCLUDES2, "chapter 19"),
    ]
    assert [n.kind for n in release.own_notes("S720")] == [NoteKind.INCLUSION_TERM]
    assert release.notes("S720XXA")[0].names("S73")


def test_seventh_characters_come_from_the_nearest_table(release: IcdRelease) -> None:
    assert release.seventh_characters("S720") == {"A": "initial", "D": "subsequent"}
    assert release.own_seventh_characters("S720") == {}
    assert release.seventh_characters("S73") == {}


def test_a_code_that_is_not_there(release: IcdRelease) -> None:
    assert "S74" not in release
    assert not release.is_billable("S74")
    with pytest.raises(UnknownCode) as refused:
        release.entry("S74")
    assert "S74" not in str(refused.value)


def test_entry_and_ranges(release: IcdRelease) -> None:
    entry = release.entry("S720")
    assert (entry.code.display, entry.billable, entry.parent) == ("S72.0", False, "S72")
    assert release.codes_in(CodeRange("S720", "S73")) == ["S720", "S720XXA", "S720XXD", "S73"]


def test_the_identity_follows_the_content(tmp_path: Path, release: IcdRelease) -> None:
    identities = {release.identity}
    for n, data in enumerate((TABULAR, TABULAR.replace(b"Neck", b"Head"))):
        folder = tmp_path / str(n)
        folder.mkdir()
        build_release(folder, CODE_SET, read_tabular(io.BytesIO(data)), None)
        identities.add(IcdRelease(folder).identity)
    assert len(identities) == 2
