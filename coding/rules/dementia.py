"""Dementia under the disease that it belongs to (I.A.13, I.C.5.d): F01 where it is vascular, F02 beside its cause."""

from collections.abc import Iterator

from codesets.types import dotted
from coding.rules.types import Act, Change, Findings, Rule

_CAUSES = ("A810", "G10", "G20", "G231", "G300", "G301", "G308", "G309", "G310", "G3183")
_UNSPECIFIED = {"F01": "5", "F02": "8"}


def _name(findings: Findings) -> Iterator[Change]:
    vascular, causes = findings.starting("F01"), findings.starting(*_CAUSES)
    if not vascular and not causes:
        return
    category = "F01" if vascular else "F02"
    lead = (vascular or causes)[0]
    for value in findings.starting("F03"):
        code = category + value[3:].replace("9", _UNSPECIFIED[category], 1)
        plain = [v for v in vascular if v.endswith("0") and v != code]
        detail = f"{dotted(value)} belongs to {dotted(lead)}: {dotted(code)}"
        yield Change(code, detail, (lead, value), (value, *([] if code.endswith("0") else plain)))


DEMENTIA = Rule(
    "dementia.cause",
    "I.C.5.d",
    "Unspecified dementia takes the category of its cause, with its severity and behavior.",
    _name,
    acts=(Act.REPLACE,),
)
