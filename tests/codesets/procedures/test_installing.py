from datetime import date
from pathlib import Path

import pytest

from codesets.errors import BadCodeSetFile, BadRequest
from codesets.install import install
from codesets.procedures.types import Services
from codesets.registry import CodeSets
from codesets.types import CodeSystem
from tests.codesets.procedures.conftest import Put
from tests.codesets.procedures.files import (
    LONG,
    MEDIUM,
    SHORT,
    cpt_list,
    cpt_text,
    cpt_values,
    fee_row,
    fee_text,
    hcpcs_codes,
    hcpcs_sheet,
    hcpcs_text,
    mue_text,
    ptp_text,
    whole_hcpcs,
    workbook,
    zipped,
)

TEXT = "HCPC2019_CONTR_ANWEB.txt"
MUE = "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv"
DAY = date(2019, 6, 1)
PAIRS = [("20610", f"2{n:04d}", "20020101", "*", "1") for n in range(100)]


def _tree(home: Path) -> dict[str, bytes]:
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}


def test_the_zip_of_hcpcs(hcpcs_zip: Path, home: Path) -> None:
    report = install(hcpcs_zip)
    assert report.files == (
        (TEXT, "HCPCS Level II text file"),
        ("HCPC2019_CONTR_ANWEB.xlsx", "HCPCS Level II workbook"),
    )
    assert report.passed_over == ("HCPC2019_Trans_Alpha.xlsx", "HCPC2019_README.txt")
    assert (report.release, report.effective_to) == ("2019-01-01", date(2019, 12, 31))
    assert (report.codes, report.modifiers, report.terminated) == (len(hcpcs_codes()), 300, 1)
    procedures = CodeSets.open().procedures(CodeSystem.HCPCS, DAY)
    assert procedures is not None
    assert procedures.code_set.release == "2019-01-01"


def test_the_official_zip(shared: Path, home: Path) -> None:
    report = install(shared / "2019-Alpha-Numeric-HCPCS-File.zip")
    assert (report.codes, report.modifiers, report.terminated) == (6_440, 360, 506)
    sets = CodeSets.open()

    def holds(value: str, day: date) -> bool:
        return value in (sets.procedures(CodeSystem.HCPCS, day) or ())

    assert [
        holds("G0503", d) for d in (date(2016, 12, 31), date(2017, 1, 1), date(2017, 12, 31), date(2018, 1, 1))
    ] == [
        False,
        True,
        True,
        False,
    ]
    assert holds("J1885", date(2018, 1, 1))


def test_the_workbook_alone(put: Put, home: Path) -> None:
    report = install(put("HCPC2019_JUL_ANWEB.xlsx", workbook(hcpcs_sheet(hcpcs_codes("20190701")))))
    assert (report.release, report.codes) == ("2019-07-01", len(hcpcs_codes()))


def test_an_older_release_answers_for_older_days(put: Put, home: Path) -> None:
    codes = hcpcs_codes("20200101")
    newer = [(v, f"Newly {words}", *days) for v, words, *days in codes]
    install(put(TEXT, hcpcs_text(whole_hcpcs())))
    install(put("HCPC2020_ANWEB.txt", hcpcs_text(whole_hcpcs(newer))))  # type: ignore[arg-type]
    sets = CodeSets.open()
    for day, begins in ((DAY, "Invented"), (date(2020, 6, 1), "Newly")):
        procedures = sets.procedures(CodeSystem.HCPCS, day)
        assert procedures is not None
        assert procedures.procedures["A0001"].wording.startswith(begins)


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _line_end(data: bytes) -> bytes:
    """Cut at the end of a line, where nothing looks cut."""
    return data[: data.rindex(b"\r\n", 0, len(data) // 2) + 2]


WHOLE = hcpcs_text(whole_hcpcs())


@pytest.mark.parametrize(
    ("name", "data", "words", "reason"),
    [
        (TEXT, _cut(WHOLE), "line", "truncated inside a line"),
        (TEXT, _line_end(WHOLE), "line .*truncated", "truncated at a line end"),
        (TEXT, hcpcs_text(whole_hcpcs()[:-1]), "line .*V5364.*truncated", "the last line is missing"),
        (TEXT, b"Shopping list\nmilk\n", "line 1: named like: HCPCS", "a text file named like it"),
        (TEXT, cpt_text(["00100", "99213"], LONG), "line 1: named like: HCPCS", "a CPT file under its name"),
        (
            TEXT,
            b"00001 A00     0 Cholera   \r\n",
            "line 1: named like.*order file",
            "an ICD-10-CM file under its name",
        ),
        (TEXT, workbook(hcpcs_sheet()[:20]), "line 1: named like.*workbook", "the workbook under the text's name"),
        ("HCPC2019_ANWEB.xlsx", WHOLE, "line 1: named like", "the text under the workbook's name"),
        ("2019-Alpha-Numeric-HCPCS-File.zip", WHOLE, "line 1: named like a zip", "a text named like the zip"),
        ("HCPC2025_OCT_ANWEB.txt", WHOLE, "line .*no file of 2025-10-01", "the content of another year"),
        ("LONGULT.txt", WHOLE, "line 1: named like: CPT long", "it under the name of a CPT file"),
        ("icd10cm_order_2027.txt", WHOLE, "line 1: named like: order file", "it under the name of an ICD-10-CM file"),
    ],
)
def test_what_is_refused_changes_nothing(
    name: str, data: bytes, words: str, reason: str, put: Put, hcpcs_zip: Path, home: Path
) -> None:
    install(hcpcs_zip)
    before = _tree(home)
    with pytest.raises(BadCodeSetFile, match=words):
        install(put(name, data))
    assert _tree(home) == before, reason
    assert CodeSets.open().procedures(CodeSystem.HCPCS, DAY) is not None


@pytest.mark.parametrize(
    ("swap", "words", "reason"),
    [
        ({TEXT: b"Shopping list\n"}, "line 1: named like", "another text under a member's name"),
        ({TEXT: _line_end(WHOLE)}, "line .*text file beside it", "the text is cut, the workbook whole"),
        ({"HCPC2019_CONTR_ANWEB.xlsx": workbook(hcpcs_sheet()[:-9])}, "is missing", "the workbook is cut"),
        (
            {"HCPC2019_CONTR_ANWEB.xlsx": workbook(hcpcs_sheet(hcpcs_codes("20180101")))},
            "not what the text file",
            "a workbook of another year",
        ),
        ({"icd10cm_order_2019.txt": b"00001 A00     0 Cholera   \r\n"}, "mixes", "ICD-10-CM in the same zip"),
        ({"LONGULT.txt": cpt_text(cpt_values(), LONG)}, "mixes", "CPT in the same zip"),
    ],
)
def test_a_mixed_or_swapped_zip_is_refused(
    swap: dict[str, bytes], words: str, reason: str, put: Put, hcpcs_zip: Path, home: Path
) -> None:
    members = {TEXT: WHOLE, "HCPC2019_CONTR_ANWEB.xlsx": workbook(hcpcs_sheet())} | swap
    with pytest.raises(BadCodeSetFile, match=words):
        install(put("2019.zip", zipped(members)))
    assert not home.exists(), reason


def test_a_truncated_zip_is_refused(put: Put, hcpcs_zip: Path, home: Path) -> None:
    with pytest.raises(BadCodeSetFile, match="truncated"):
        install(put("2019.zip", _cut(hcpcs_zip.read_bytes())))


def test_the_cpt_files_of_a_licence_holder(put: Put, home: Path) -> None:
    values = cpt_values()
    texts = {"LONGULT.txt": LONG, "MEDU.txt": MEDIUM, "SHORTU.txt": SHORT}
    report = install(put("cpt.zip", zipped({n: cpt_text(values, words) for n, words in texts.items()})))
    assert (report.release, report.codes) == ("2026-01-01", len(values))
    procedures = CodeSets.open().procedures(CodeSystem.CPT, date(2026, 5, 1))
    assert procedures is not None
    visit = procedures.procedures["99213"]
    assert visit.wording == LONG.format("99213")
    assert visit.family == "office-visit"
    assert procedures.also_called["99213"][:2] == (MEDIUM.format("99213"), SHORT.format("99213"))


@pytest.mark.parametrize(
    ("name", "data"),
    [("ConsolidatedCodeList.txt", cpt_list(cpt_values())), ("LONGULT.txt", cpt_text(cpt_values(), LONG))],
)
def test_one_cpt_file_is_enough(name: str, data: bytes, put: Put, home: Path) -> None:
    assert install(put(name, data)).codes == len(cpt_values())


@pytest.mark.parametrize(
    ("members", "words", "reason"),
    [
        (
            {"LONGULT.txt": cpt_text(cpt_values()[:4000], LONG)},
            "line 4003.*common codes are missing",
            "cut at a line end",
        ),
        (
            {"LONGULT.txt": cpt_text(cpt_values(), LONG), "SHORTU.txt": cpt_text(cpt_values()[:4000], SHORT)},
            "SHORTU.txt, line 4003",
            "one of two is cut",
        ),
        (
            {"LONGULT.txt": cpt_text(cpt_values(), LONG), "SHORTU.txt": cpt_text([*cpt_values(), "9999Z"], SHORT)},
            "SHORTU.txt.*9999Z is not in LONGULT",
            "one of two is of another year",
        ),
    ],
)
def test_cpt_files_that_are_refused(members: dict[str, bytes], words: str, reason: str, put: Put, home: Path) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        install(put("cpt.zip", zipped(members)))
    assert not home.exists(), reason


def test_the_parts_of_ncci_stand_side_by_side(put: Put, home: Path) -> None:
    other = [("99213", "36415", "20020101", "*", "0")]
    install(put("ccipra-v320r0-f1.txt", ptp_text(PAIRS)))
    report = install(put("ccipra-v320r0-f2.txt", ptp_text(other)))
    assert (report.release, report.rows) == ("2026-01-01", 101)
    sets = CodeSets.open()
    bundles = sets.bundles(date(2026, 5, 1))
    assert bundles.source == "NCCI 2026-01-01 (practitioner)"
    assert bundles.get(("20610", "20005")) is not None
    assert bundles.get(("99213", "36415")) is not None
    assert sets.bundles(date(2026, 5, 1), Services.HOSPITAL).source == "starter"
    install(put("ccipra-v320r0-f1.txt", ptp_text(PAIRS[:95])))
    assert sum(held.counts["rows"] for held in CodeSets.open().edits()) == 96


def test_a_part_of_ncci_that_lost_rows_is_refused(put: Put, home: Path) -> None:
    install(put("ccipra-v320r0-f1.txt", ptp_text(PAIRS)))
    before = _tree(home)
    with pytest.raises(BadCodeSetFile, match=r"line 46.*truncated"):
        install(put("ccipra-v321r0-f1.txt", ptp_text(PAIRS[:40])))
    assert _tree(home) == before


@pytest.mark.parametrize(
    ("name", "words", "services"),
    [
        ("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", "Practitioner Services", Services.PRACTITIONER),
        ("MCR_MUE_OutpatientHospitalServices_Eff_04-01-2026.csv", "Outpatient Hospital Services", Services.HOSPITAL),
        ("MCR_MUE_DMESupplierServices_Eff_04-01-2026.csv", "DME Supplier Services", Services.SUPPLIER),
    ],
)
def test_unit_limits(name: str, words: str, services: Services, put: Put, home: Path) -> None:
    report = install(put(name, mue_text([("J1885", 8, 3)], words)))
    assert (report.release, report.rows) == ("2026-04-01", 1)
    sets = CodeSets.open()
    assert sets.mue(date(2026, 5, 1), services)["J1885"].units == 8
    assert [bool(sets.mue(date(2026, 5, 1), s)) for s in Services].count(True) == 1


def test_fees(put: Put, home: Path) -> None:
    rows = [fee_row(v, days="XXX") for v in cpt_values()]
    report = install(put("PPRRVU26_APR.csv", fee_text(rows)))
    assert (report.release, report.rows) == ("2026-04-01", len(rows))
    fee = CodeSets.open().fees(date(2026, 5, 1))["99213", ""]
    assert (fee.work, fee.global_days, fee.nonfacility_total, fee.factor) == (1.5, "XXX", 3.6, 33.4009)
    assert b"OWNER" not in b"".join(_tree(home).values())


@pytest.mark.parametrize(
    ("name", "data", "words", "reason"),
    [
        (
            "PPRRVU26_JAN.csv",
            fee_text([fee_row(v) for v in cpt_values()[:3000]]),
            "line 3010.*missing",
            "cut at a line end",
        ),
        (
            "PPRRVU25_JAN.csv",
            fee_text([fee_row(v) for v in cpt_values()]),
            "2025.*2026",
            "another year than its name's",
        ),
        (
            "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv",
            mue_text([("J1885", 8, 3)], "Some"),
            "whose",
            "unknown services",
        ),
        (
            "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv",
            fee_text([fee_row("99213")]),
            "named like",
            "fees under its name",
        ),
    ],
)
def test_tables_that_are_refused(name: str, data: bytes, words: str, reason: str, put: Put, home: Path) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        install(put(name, data))
    assert not home.exists(), reason


def test_a_day_that_nothing_states_is_asked_for(put: Put, home: Path) -> None:
    path = put("download.txt", ptp_text(PAIRS))
    with pytest.raises(BadRequest, match="--effective-from"):
        install(path)
    assert install(path, effective_from=date(2026, 4, 1)).release == "2026-04-01"


def test_an_installation_that_is_cut_off_leaves_the_old_one(
    put: Put, hcpcs_zip: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(hcpcs_zip)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("codesets.procedures.installing.write_codes", full)
    with pytest.raises(Exception, match="cannot be written"):
        install(hcpcs_zip)
    assert CodeSets.open().procedures(CodeSystem.HCPCS, DAY) is not None
    assert [p.name for p in (home / "hcpcs").iterdir()] == ["2019-01-01"]
