import pytest

from nlp.types import Setting
from tests.conftest import Suggests

CASES = [
    ("Discharge diagnosis: overdose of citalopram and warfarin", {"T43.221A", "T45.511A"}, "drugs joined"),
    ("A/P: accidental metformin overdose", {"T38.3X1A"}, "an accident"),
    ("A/P: intentional ibuprofen overdose", {"T39.312A"}, "intent before the drug"),
    ("HPI: overdosed on sertraline to kill herself.\nA/P: depression", {"T43.222A"}, "intent in words"),
    ("A/P: acetaminophen overdose, intentional", {"T39.1X2A"}, "the intent decides among the codes of one drug"),
    ("A/P: insulin overdose, denies suicidal intent", {"T38.3X1A"}, "intent that is denied"),
    # must not fire
    ("A/P: on sertraline for depression", set(), "a drug that is taken"),
    ("A/P: no overdose of metformin, depression", set(), "denied"),
    ("A/P: opioid use disorder. Naloxone kit for overdose", set(), "an antidote"),
    ("A/P: pain. Discussed risk of oxycodone overdose", set(), "a risk"),
    ("PMH: overdose of citalopram", set(), "of the past"),
    ("A/P: opioid use disorder", set(), "a use disorder"),
]


@pytest.mark.parametrize(("text", "codes", "reason"), CASES, ids=[c[2] for c in CASES])
def test_poisoning(suggest: Suggests, text: str, codes: set[str], reason: str) -> None:
    found = {s.code.display for s in suggest(text, Setting.OUTPATIENT).suggestions}
    assert {c for c in found if c[0] == "T" and c[-2] in "1234"} == codes
