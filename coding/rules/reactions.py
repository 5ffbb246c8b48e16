"""A rash that a drug taken as prescribed has caused (Alphabetic Index: Rash, drug, internal use)."""

from collections.abc import Iterator

from codesets.types import dotted
from coding.rules.first import is_adverse_effect
from coding.rules.types import Act, Change, Findings, Rule

_RASH, _DRUG_RASH = "R21", "L270"


def _name(findings: Findings) -> Iterator[Change]:
    if _RASH not in findings.codes:
        return
    drugs = [v for v in findings.causes_of(_RASH) if is_adverse_effect(v)]
    if drugs:
        detail = f"a rash due to a drug ({dotted(drugs[0])}) is {dotted(_DRUG_RASH)}"
        yield Change(_DRUG_RASH, detail, (_RASH,), (_RASH,))


DRUG_RASH = Rule(
    "reaction.drug_rash",
    "I.C.19.e.5.a",
    "A rash that the note calls due to a drug becomes the eruption due to it; the adverse effect stands beside it.",
    _name,
    acts=(Act.REPLACE,),
    reads="codes, causes",
)
