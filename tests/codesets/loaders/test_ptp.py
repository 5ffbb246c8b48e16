from pathlib import Path

import pytest

from codesets.errors import BadCodeSetFile
from codesets.loaders import recognise
from codesets.loaders.ptp import read_ptp
from tests.codesets.procedures.files import ptp_text

NAME = "ccipra-v320r0-f1.txt"
PAIRS = [
    ("00100", "36000", "20020101", "*", "1"),
    ("00100", "36010", "20020101", "20101231", "0"),
    ("20610", "20600", "19960101", "19960101", "9"),
]


def test_pairs_with_days_modifier_and_rationale() -> None:
    edits = read_ptp(NAME, ptp_text(PAIRS))
    assert edits.pairs == ["0010036000", "0010036010", "2061020600"]
    assert list(edits.effective) == [20020101, 20020101, 19960101]
    assert list(edits.deleted) == [0, 20101231, 19960101]
    assert list(edits.modifiers) == [1, 0, 9]
    assert [edits.rationales[r] for r in edits.reasons] == [
        "Invented reason 1",
        "Invented reason 0",
        "Invented reason 9",
    ]


def test_a_pair_may_stand_again_for_other_days() -> None:
    again = ("20610", "20600", "20200101", "*", "1")
    assert len(read_ptp(NAME, ptp_text([*PAIRS, again])).pairs) == 4


def test_a_star_for_pairs_older_than_1996() -> None:
    data = ptp_text(PAIRS).replace(b"00100\t36000\t\t", b"00100\t36000\t*\t")
    assert len(read_ptp(NAME, data).pairs) == 3


@pytest.mark.parametrize(
    ("data", "words", "reason"),
    [
        (ptp_text(PAIRS)[:-25], "line 9.*truncated", "the last line is cut"),
        (ptp_text([*PAIRS, PAIRS[2]]), "line 10.*stands twice", "a pair twice"),
        (ptp_text([*PAIRS, PAIRS[0]]), "line 10", "another part follows"),
        (ptp_text(PAIRS) + b"00100,36000\r\n", "line 10", "another layout follows"),
        (ptp_text([]), "no pair", "headings alone"),
    ],
)
def test_damage_is_refused(data: bytes, words: str, reason: str) -> None:
    with pytest.raises(BadCodeSetFile, match=words):
        read_ptp(NAME, data)


def test_the_sample_as_json_is_no_official_file(shared: Path) -> None:
    with pytest.raises(BadCodeSetFile, match="line 1"):
        recognise(shared / "ncci_ptp_sample_v32_1.json")
