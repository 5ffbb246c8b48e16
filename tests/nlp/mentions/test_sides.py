import pytest

from codesets.index.lexicon import Lexicon
from coding.linking import link_mention
from nlp.types import Patient
from tests.conftest import Reads


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(
            "PREOPERATIVE DIAGNOSIS: Carpal tunnel syndrome.\nPROCEDURE: Left carpal tunnel release.",
            "G5602",
            id="the procedure names the side",
        ),
        pytest.param(
            "PREOPERATIVE DIAGNOSIS: Carpal tunnel syndrome.\nPROCEDURE: Left carpal tunnel release.\n"
            "FINDINGS: The right hand was normal.",
            "G5600",
            id="two sides in one note: none is lent",
        ),
        pytest.param(
            "PREOPERATIVE DIAGNOSIS: Carpal tunnel syndrome.\nPROCEDURE: Carpal tunnel release. She left the room.",
            "G5600",
            id="'left' is a verb here",
        ),
        pytest.param(
            "POSTOPERATIVE DIAGNOSIS: Ovarian cancer.\nPROCEDURE: Port placement by the left subclavian vein.",
            "C569",
            id="the vessel of a catheter has no side to lend",
        ),
        pytest.param(
            "HPI: Carpal tunnel syndrome.\nEXAM: Left knee normal.",
            "G5600",
            id="no operation: an examined side is not the finding's",
        ),
    ],
)
def test_a_diagnosis_takes_the_side_of_its_operation(lexicon: Lexicon, read: Reads, text: str, code: str) -> None:
    mention = read(text).mentions[0]
    assert lexicon.release.values[link_mention(lexicon, mention, Patient())[0].best.code] == code
