"""Two findings that one combination code says together (I.B.9), from a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from codesets.types import dotted
from coding.rules.tables import by_prefix, codes_in, matching, rows
from coding.rules.types import Act, Change, Findings, Rule

_DENIALS = ("no", "not", "without", "denies", "last", "prior", "previous", "history", "frequent", "risk", "triggers")


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the table: `second` are code prefixes, or `words` in the clause of the first, or a `phrase` beside it.

    The second stands as firmly as the first, unless it `is_lasting`; where it `is_caused`, the note names it as
    the cause of the first, and no other second counts where the note names a cause.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    words: tuple[str, ...]
    phrase: re.Pattern[str] | None
    makes: str
    drops_first: bool
    drops_second: bool
    is_caused: bool
    is_lasting: bool


def _combine(findings: Findings) -> Iterator[Change]:
    for first, pair in matching(_table(), findings.codes):
        for second in _seconds(findings, pair, first):
            sources = (first, second) if second else (first,)
            drops = [first] if pair.drops_first else []
            drops += [second] if pair.drops_second and second else []
            detail = f"{' with '.join(map(dotted, sources))} is one code: {dotted(pair.makes)}"
            yield Change(pair.makes, detail, sources, tuple(drops))


def _seconds(findings: Findings, pair: Pair, first: str) -> list[str]:
    """Return the second codes that stand; one empty text where a word beside the first says it."""
    if pair.phrase:
        return [""] if findings.is_said_beside(first, pair.phrase) else []
    if pair.words:
        return [""] if any(findings.is_said_near(first, (w,), _DENIALS) for w in pair.words) else []
    found = [
        v
        for v in findings.starting(*pair.second)
        if not findings.is_doubted(v) and (pair.is_lasting or findings.level(v) >= findings.level(first))
    ]
    causes = findings.causes_of(first)
    return [v for v in found if v in causes] if pair.is_caused or causes else found


@cache
def _pairs() -> tuple[Pair, ...]:
    found = []
    for first, second, makes, drops, needs, _ in rows("combinations.tsv", 6):
        phrase = re.compile(rf"(?<!\w)(?:{second[1:]})(?!\w)") if second.startswith("=") else None
        words = tuple(w[1:] for w in second.split("|") if w.startswith("~"))
        found.append(
            Pair(
                codes_in(first),
                () if words or phrase else codes_in(second),
                words,
                phrase,
                codes_in(makes)[0],
                drops in ("both", "first"),
                drops == "both",
                needs == "due",
                needs == "lasting",
            )
        )
    return tuple(found)


@cache
def _table() -> dict[str, list[tuple[int, Pair]]]:
    return by_prefix((pair.first, pair) for pair in _pairs())


COMBINATIONS = Rule(
    "combination.pair",
    "I.B.9",
    "Two findings that one combination code says together become that code.",
    _combine,
    acts=(Act.REPLACE,),
)
