"""Writes docs/rules.md from the rules and their cases: `python docs/rules.py`; a test holds it."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from coding.cases import Case, Given, read_cases
from coding.rules.catalog import catalog
from coding.rules.types import FIRST_DAY, RuleCard
from nlp.types import Setting

PAGE = Path(__file__).with_name("rules.md")
_MOST_CASES = 3
_HEAD = """# Rules

What decides on a code, in the order in which a note meets it; `why` and the left-out list name these ids, and
`chartcoder rules show ID` prints one with all its cases. Sections are those of the ICD-10-CM Official Guidelines; a
rule without one is this product's own. This page is written from the rules (`python docs/rules.py`).

A case starts from a note, or from findings that are written as codes, a line a section (`pmh: I10`).
`CODE:reason` is left out for that reason, `-CODE` is not listed, `1=CODE` stands first.
"""


def page() -> str:
    """Return the page."""
    cases = read_cases()
    parts = [_HEAD]
    for family, cards in groupby(catalog().values(), key=lambda card: card.id.split(".")[0]):
        parts.append(f"\n## {family}\n")
        for card in cards:
            parts += _rule(card, [case for case in cases if case.rule == card.id])
    return "\n".join(parts) + "\n"


def _rule(card: RuleCard, cases: list[Case]) -> Iterator[str]:
    yield f"### `{card.id}`\n"
    yield f"{card.summary}\n"
    facts = [f"guideline {card.guideline}" if card.guideline else "no guideline"]
    facts += [f"reads {card.reads}", f"may {' and '.join(card.acts)}"]
    if card.settings != frozenset(Setting):
        facts.append(f"holds for {', '.join(sorted(card.settings))}")
    if card.since != FIRST_DAY:
        facts.append(f"since {card.since.isoformat()}")
    yield f"*{'; '.join(facts)}.*\n"
    chosen = [c for fires in (True, False) for c in [x for x in cases if x.fires is fires][:_MOST_CASES]]
    if chosen:
        yield "| | given | expected | because |\n|---|---|---|---|"
        for case in chosen:
            yield f"| {'fires' if case.fires else 'silent'} | {_given(case)} | {_expected(case)} | {case.reason} |"
        yield ""


def _given(case: Case) -> str:
    text = case.text.replace("\n", " ⏎ ").replace("|", "\\|")
    words = f"`{text}`" if case.given is Given.CODES else text
    about = [case.setting.value] if case.setting else []
    about += [case.patient.sex.value] if case.patient.sex else []
    about += [str(case.patient.age)] if case.patient.age is not None else []
    return f"{words} ({', '.join(about)})" if about else words


def _expected(case: Case) -> str:
    return " ".join(f"`{sign}`" for sign in case.expected) or "nothing"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
