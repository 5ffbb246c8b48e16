"""The third element: the risk of what was decided for the patient's management."""

from collections.abc import Collection, Sequence
from functools import cache

from codesets.drugs import read_drugs
from coding.visits.scan import PAST, Hit, Scan, read_table
from coding.visits.types import Complexity, Element
from nlp.facts.cues import DrugRole
from nlp.types import AssertionKind, Fact, FactKind

_HIGH = {
    "hospitalization": "decision about hospitalization or escalation",
    "emergency_surgery": "decision about emergency major surgery",
    "monitoring": "drug therapy monitored for toxicity",
    "dnr": "decision not to resuscitate or to de-escalate care",
    "parenteral": "parenteral controlled substance",
    "support": "support of breathing or circulation",
}
_MODERATE = {"rx": "prescription drug management", "surgery": "decision about surgery", "sdoh": "social determinants"}
_LOW = {
    "otc": "over-the-counter drug or simple treatment",
    "care": "treatment of low risk",
    "minor_surgery": "minor procedure",
    "study": "study of low risk",
}
_STUDIES = frozenset(
    {
        *("ct", "cthead", "ctchest", "ctabd", "ctspine", "mri", "mribrain", "mrispine", "pet", "vq", "nuclear"),
        *("stress", "pft", "emg", "eeg", "endoscopy", "sleepstudy"),
    }
)
_MANAGED = frozenset(
    {
        *(DrugRole.STARTED, DrugRole.CURRENT, DrugRole.LONG_TERM, DrugRole.SHORT, DrugRole.ONCE),
        *(DrugRole.STOPPED, DrugRole.AS_NEEDED),
    }
)
_UNREAL = frozenset(
    {AssertionKind.NEGATED, AssertionKind.HYPOTHETICAL, AssertionKind.FAMILY, AssertionKind.CONDITIONAL}
)
_THOUGHT = frozenset({AssertionKind.HYPOTHETICAL, AssertionKind.CONDITIONAL})
_ACTION_TOKENS = 6
_SHOWN = 3
_ORDER_TOKENS = 8
_PROCEED_TOKENS = 12
_SURGERY = ("1", "2", "3", "4", "5", "6")
_TREATED = frozenset({"hospital_course", "unknown", "labs", "imaging", "vitals"})


@cache
def _vaccines() -> frozenset[str]:
    return frozenset(d.name for d in read_drugs() if d.is_vaccine or d.adverse_base is None)


@cache
def _unprescribed() -> dict[str, frozenset[str]]:
    return {group: frozenset(names.split("|")) for group, names in read_table("otc.tsv")}


def assess_risk(scan: Scan, services: Collection[str], *, is_acute_care: bool, is_inpatient: bool) -> Element:
    """Return the element; in acute care what was given counts as what was prescribed.

    `services` are the codes that are billed beside the visit: a procedure carries at least a low risk.
    """
    high = [h for h in scan.of("risk", *_HIGH) if _is_decided(scan, h, is_acute_care, is_inpatient)]
    if high:
        return Element(Complexity.HIGH, _HIGH[high[0].value], (scan.evidence(high[0]),))
    drugs = _managed_drugs(scan, is_acute_care)
    bought = scan.of("risk", "otc")
    prescribed = [f for f in drugs if not _is_bought(f, bought)]
    moderate = [h for h in scan.of("risk", *_MODERATE) if _is_decided(scan, h, is_acute_care, is_inpatient)]
    moderate = [h for h in moderate if not _is_order(scan, h)]
    moderate += [h for h in scan.of("risk", "proceed") if h.section in scan.deciding and _is_major(scan, h)]
    moderate += [h for h in scan.of("risk", "dose") if _is_prescribed_dose(scan, h)]
    if prescribed:
        evidence = [scan.evidence_of(f.start, f.end) for f in prescribed[:_SHOWN]]
        return Element(Complexity.MODERATE, _MODERATE["rx"], tuple(evidence))
    if moderate:
        evidence = [scan.evidence(h) for h in moderate[:_SHOWN]]
        return Element(Complexity.MODERATE, _MODERATE[_moderate_kind(moderate[0])], tuple(evidence))
    low = [h for h in scan.of("risk", *_LOW) if h.section in scan.deciding and scan.is_not_denied(h)]
    low += [h for h in scan.of("performed") if scan.is_not_denied(h)]
    low += [h for h in scan.of("test") if h.value in _STUDIES and _is_ordered(scan, h)]
    if drugs or low:
        evidence = [scan.evidence_of(f.start, f.end) for f in drugs[:_SHOWN]] or [scan.evidence(low[0])]
        return Element(Complexity.LOW, _LOW["otc" if drugs else _low_kind(low[0])], tuple(evidence))
    if any(code.startswith(_SURGERY) for code in services):
        return Element(Complexity.LOW, _LOW["minor_surgery"])
    return Element(Complexity.STRAIGHTFORWARD, "no treatment was found that carries risk")


def _is_ordered(scan: Scan, hit: Hit) -> bool:
    """Tell whether a study is to be done: under the plan, or beside words of an order."""
    if hit.section not in scan.deciding or not scan.is_meant(hit):
        return False
    return hit.section == "plan" or any(scan.near(h, hit, _ORDER_TOKENS) for h in scan.of("ordered", "yes"))


def _is_bought(fact: Fact, bought: Sequence[Hit]) -> bool:
    """Tell whether a drug needs no prescription, by its name or by the words around it ('antibiotic ointment')."""
    return fact.name in _unprescribed()["otc"] or any(h.start <= fact.start and fact.end <= h.end for h in bought)


def _moderate_kind(hit: Hit) -> str:
    return "surgery" if hit.value == "proceed" else hit.value if hit.value in _MODERATE else "rx"


def _is_order(scan: Scan, hit: Hit) -> bool:
    """Tell whether a prescription is one for a test or for therapy: 'a prescription for an MRI'."""
    is_bare = hit.last - hit.first == 1 and scan.tokens.folded[hit.first].startswith("prescription")
    if hit.value != "rx" or not is_bare:
        return False
    named = (*scan.of("test"), *scan.of("risk", "care", "otc"))
    beside = any(0 <= h.sentence - hit.sentence + 1 <= 1 and h.first != hit.first for h in named)
    drugs = any(f.kind is FactKind.DRUG and f.sentence == hit.sentence for f in scan.reading.facts)
    return beside and not drugs


def _is_major(scan: Scan, hit: Hit) -> bool:
    """Tell whether what is proceeded with is an operation, right after the words."""
    beside = [h for h in scan.of("operation") if h.sentence == hit.sentence]
    return any(0 <= h.first - hit.last <= _PROCEED_TOKENS for h in beside)


def _low_kind(hit: Hit) -> str:
    return {"performed": "minor_surgery", "test": "study"}.get(hit.kind, hit.value)


def _is_decided(scan: Scan, hit: Hit, is_acute_care: bool, is_inpatient: bool) -> bool:
    """Tell whether a decision is made in this encounter, not told of the past or feared."""
    if hit.value == "hospitalization" and is_inpatient and hit.section not in scan.deciding:
        return False
    if hit.value == "support" and not is_acute_care:
        return False
    if hit.value in ("dnr", "monitoring", "parenteral") and is_acute_care:
        return hit.section not in PAST and scan.is_said(hit)
    return hit.section in scan.deciding and scan.is_said(hit)


def _is_prescribed_dose(scan: Scan, hit: Hit) -> bool:
    """Tell whether a dose stands beside no drug that is known and needs no prescription."""
    if hit.section not in scan.deciding or not scan.is_said(hit):
        return False
    beside = [f for f in scan.reading.facts if f.kind is FactKind.DRUG and f.sentence == hit.sentence]
    return not beside


def _managed_drugs(scan: Scan, is_acute_care: bool) -> list[Fact]:
    """Return the drugs that the clinician starts, goes on with, changes or stops here."""
    sections = scan.deciding | _TREATED if is_acute_care else scan.deciding
    return [
        f
        for f in scan.reading.facts
        if f.kind is FactKind.DRUG
        and f.section in sections
        and not _is_unreal(scan, f)
        and f.name not in _vaccines()
        and f.name not in _unprescribed()["procedure"]
        and (DrugRole(f.value) in _MANAGED or _is_acted_on(scan, f))
    ]


def _is_unreal(scan: Scan, fact: Fact) -> bool:
    """Tell whether a drug is denied or only thought of; a warning after one that is started does not undo it."""
    if fact.assertion.kind not in _UNREAL:
        return False
    if fact.assertion.kind not in _THOUGHT or DrugRole(fact.value) is not DrugRole.STARTED:
        return True
    first = scan.token_at(fact.start)
    return any(h.sentence == fact.sentence and h.last <= first for h in scan.of("turning"))


def _is_acted_on(scan: Scan, fact: Fact) -> bool:
    """Tell whether an action stands right before a drug that is only named ('add X', 'Rx X', 'cont X')."""
    if DrugRole(fact.value) is not DrugRole.NAMED:
        return False
    first = scan.token_at(fact.start)
    hits = (*scan.of("state", "changed"), *scan.of("risk", "rx"))
    return any(0 <= first - h.last <= _ACTION_TOKENS and h.sentence == fact.sentence for h in hits)
