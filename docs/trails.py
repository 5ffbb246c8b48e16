"""Writes docs/trails.md, the decisions on the five hardest gold notes: `python docs/trails.py`; a test holds it.

Hardest are the notes of the tuning half with the most codes to find and traps to avoid together.
"""

from collections.abc import Iterator
from pathlib import Path

from coding.rules.catalog import catalog
from coding.suggest import open_suggester
from coding.types import Answer, Suggestion, Suppressed
from eval.goldnotes.read import GoldNote, read_own

PAGE = Path(__file__).with_name("trails.md")
_NOTES = 5
_MOST_PLACES = 2
_PROCESS = ("mention", "leaf", "ranker", "assertion")
_HEAD = """# How five hard notes were decided

The five notes of the tuning half with the most codes to find and traps to avoid together, as chartcoder codes them
today. The first table is what it lists, with the words and every rule that took part; the second what it left out and
why; then what differs from the codes on which two coders settled. Written by `python docs/trails.py`; the rules are
in [rules.md](rules.md).
"""


def page() -> str:
    """Return the page."""
    suggester = open_suggester()
    notes = sorted(read_own("tune"), key=lambda g: (-len(g.label.codes) - len(g.label.traps), g.label.id))[:_NOTES]
    parts = [_HEAD]
    for gold in notes:
        parts += _note(gold, suggester.suggest(gold.note))
    return "\n".join(parts) + "\n"


def _note(gold: GoldNote, answer: Answer) -> Iterator[str]:
    label = gold.label
    listed = [s for s in answer.suggestions if s.code.system.value == "icd10cm"]
    yield f"\n## {label.id}: {label.specialty}, {label.setting.value}\n"
    yield f"{len(label.codes)} codes to find, {len(label.traps)} traps.\n"
    yield "| code | score | words | decided by |\n|---|---|---|---|"
    for said in listed:
        yield f"| {_code(said)} | {said.score:.0%} | {_words(said)} | {_steps(said)} |"
    yield "\n| left out | words | because |\n|---|---|---|"
    for left in answer.suppressed:
        if left.code.system.value == "icd10cm":
            yield f"| {left.code.display} {left.display} | {_quoted(left.evidence.text)} | {_reason(left)} |"
    yield ""
    yield from _differences(gold, {s.code.display for s in listed})


def _code(said: Suggestion) -> str:
    mark = " (first-listed)" if said.first_listed else ""
    return f"**{said.code.display}** {said.display}{mark}"


def _words(said: Suggestion) -> str:
    words = list(dict.fromkeys(_quoted(e.text) for e in said.evidence))
    more = f" and {len(words) - _MOST_PLACES} more" if len(words) > _MOST_PLACES else ""
    return ", ".join(words[:_MOST_PLACES]) + more


def _steps(said: Suggestion) -> str:
    steps = [f"`{s.step}`: {s.detail}" for s in said.why if s.step not in _PROCESS]
    asked = [f"asks (`{p.rule}`): {p.message}" for p in said.prompts]
    return "<br>".join(x.replace("|", "\\|") for x in (*steps, *asked)) or "the words alone"


def _reason(left: Suppressed) -> str:
    card = catalog().get(left.rule)
    source = f", guideline {left.guideline}" if left.guideline else ""
    by = f"“{left.cue.text}”" if left.cue else left.because or ""
    says = f": {card.summary}" if card else ""
    return f"{left.reason.value.replace('_', ' ')} by {by} (`{left.rule}`{source}){says}".replace("|", "\\|")


def _differences(gold: GoldNote, listed: set[str]) -> Iterator[str]:
    wanted = {c.code for c in gold.label.codes}
    trapped = sorted(t.code for t in gold.label.traps if t.code in listed)
    for title, codes in (
        ("Missed", sorted(wanted - listed)),
        ("Listed, and not among the coders' codes", sorted(listed - wanted)),
        ("Of these, traps", trapped),
    ):
        yield f"* {title}: {', '.join(codes) or 'none'}."


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”".replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
