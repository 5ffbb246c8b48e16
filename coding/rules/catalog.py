"""Every rule that an answer can name: those of the engine, and the steps that the other parts of the product take."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from codesets.errors import CodeSetError
from coding.rules.families import LIST_RULES, RULES
from coding.rules.types import FIRST_DAY, Act, RuleCard
from nlp.types import Setting

_COLUMNS = 7


@cache
def catalog() -> Mapping[str, RuleCard]:
    """Return the rules by id: the order in which a note meets them."""
    steps = _steps()
    before = [card for card in steps if card.id.startswith(("assertion.", "status.", "fact.", "specificity."))]
    after = [card for card in steps if card not in before]
    return {card.id: card for card in (*before, *RULES, *after, *LIST_RULES)}


def _steps() -> list[RuleCard]:
    """Return the rows of steps.tsv; raises CodeSetError naming the line of a malformed one."""
    text = files("coding.rules").joinpath("steps.tsv").read_text(encoding="utf-8")
    cards = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != _COLUMNS:
            raise CodeSetError(f"steps.tsv:{number}: expected {_COLUMNS} columns, found {len(cells)}")
        name, guideline, acts, settings, since, reads, summary = cells
        cards.append(
            RuleCard(
                name,
                None if guideline == "-" else guideline,
                summary,
                acts=tuple(Act(a) for a in acts.split("|")),
                reads=reads,
                settings=frozenset(Setting) if settings == "-" else frozenset(map(Setting, settings.split("|"))),
                since=FIRST_DAY if since == "-" else date.fromisoformat(since),
            )
        )
    return cards
