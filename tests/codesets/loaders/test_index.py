import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders import IndexRow, read_index

INDEX = b"""<?xml version="1.0"?>
<ICD10CM.index><version>2027</version><title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>
<letter><title>D</title>
<mainTerm><title>Diabetes, diabetic<nemod>(mellitus) (sugar)</nemod></title><code>E11.9</code>
<term level="1"><title>with</title>
<term level="2"><title>arthritis<nemod>(any)</nemod> NEC</title><code>E11.61-</code>
<manif>M01.X-</manif></term>
</term>
<term level="1"><title>bronze</title><code>E83.110</code><seeAlso>Hemochromatosis</seeAlso></term>
</mainTerm>
<mainTerm><title>Dazed</title><see>Confusion</see></mainTerm>
<mainTerm><title>Deafness, lightning</title><subcat>T75.0</subcat></mainTerm>
</letter></ICD10CM.index>"""
TABLE = b"""<ICD10CM.index><version>2027</version>
<indexHeading><head col="1">Neoplasm</head><head col="2">Malignant Primary</head>
<head col="3">Benign</head></indexHeading>
<letter><title>N</title><mainTerm><title>Neoplasm</title><cell col="2">C80.1</cell><cell col="3">D36.9</cell>
<term level="1"><title>wall</title><seeAlso>Neoplasm, skin</seeAlso><cell col="2">C44.50-</cell>
<cell col="3">--</cell>
</term></mainTerm></letter></ICD10CM.index>"""


def test_terms_with_their_paths() -> None:
    rows, version = read_index("index.xml", INDEX)
    assert version == "2027"
    assert rows == [
        IndexRow(("Diabetes, diabetic",), "E119", modifiers="(mellitus) (sugar)"),
        IndexRow(("Diabetes, diabetic", "with")),
        IndexRow(("Diabetes, diabetic", "with", "arthritis NEC"), "E1161", "M01X", modifiers="(any)"),
        IndexRow(("Diabetes, diabetic", "bronze"), "E83110", see_also="Hemochromatosis"),
        IndexRow(("Dazed",), see="Confusion"),
        IndexRow(("Deafness, lightning",), see="T75.0"),
    ]


def test_a_table_has_a_row_for_each_cell() -> None:
    rows, _ = read_index("neoplasm.xml", TABLE)
    assert [(r.path, r.code, r.see_also) for r in rows] == [
        (("Neoplasm", "Malignant Primary"), "C801", ""),
        (("Neoplasm", "Benign"), "D369", ""),
        (("Neoplasm", "wall", "Malignant Primary"), "C4450", ""),
        (("Neoplasm", "wall"), "", "Neoplasm, skin"),
    ]


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (INDEX[:400], 9, "cut off"),
        (INDEX.replace(b"E83.110", b"83.110"), 9, "a code without its letter"),
        (INDEX.replace(b'level="2"', b'level="3"'), 6, "a level is skipped"),
        (INDEX.replace(b"<ICD10CM.index>", b'<ICD10CM.index isAddenda="true">'), 2, "an addenda"),
        (INDEX.replace(b"ICD10CM.index", b"ICD10PCS.index"), 2, "the procedure index"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + INDEX[21:], 1, "an entity"),
        (b"<ICD10CM.index></ICD10CM.index>", 1, "empty"),
    ],
)
def test_damage_names_the_line(data: bytes, line: int, reason: str) -> None:
    with pytest.raises(BadCodeSetFile) as refused:
        read_index("index.xml", data)
    assert f"line {line}:" in str(refused.value), reason


@pytest.mark.parametrize(
    ("name", "coded", "reason"),
    [
        ("icd-10-cm-eindex-2025.xml", 6_650, "External Cause Index"),
        ("icd-10-cm-neoplasm-2025.xml", 9_018, "Table of Neoplasms: 10,916 cells less 1,898 with a dash"),
        ("icd-10-cm-drug-2025.xml", 40_026, "Table of Drugs: 43,212 cells less 3,186 with dashes"),
    ],
)
def test_the_official_files_of_2025(shared, name: str, coded: int, reason: str) -> None:  # type: ignore[no-untyped-def]
    rows, version = read_index(name, (shared / name).read_bytes())
    assert (version, sum(bool(r.code) for r in rows)) == ("2025", coded), reason
