"""What a note takes back, and what stands though it is denied somewhere."""

import pytest

from coding.consider import consider
from coding.suggest import Suggester
from nlp.types import Note
from tests.conftest import DAY


def codes(suggester: Suggester, text: str) -> set[str]:
    return {c.code.display for c in consider(suggester.desk(DAY), None, Note(text, DAY)).candidates}


@pytest.mark.parametrize(
    ("text", "code", "stands"),
    [
        ("Admission dx: pneumonia\nASSESSMENT: Lung abscess. Pneumonia ruled out.", "J18.9", False),
        ("PROBLEM LIST: gout.\nHPI: Gout on the list is an error. Knee pain.", "M10.9", False),
        ("HPI: Appendicitis. ADDENDUM: appendicitis was entered in error.", "K37", False),
        ("PMH: asthma.\nASSESSMENT: Asthma ruled out as a cause of the cough.", "J45.909", True),
        ("ASSESSMENT: Pneumonia.\nPLAN: pneumonia not ruled out elsewhere.", "J18.9", True),
        ("HPI: Vomiting.\nASSESSMENT: Vomiting ruled out.", "R11.10", True),
        ("PREOPERATIVE DIAGNOSIS: Appendicitis.\nPOSTOPERATIVE DIAGNOSIS: Ovarian cyst.", "K37", False),
        ("PREOPERATIVE DIAGNOSIS: Appendicitis.\nPOSTOPERATIVE DIAGNOSIS: Same, ovarian cyst.", "K37", True),
        ("PREOPERATIVE DIAGNOSIS: Appendicitis.\nPOSTOPERATIVE DIAGNOSIS: Acute appendicitis.", "K35.80", True),
    ],
)
def test_taken_back(real_suggester: Suggester, text: str, code: str, stands: bool) -> None:
    assert (code in codes(real_suggester, text)) is stands
