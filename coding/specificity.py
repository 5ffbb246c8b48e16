"""Drops a code that says nothing which a more specific code of the same category does not say."""

from codesets.icd10cm.release import IcdRelease
from codesets.index.lexicon import Lexicon, Term
from codesets.index.terms import TermFlag

_APART = frozenset({"Z79"})
"""Categories whose codes stand side by side: each names another drug (I.C.4.a.3: insulin and an injectable)."""


def displaced_by(lexicon: Lexicon, values: list[str]) -> dict[str, str]:
    """Return code → the more specific code of the list that displaces it (guideline I.B.2).

    A code is displaced within its category where its title's core words and attributes are a part of the other's:
    E11.9 by E11.42, N18.9 by N18.32, M17.9 by M17.11 – never the right side by the left.
    """
    found: dict[str, str] = {}
    titles = {v: _title(lexicon, v) for v in values}
    for value in values:
        for other in values:
            if value[:3] in _APART or other == value or other[:3] != value[:3]:
                continue
            if _says_less(lexicon, titles[value], titles[other]):
                found[value] = other
                break
    return {value: _last(found, other) for value, other in found.items()}


def _last(displaced: dict[str, str], value: str) -> str:
    """Return the code at the end of a chain of displacements, which stays itself."""
    while value in displaced:
        value = displaced[value]
    return value


def _title(lexicon: Lexicon, value: str) -> Term | None:
    release: IcdRelease = lexicon.release
    term = lexicon.title_term(release.row(value))
    parent = release.parent(value)
    return term if term is not None or parent is None else lexicon.title_term(release.row(parent))


def _says_less(lexicon: Lexicon, one: Term | None, other: Term | None) -> bool:
    if one is None or other is None or one.flags & TermFlag.OTHER or other.flags & TermFlag.OTHER:
        return False
    core_one = set(lexicon.core_stems.row(lexicon.core_of(one.row)))
    core_other = set(lexicon.core_stems.row(lexicon.core_of(other.row)))
    if not core_one <= core_other or one.attributes & ~other.attributes:
        return False
    return core_one < core_other or one.attributes != other.attributes
