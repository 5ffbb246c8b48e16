"""Long-term use, allergy, adverse effect and underdosing of drugs.

Sources: guidelines I.C.21.c.3 (Z79, Z88), I.C.4.a.3 (insulin and oral drugs), I.C.19.e.5 (adverse effect: the finding
and T36–T50 with 5; underdosing: with 6, never first, beside the reason Z91.1-).
"""

from functools import cache
from importlib.resources import files

from codesets.drugs import Drug, read_drugs
from coding.facts.poisoning import code_poisoning
from coding.facts.types import STATED, STATUS, Case, FactCode
from coding.linking import Link
from nlp.facts.cues import DrugRole
from nlp.types import AssertionKind, Fact, FactKind, Setting

_TAKEN = frozenset({DrugRole.STARTED, DrugRole.CURRENT, DrugRole.LONG_TERM, DrugRole.STOPPED})
_GRADES = {
    "named": frozenset({DrugRole.NAMED, DrugRole.STARTED, DrugRole.CURRENT, DrugRole.LONG_TERM}),
    "stated": frozenset({DrugRole.CURRENT, DrugRole.LONG_TERM}),
    "monitored": frozenset({DrugRole.CURRENT, DrugRole.LONG_TERM}),
    "chronic": frozenset({DrugRole.LONG_TERM}),
}
_SILENT = frozenset({"family", "instructions", "consent", "allergies", "ros", "labs", "immunizations", "social"})
_OBSERVED = frozenset({"procedure", "exam", "imaging", "findings", "vitals"})
_DIABETES = ("E08", "E09", "E11", "E13")
_CONTRACEPTIVE = "Z793"
_CONTRACEPTION = {"depo-provera": "Z30013", "nuvaring": "Z30015", "contraceptive patch": "Z30016"}
_OPIOID, _OPIOID_DISORDER = "Z79891", "F11"
_BREAKS = frozenset(",;)\n")
_PREVENTING = ("prophyla", "ppx", "prevent", "suppress")
_NO_FINDING = tuple("VWXYZ")
_POISONING = tuple(f"T{n}" for n in range(36, 51))
_ANAPHYLAXIS, _DRUG_ANAPHYLAXIS = "T782XXA", "T886XXA"
_REACH_CHARS = 60
_WATCHED = (
    "monitor",
    "high risk",
    "high-risk",
    "toxicity",
    "labs",
    "level",
    "ipledge",
    "eye exam",
    "lft",
    "qtc",
    "tfts",
)

_DUE = (
    " due ",
    " from ",
    "secondary",
    "because",
    " after ",
    "since",
    "setting",
    "precipitat",
    "provoked",
    "trigger",
    "2/2",
    "caused",
)
_MONEY = ("afford", "cost", "insurance", "copay", "money", "expensive", "financial", "pay ")
_PARENTS = ("mom ", "mother", "father", "dad ", "parent", "guardian", "caregiver")
_PAST = ("last year", "last fall", " ago", "previously", "up to date", "utd", "previous")
_UNMEANT = ("forgot", "forget", "missed", "ran out", "run out", "unintention")


@cache
def _drugs() -> dict[str, Drug]:
    return {drug.name: drug for drug in read_drugs()}


@cache
def _grades() -> dict[str, frozenset[str]]:
    return {grade: frozenset(code.replace(".", "") for code in codes) for grade, codes in _rows().items()}


@cache
def _rows() -> dict[str, frozenset[str]]:
    text = files("coding.facts").joinpath("long_term.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {grade: frozenset(values.split("|")) for grade, values in rows}


def code_drugs(case: Case) -> list[FactCode]:
    """Return the codes that the drugs of a note support."""
    facts = [(fact, _drugs()[fact.name], DrugRole(fact.value)) for fact in case.facts(FactKind.DRUG)]
    found: list[FactCode] = []
    for fact, drug, role in facts:
        if role is DrugRole.POISONED:
            found += code_poisoning(case, fact, drug)
        elif role in (DrugRole.CAUSE, DrugRole.UNDERDOSED) and _is_tied(case, fact, role):
            found += _tied(case, fact, drug, role)
    reacting = {_drugs()[code.fact.name].allergy for code in found}
    last = {fact.name: role for fact, _, role in facts if role in _TAKEN and fact.assertion.kind in STATUS}
    for fact, drug, role in facts:
        if role is DrugRole.ALLERGY and fact.assertion.kind in STATUS and drug.allergy not in (None, *reacting):
            found.append(FactCode(str(drug.allergy), fact, "allergy", f"{drug.name} stands as an allergy"))
        elif drug.is_vaccine:
            found += _vaccine(case, fact, role)
        elif drug.long_term == _CONTRACEPTIVE and role is DrugRole.STARTED and fact.assertion.kind in STATED:
            value = _CONTRACEPTION.get(drug.name, "Z30011")
            found.append(FactCode(value, fact, "contraception", f"{drug.name} is prescribed"))
        elif last.get(drug.name) is not DrugRole.STOPPED and _is_long_term(case, fact, drug, role):
            said = "is stated as taken" if role in _TAKEN else "is named among what is treated"
            found.append(FactCode(str(drug.long_term), fact, "long_term", f"{drug.name} {said}"))
    return found


def _is_long_term(case: Case, fact: Fact, drug: Drug, role: DrugRole) -> bool:
    is_stated = role in _GRADES["stated"]
    if drug.long_term is None or fact.section in _SILENT or not _is_told(case, fact, role):
        return False
    if fact.section == "procedure" or (fact.section in _OBSERVED and not is_stated):
        return False
    grades = _grades()
    if drug.long_term in grades["diabetes"] and not case.has(*_DIABETES):
        return False
    if drug.name in _rows()["bridging"] and role is not DrugRole.LONG_TERM and fact.section != "medications":
        return False
    if drug.long_term == _OPIOID and case.has(_OPIOID_DISORDER):
        return False
    if drug.name in _rows()["enduring"] and is_stated:
        return True
    is_watched = drug.name in _rows()["watched"] or _says(case, fact, _WATCHED)
    if drug.long_term in grades["monitored"] and not is_watched:
        return False
    return any(drug.long_term in grades[grade] and role in roles for grade, roles in _GRADES.items())


def _is_told(case: Case, fact: Fact, role: DrugRole) -> bool:
    """Tell whether a drug's use is stated as now.

    So it is where what makes it past stands in the next clause ('on metformin, quit smoking'), and where it is to
    prevent something ('on aspirin prophylaxis').
    """
    kind, cue, text = fact.assertion.kind, fact.assertion.cue, case.reading.note.text
    if cue is None or kind in STATED:
        return kind in STATED
    if kind is AssertionKind.HYPOTHETICAL and role is DrugRole.LONG_TERM:
        return text[cue.start : cue.end].lower().startswith(_PREVENTING)
    is_apart = cue.start > fact.end and not _BREAKS.isdisjoint(text[fact.end : cue.start])
    return kind is AssertionKind.HISTORICAL and role in _GRADES["stated"] and is_apart


def _vaccine(case: Case, fact: Fact, role: DrugRole) -> list[FactCode]:
    """Return the code of a vaccine that is given in this encounter, or refused."""
    if role is DrugRole.REFUSED and fact.section not in _SILENT - {"immunizations"}:
        by_parent = _says(case, fact, _PARENTS)
        return [FactCode("Z2882" if by_parent else "Z2821", fact, "vaccine", f"{fact.name} is declined")]
    given = role is DrugRole.ONCE and fact.assertion.kind in STATED and not _says(case, fact, _PAST)
    if not given or (fact.section in ("family", "hpi", "pmh", "allergies") and not _says(case, fact, ("today",))):
        return []
    return [FactCode("Z23", fact, "vaccine", f"{fact.name} is given")]


def _is_tied(case: Case, fact: Fact, role: DrugRole) -> bool:
    """Tell whether a drug counts as the cause; after a stay also a probable one ('most likely due to statins')."""
    if fact.assertion.kind is AssertionKind.UNCERTAIN:
        return role is DrugRole.CAUSE and case.reading.note.setting is Setting.INPATIENT
    return fact.assertion.kind in STATUS


def _tied(case: Case, fact: Fact, drug: Drug, role: DrugRole) -> list[FactCode]:
    """Return the codes of an adverse effect or underdosing that a finding beside the drug is due to."""
    if drug.adverse_effect is None or drug.underdosing is None or not _has_finding(case, fact):
        return []
    if role is DrugRole.CAUSE:
        detail = f"a finding is said to be due to {drug.name}"
        values = [drug.adverse_effect, *([_DRUG_ANAPHYLAXIS] if case.has(_ANAPHYLAXIS) else [])]
        return [FactCode(value, fact, "adverse_effect", detail) for value in values]
    if not _says(case, fact, _DUE):
        return []
    reason = "Z91120" if _says(case, fact, _MONEY) else "Z91138" if _says(case, fact, _UNMEANT) else "Z91128"
    detail = f"a finding is said to be due to too little {drug.name}"
    return [FactCode(v, fact, "underdosing", detail) for v in (drug.underdosing, reason)]


def _says(case: Case, fact: Fact, words: tuple[str, ...]) -> bool:
    """Tell whether one of the words stands near a fact."""
    text = case.reading.note.text[max(0, fact.start - 2 * _REACH_CHARS) : fact.end + 2 * _REACH_CHARS].lower()
    return any(word in text for word in words)


def _has_finding(case: Case, fact: Fact) -> bool:
    beside = [(value, link) for value, link in case.links if link.mention.sentence == fact.sentence]
    if any(value.startswith(_POISONING) for value, _ in beside):
        return False
    return any(value[0] not in _NO_FINDING and _is_near(link, fact) for value, link in beside)


def _is_near(link: Link, fact: Fact) -> bool:
    mention = link.mention
    gap = max(fact.start - mention.end, mention.start - fact.end)
    return gap <= _REACH_CHARS
