"""Codes that do not stand alone: the partner that the tabular list or the Index asks for (I.A.13, I.A.17)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from codesets.types import dotted
from coding.rules.tables import by_prefix, codes_in, matching, rows
from coding.rules.types import Act, Change, Findings, Rule


@dataclass(frozen=True, slots=True)
class Partner:
    """A row of the table: what is made beside a code, or instead of it, unless a code of `unless` stands."""

    words: re.Pattern[str] | None
    makes: tuple[str, ...]
    unless: tuple[str, ...]
    is_instead: bool


def _add(findings: Findings) -> Iterator[Change]:
    for value, partner in matching(_table(), findings.codes):
        if findings.starting(*partner.unless) or not _is_said(findings, value, partner.words):
            continue
        role = "means" if partner.is_instead else "asks for"
        for code in partner.makes:
            drops = (value,) if partner.is_instead and code == partner.makes[-1] else ()
            yield Change(code, f"{dotted(value)} {role} {dotted(code)}", (value,), drops)


def _is_said(findings: Findings, value: str, words: re.Pattern[str] | None) -> bool:
    return words is None or all(words.search(e.text.lower()) for e in findings.codes[value].evidence)


@cache
def _table() -> dict[str, list[tuple[int, Partner]]]:
    return by_prefix(
        (
            codes_in(codes),
            Partner(
                None if words == "-" else re.compile(words),
                codes_in(makes),
                codes_in(unless.replace("-", "")) or ("-",),
                place == "instead",
            ),
        )
        for codes, words, makes, unless, place, _ in rows("partners.tsv", 6)
    )


PARTNERS = Rule(
    "partner.missing",
    "I.A.17",
    "A code that asks for another beside it, or that stands for two conditions, brings them.",
    _add,
    acts=(Act.ADD,),
)
