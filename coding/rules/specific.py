"""The less specific code gives way: within a category by its words, across categories by a small map (I.B.2)."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from codesets.types import dotted
from coding.rules.tables import by_prefix, codes_in, matching, rows
from coding.rules.types import Act, Change, Findings, Rule
from coding.specificity import displaced_by


def _by_words(findings: Findings) -> Iterator[Change]:
    of_category = Counter(v[:3] for v in findings.codes)
    siblings = sorted(v for v in findings.codes if of_category[v[:3]] > 1)
    for less, more in displaced_by(findings.lexicon, siblings).items():
        yield Change(more, f"says all that {dotted(less)} says", (), (less,))


def _by_map(findings: Findings) -> Iterator[Change]:
    for value, (less, more) in matching(_table(), findings.codes):
        for better in findings.starting(*more):
            firm = not findings.is_doubted(better) and findings.level(better) >= min(2, findings.level(value))
            if firm and not better.startswith(less):
                yield Change(better, f"names what {dotted(value)} leaves open", (), (value,))
                break


@cache
def _table() -> dict[str, list[tuple[int, tuple[tuple[str, ...], tuple[str, ...]]]]]:
    pairs = [(codes_in(less), codes_in(more)) for less, more, _ in rows("less_specific.tsv", 3)]
    return by_prefix((less, (less, more)) for less, more in pairs)


LESS_SPECIFIC = Rule(
    "specificity.less_specific",
    "I.B.2",
    "A code gives way to one of its category that says the same and more.",
    _by_words,
    acts=(Act.SUPPRESS,),
)
NAMED_ELSEWHERE = Rule(
    "specificity.named_elsewhere",
    "I.B.2",
    "An unspecified code gives way to the specific one of another category or axis.",
    _by_map,
    acts=(Act.SUPPRESS,),
)
