import pytest

from codesets.errors import BadCodeSetFile
from codesets.icd10cm.embedded import source_files
from codesets.icd10cm.release import IcdRelease
from codesets.loaders import check_against, read_tabular_file

TABULAR = b"""<?xml version="1.0"?>
<ICD10CM.tabular><version>2027</version>
<chapter><name>19</name><desc>Injury</desc><section id="S72-S73"><desc>Hip</desc>
<diag><name>S72</name><desc>Fracture of femur</desc>
<diag><name>S72.0</name><desc>Neck</desc></diag>
<diag><name>S72.1</name><desc>Shaft</desc></diag></diag>
<diag><name>S73</name><desc>Sprain</desc></diag>
</section></chapter></ICD10CM.tabular>
"""


def test_records_and_year() -> None:
    records, version = read_tabular_file("t.xml", TABULAR)
    assert version == "2027"
    assert [r.name for r in records if r.kind == "code"] == ["S72", "S720", "S721", "S73"]


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (TABULAR[:300], 6, "cut off"),
        (TABULAR.replace(b"S72.1", b"S72.0"), 6, "a code stands twice"),
        (TABULAR.replace(b"S72.1", b"S73.1"), 6, "below a code that does not begin it"),
        (TABULAR.replace(b"S72.1", b"S72.?"), 6, "not shaped like a code"),
        (TABULAR.replace(b"<desc>Sprain</desc>", b""), 7, "no title"),
        (TABULAR.replace(b"ICD10CM.tabular", b"ICD10CM.index"), 2, "another kind"),
        (b"<ICD10CM.tabular></ICD10CM.tabular>", 1, "empty"),
    ],
)
def test_damage_names_the_line(data: bytes, line: int, reason: str) -> None:
    with pytest.raises(BadCodeSetFile) as refused:
        read_tabular_file("t.xml", data)
    assert f"line {line}:" in str(refused.value), reason


@pytest.mark.parametrize(
    ("values", "words", "reason"),
    [
        (["S72", "S720", "S73"], "line 6", "it prints a code that the release lacks"),
        (["S72", "S720", "S721", "S73", "S74"], "not the whole list", "a category is missing"),
    ],
)
def test_it_belongs_to_its_release(values: list[str], words: str, reason: str) -> None:
    records, _ = read_tabular_file("t.xml", TABULAR)
    with pytest.raises(BadCodeSetFile, match=words):
        check_against("t.xml", TABULAR, records, values)


def test_the_embedded_list_passes(embedded: IcdRelease) -> None:
    path = source_files()[0]
    data = path.read_bytes()
    records, version = read_tabular_file(path.name, data)
    check_against(path.name, data, records, embedded.values)
    assert version == "2026"
