"""What assertion keeps out, and the status codes that a kept-out finding leaves behind."""

from codesets.types import CodeRange
from coding.types import Reason
from nlp.types import Assertion, AssertionKind, Direction, Note, Setting

REASONS = {
    AssertionKind.NEGATED: Reason.NEGATED,
    AssertionKind.UNCERTAIN: Reason.UNCERTAIN,
    AssertionKind.HISTORICAL: Reason.HISTORICAL,
    AssertionKind.FAMILY: Reason.FAMILY,
    AssertionKind.HYPOTHETICAL: Reason.HYPOTHETICAL,
    AssertionKind.CONDITIONAL: Reason.CONDITIONAL,
}
_STATUS = CodeRange("Z77", "Z99")
_FAMILY = CodeRange("Z80", "Z84")
_ALLERGY = (CodeRange("Z88", "Z88"), CodeRange("Z910", "Z910"))
_CONFIRMED_ONLY = {
    "I.C.1.a.1": (
        CodeRange("B20", "B20"),
        CodeRange("Z21", "Z21"),
        CodeRange("O987", "O987"),
        CodeRange("B9735", "B9735"),
    ),
    "I.C.1.f": (CodeRange("A925", "A925"),),
    "I.C.1.g": (CodeRange("U071", "U071"),),
    "I.C.10.c": (CodeRange("J09", "J10"),),
}
_DISCHARGE_SECTIONS = frozenset({"discharge_diagnosis", "hospital_course", "assessment", "assessment_plan"})


def is_kept(
    kind: AssertionKind,
    value: str,
    setting: Setting,
    section: str,
    *,
    ended_since: bool = False,
    doubted: bool = False,
) -> bool:
    """Tell whether a finding with this assertion may be coded under `value`.

    Present findings may; so may, at an inpatient's discharge, those that ended in the stay (`ended_since`: 'AKI,
    resolved'), which were treated in it (III). So may status codes where the assertion is their very meaning:
    history and status Z77–Z99 when historical, family history Z80–Z84 when family, allergy status when conditional
    (I.C.21.c.3–4). An inpatient's uncertain diagnosis at discharge counts as established (II.H, III.C), except HIV,
    Zika, COVID-19 and influenza (I.C.1.a.1, I.C.1.f, I.C.1.g, I.C.10.c), and one that is `doubted` ('unlikely',
    'was considered'), which II.H does not mean.
    """
    if kind is AssertionKind.PRESENT:
        return True
    if kind is AssertionKind.HISTORICAL:
        treated_in_the_stay = ended_since and setting is Setting.INPATIENT and section == "discharge_diagnosis"
        return treated_in_the_stay or (_STATUS.holds(value) and not _FAMILY.holds(value))
    if kind is AssertionKind.FAMILY:
        return _FAMILY.holds(value)
    if kind is AssertionKind.CONDITIONAL:
        return any(r.holds(value) for r in _ALLERGY)
    if (
        kind is AssertionKind.UNCERTAIN
        and setting is Setting.INPATIENT
        and section in _DISCHARGE_SECTIONS
        and not doubted
    ):
        return _confirmed_only(value) is None
    return False


def ended_since(note: Note, assertion: Assertion) -> bool:
    """Tell whether a finding is past because it ended ('resolved' behind it), not because it happened before."""
    cue = assertion.cue
    if assertion.kind is not AssertionKind.HISTORICAL or assertion.direction is not Direction.BACKWARD or cue is None:
        return False
    return not any(c.isdigit() for c in note.text[cue.start : cue.end])


def guideline_of(kind: AssertionKind, value: str, setting: Setting, section: str) -> str | None:
    """Return the guideline section that keeps a finding out, or None where no guideline speaks of it."""
    if kind is AssertionKind.UNCERTAIN:
        if setting is not Setting.INPATIENT:
            return "IV.H"
        return _confirmed_only(value) if section in _DISCHARGE_SECTIONS else None
    if kind is AssertionKind.HISTORICAL:
        return "III.A" if setting is Setting.INPATIENT else "IV.J"
    return None


def _confirmed_only(value: str) -> str | None:
    """Return the guideline that wants confirmation for a code, inpatient too."""
    return next((g for g, ranges in _CONFIRMED_ONLY.items() if any(r.holds(value) for r in ranges)), None)
