"""The words around a drug that say what its use is (drug_cues.tsv)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from nlp.facts.phrases import PhraseTable


class DrugRole(StrEnum):
    """What a note says of a drug; in order of precedence."""

    POISONED = "poisoned"
    OTHER = "other"
    SIDE_EFFECT = "side_effect"
    UNDERDOSED = "underdosed"
    CAUSE = "cause"
    ALLERGY = "allergy"
    STOPPED = "stopped"
    REFUSED = "refused"
    NOT_TAKEN = "not_taken"
    ONCE = "once"
    SHORT = "short"
    AS_NEEDED = "as_needed"
    LONG_TERM = "long_term"
    STARTED = "started"
    CURRENT = "current"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class DrugCues:
    """The cues that stand before a drug and those that stand after it."""

    before: PhraseTable[DrugRole]
    after: PhraseTable[DrugRole]


@cache
def drug_cues() -> DrugCues:
    """Return the table of cues."""
    text = files("nlp.facts").joinpath("drug_cues.tsv").read_text(encoding="utf-8")
    rows: dict[str, list[tuple[str, DrugRole]]] = {"before": [], "after": []}
    for line in text.splitlines():
        if not line.startswith("#"):
            role, side, phrases = line.split("\t")
            rows[side] += [(phrase, DrugRole(role)) for phrase in phrases.split("|")]
    return DrugCues(PhraseTable(rows["before"]), PhraseTable(rows["after"]))


PRECEDENCE = {role: place for place, role in enumerate(DrugRole)}
