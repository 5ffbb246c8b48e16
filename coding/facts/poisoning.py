"""Poisoning by a drug: what was taken in overdose, and with what intent (I.C.19.e.5.b)."""

import re

from codesets.drugs import Drug
from coding.facts.types import STATED, Case, FactCode
from nlp.types import Fact

_SILENT = frozenset({"family", "pmh", "social", "allergies", "ros", "instructions", "consent", "medications"})
_REACH_CHARS = 150
_ACCIDENT = re.compile(
    r"accident\w*|unintention\w*|inadvertent\w*|by mistake|mistaken\w*"
    r"|(?:not|non|no|denies?|denied)\W+(?:\w+\W+){0,4}(?:intention\w*|intent|suicid\w*|self[- ]harm|kill\w*)"
)
_SELF_HARM = re.compile(
    r"(?<!un)(?<!non)(?<!non-)intentional\w*|suicid\w*|self[- ](?:harm|inflicted|poisoning)|kill (?:him|her|them)self"
    r"|on purpose|end (?:his|her|their) life|wanted to die"
)
_ASSAULT = re.compile(r"assault\w*|homicid\w*|poisoned by (?:another|someone)|drugged by")
_UNDETERMINED = re.compile(r"undetermined intent|intent (?:is |was )?(?:undetermined|unclear|cannot be determined)")
_NOT_NOW = re.compile(
    r"\b(?:kits?|risks?|prevent\w*|education|educated|reversal|rescue|prior|previous|history of|h/o|hx of|past"
    r"|counsel\w*|discuss\w*|warn\w*|avoid\w*|in case of|safety|\d{4})\b"
)
_ANTIDOTES = ("T506", "T507")
_NEAR_CHARS = 50
_INTENTS = ((_UNDETERMINED, "4"), (_ACCIDENT, "1"), (_SELF_HARM, "2"), (_ASSAULT, "3"))
_BASE_CHARS = 5
_UNNAMED = ("T5090", "T5091")


def code_poisoning(case: Case, fact: Fact, drug: Drug) -> list[FactCode]:
    """Return the code of an overdose; accidental where no intent is stated."""
    if drug.adverse_base is None or fact.section in _SILENT or fact.assertion.kind not in STATED:
        return []
    near = case.reading.note.text[max(0, fact.start - _NEAR_CHARS) : fact.end + _NEAR_CHARS].lower()
    if drug.adverse_base.startswith(_ANTIDOTES) or _NOT_NOW.search(near):
        return []
    value = f"{drug.adverse_base}{_intent(case.reading.note.text, fact)}A"
    return [FactCode(value, fact, "poisoning", f"{drug.name} was taken in overdose")]


def names_same_poison(value: str, named: str) -> bool:
    """Tell whether a code means the poison of another, or leaves open which poison it was."""
    return value[:_BASE_CHARS] == named[:_BASE_CHARS] or value.startswith(_UNNAMED)


def _intent(text: str, fact: Fact) -> str:
    near = text[max(0, fact.start - _REACH_CHARS) : fact.end + _REACH_CHARS].lower()
    for words, intent in _INTENTS:
        if words.search(near):
            return intent
    return "2" if _SELF_HARM.search(text.lower()) and not _ACCIDENT.search(text.lower()) else "1"
