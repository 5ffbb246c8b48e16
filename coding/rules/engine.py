"""Runs the rules until nothing changes, and records each step in `why`; then reads the finished list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from codesets.index.lexicon import Lexicon
from codesets.types import Code, CodeSystem, dotted
from coding.ranking.plain import SECTION_WEIGHTS
from coding.rules.causes import find_causes
from coding.rules.families import LIST_RULES, RULES
from coding.rules.types import Change, Check, Findings, Listed, Rule
from coding.types import Candidate, Problem, Prompt, Step, Suppressed
from nlp.types import Reading, Setting

_HEIRS = frozenset({"specificity.less_specific", "specificity.named_elsewhere"})
"""The rules by which a finding is taken for another that names more of it, so that its words speak for both."""
_MAX_ROUNDS = 8
_RULE_IDS = frozenset(rule.id for rule in RULES)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The candidates that stand, in code order; what the rules left out, in note order."""

    candidates: list[Candidate]
    suppressed: list[Suppressed]


def apply_rules(
    lexicon: Lexicon,
    reading: Reading,
    candidates: Iterable[Candidate],
    denied: frozenset[str] = frozenset(),
    rules: Iterable[Rule] = RULES,
    disabled: frozenset[str] = frozenset(),
) -> Outcome:
    """Return the candidates after the rules; `denied` are codes that the note negates: no rule makes one.

    Rules that do not hold for the note's setting and date of service, and those whose id is `disabled`, do not run. A
    code that a rule dropped never comes back, so the rounds end; `because` names a code that stands. In the end the
    words of a less specific code of its category speak for the code that it gave way to.
    """
    standing = {c.code.value: c for c in candidates}
    given = dict(standing)
    gone: dict[str, Suppressed] = {}
    words = {(m.start, m.end): m.nearby for m in reading.mentions}
    causes = find_causes(reading.note.text, (e for c in standing.values() for e in c.evidence))
    findings = Findings(reading.note, lexicon, standing, words, causes, denied)
    note = reading.note
    setting = note.setting or Setting.OUTPATIENT
    order = tuple(r for r in rules if r.id not in disabled and r.holds(setting, note.date_of_service))
    seen: dict[str, int] = {}
    steps = 0
    for _ in range(_MAX_ROUNDS):
        before = steps
        for rule in order:
            if seen.get(rule.id) != steps:
                seen[rule.id] = steps
                changes = tuple(rule.decide(findings))
                steps += sum(_apply(rule, change, findings, standing, gone) for change in changes)
        if steps == before:
            break
    for value, left in gone.items():
        heir = _last(gone, value)
        if left.rule in _HEIRS and heir[:3] == value[:3] and heir in standing and value in given:
            standing[heir] = _with_words_of(given[value], standing[heir])
    suppressed = [replace(s, because=dotted(_last(gone, v))) for v, s in gone.items()]
    return Outcome(
        [standing[v] for v in sorted(standing)],
        sorted(suppressed, key=lambda s: (s.evidence.start, s.code.value)),
    )


def review_list(listed: Listed) -> tuple[tuple[Problem, ...], dict[str, tuple[Prompt, ...]]]:
    """Return what is wrong with the finished list, and what to look up or ask of its codes, by value."""
    problems: list[Problem] = []
    prompts: dict[str, tuple[Prompt, ...]] = {}
    for rule in LIST_RULES:
        if not rule.holds(listed.setting, listed.note.date_of_service):
            continue
        if isinstance(rule, Check):
            problems += rule.find(listed)
        else:
            for value, prompt in rule.ask(listed):
                prompts[value] = (*prompts.get(value, ()), prompt)
    return tuple(problems), prompts


def _apply(
    rule: Rule, change: Change, findings: Findings, standing: dict[str, Candidate], gone: dict[str, Suppressed]
) -> bool:
    """Make the change unless an earlier one took away what it stands on; tell whether anything is different."""
    made = change.code not in standing
    if made:
        makable = findings.release.is_billable(change.code) and change.code not in gone
        if not makable or change.code in findings.denied or not all(s in standing for s in change.sources):
            return False
        standing[change.code] = _made(findings, change, standing)
    drops = [v for v in change.drops if v in standing and v != change.code]
    if not made and not drops:
        return False
    kept = standing[change.code]
    step = Step(rule.id, f"{rule.guideline}: {change.detail}")
    standing[change.code] = replace(kept, why=(*kept.why, step))
    for value in drops:
        old = standing.pop(value)
        gone[value] = Suppressed(
            old.code,
            old.display,
            old.evidence[0],
            change.reason,
            rule.id,
            because=change.code,
            guideline=rule.guideline,
        )
    return True


def _with_words_of(old: Candidate, heir: Candidate) -> Candidate:
    """Return a candidate with the evidence of the less specific one that gave way to it, and the better section."""
    evidence = tuple(sorted({*old.evidence, *heir.evidence}, key=lambda e: (e.start, e.end)))
    features = heir.features
    if _section_weight(old) > _section_weight(heir):
        features = {k: v for k, v in features.items() if not k.startswith("section:")}
        features |= {k: v for k, v in old.features.items() if k.startswith("section:")}
    return replace(heir, evidence=evidence, features=features)


def _made(findings: Findings, change: Change, standing: dict[str, Candidate]) -> Candidate:
    """Return the candidate of a code that a rule makes: the evidence of its sources, the best section of theirs."""
    sources = [standing[v] for v in change.sources]
    evidence = tuple(dict.fromkeys((*(e for c in sources for e in c.evidence), *change.evidence)))
    title = findings.release.title(change.code)
    lead = max(sources, key=_section_weight, default=None)
    features = dict(lead.features) if lead else {f"section:{evidence[0].section}": 1.0, "quality": 1.0}
    features |= {
        "symptom": float(change.code[0] == "R"),
        "status": float(change.code[0] == "Z"),
        "unspecified": float("unspecified" in title.lower()),
        "generic": 0.0,
        "misspelled": 0.0,
    }
    return Candidate(
        Code(CodeSystem.ICD10CM, change.code),
        title,
        tuple(sorted(evidence, key=lambda e: (e.start, e.end))),
        (),
        features,
        tuple(s for s in sources[0].why if s.step not in _RULE_IDS) if sources else (),
    )


def _section_weight(candidate: Candidate) -> float:
    return max(SECTION_WEIGHTS.get(n.removeprefix("section:"), 0.0) for n in candidate.features if ":" in n)


def _last(gone: dict[str, Suppressed], value: str) -> str:
    """Return the code at the end of a chain of displacements, which stands."""
    while value in gone:
        value = gone[value].because or value
    return value
