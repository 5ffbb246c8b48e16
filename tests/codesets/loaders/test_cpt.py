import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders.cpt import read_cpt, read_cpt_list
from tests.codesets.procedures.files import LONG, MEDIUM, SHORT, cpt_list, cpt_text

VALUES = ["00100", "0001F", "0042T", "99213"]
NAMES = {"LONGULT": "LONGULT.txt", "MEDU": "MEDU.txt", "SHORTU": "SHORTU.txt"}


@pytest.mark.parametrize(("kind", "words"), [("LONGULT", LONG), ("MEDU", MEDIUM), ("SHORTU", SHORT)])
def test_notice_then_a_code_a_line(kind: str, words: str) -> None:
    rows, year = read_cpt(NAMES[kind], cpt_text(VALUES, words), kind)
    assert year == "2026"
    assert [(r.value, r.text) for r in rows] == [(v, words.format(v)) for v in VALUES]
    assert rows[0].line == 4


def test_a_tab_may_stand_after_the_code() -> None:
    assert read_cpt("SHORTU.txt", b"00100\tINVENTED\r\n", "SHORTU")[0][0].text == "INVENTED"


def test_the_code_list_is_read_by_its_headings() -> None:
    rows, year = read_cpt_list("ConsolidatedCodeList.txt", cpt_list(VALUES))
    assert year == "2026"
    assert [r.value for r in rows] == VALUES
    assert rows[3].text == LONG.format("99213")
    assert rows[3].others == (MEDIUM.format("99213"), SHORT.format("99213"), "Plain 99213")


@pytest.mark.parametrize(
    ("kind", "data", "words", "reason"),
    [
        ("LONGULT", cpt_text([*VALUES, "00100"], LONG), "line 8.*already stands on line 4", "a code twice"),
        ("LONGULT", cpt_text(VALUES, LONG)[:-30] + b"\r\n9921", "line 8.*not a code", "the last line is cut"),
        ("LONGULT", cpt_text(VALUES, SHORT), "line 4.*no LONGULT", "SHORTU under the name of LONGULT"),
        ("MEDU", cpt_text(VALUES, LONG), "line 4.*no MEDU", "LONGULT under the name of MEDU"),
        ("SHORTU", cpt_text(VALUES, MEDIUM), "line 4.*no SHORTU", "MEDU under the name of SHORTU"),
        ("SHORTU", b"Prose\r\n" * 70, "line 61", "prose"),
        ("SHORTU", b"Prose\r\n", "no code", "nothing but a notice"),
    ],
)
def test_damage_is_refused(kind: str, data: bytes, words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        read_cpt(NAMES[kind], data, kind)


@pytest.mark.parametrize(
    ("data", "words", "reason"),
    [
        (cpt_list(VALUES)[:-120], "line 6.*truncated", "the last row is cut"),
        (cpt_list([*VALUES, "00100"]), "line 7.*already stands on line 3", "a code twice"),
        (cpt_list(VALUES).replace(LONG.format("00100").encode(), b""), "line 3.*no long", "no descriptor"),
        (b"CPT Code\tLong\r\n", "no code", "headings are missing"),
    ],
)
def test_a_damaged_code_list_is_refused(data: bytes, words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        read_cpt_list("ConsolidatedCodeList.txt", data)
