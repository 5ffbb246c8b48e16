import pytest

from codesets.loaders.kinds import FileKind, kind_of, promised_kind
from tests.codesets.procedures.files import (
    LONG,
    SHORT,
    cpt_list,
    cpt_text,
    fee_row,
    fee_text,
    hcpcs_sheet,
    hcpcs_text,
    mue_text,
    ptp_text,
    whole_hcpcs,
    workbook,
)

VALUES = ["00100", "99213"]
CONTENTS = {
    FileKind.HCPCS: ("HCPC2019_CONTR_ANWEB.txt", hcpcs_text(whole_hcpcs()[:400])),
    FileKind.HCPCS_WORKBOOK: ("HCPC2025_OCT_ANWEB.xlsx", workbook(hcpcs_sheet()[:20])),
    FileKind.CPT_LONG: ("LONGULT.txt", cpt_text(VALUES, LONG)),
    FileKind.CPT_SHORT: ("SHORTU.txt", cpt_text(VALUES, SHORT)),
    FileKind.CPT_LIST: ("ConsolidatedCodeList.txt", cpt_list(VALUES)),
    FileKind.PTP: ("ccipra-v320r0-f1.TXT", ptp_text([("00100", "36000", "20020101", "*", "1")])),
    FileKind.MUE: ("MCR_MUE_PractitionerServices_Eff_01-01-2026.csv", mue_text([("J1885", 8, 3)])),
    FileKind.FEES: ("PPRRVU26_JAN.csv", fee_text([fee_row("20610")])),
    FileKind.ORDER: ("icd10cm_order_2027.txt", b"00001 A00     0 Cholera                          Cholera\r\n"),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_content_and_name_say_the_same(kind: FileKind) -> None:
    name, data = CONTENTS[kind]
    assert (kind_of(name, data), promised_kind(name)) == (kind, kind)


@pytest.mark.parametrize("kind", [k for k in CONTENTS if k not in (FileKind.CPT_LONG, FileKind.CPT_SHORT)])
def test_content_is_known_under_any_name(kind: FileKind) -> None:
    assert kind_of("download", CONTENTS[kind][1]) is kind


def test_the_cpt_texts_are_told_apart_by_name_alone() -> None:
    data = CONTENTS[FileKind.CPT_LONG][1]
    assert kind_of("MEDU.txt", data) is FileKind.CPT_MEDIUM
    assert kind_of("download.txt", data) is None


@pytest.mark.parametrize("name", ["HCPC2019_README.txt", "HCPC2019_Trans_Alpha.xlsx", "notes.txt", "GPCI2026.csv"])
def test_names_that_promise_nothing(name: str) -> None:
    assert promised_kind(name) is None


@pytest.mark.parametrize(
    "data", [b"", b"prose\n", b"a,b,c\n", b"\0\1", workbook([["HCPCS/MOD", "TYPE OF CHANGE"]])], ids=range(5)
)
def test_content_of_no_kind(data: bytes) -> None:
    assert kind_of("download", data) is None
