"""Status codes that a past or a relative's finding leaves behind: 'history of breast cancer' → Z85.3."""

import re
from functools import cache, lru_cache

from codesets.icd10cm.release import IcdRelease
from codesets.index.leaves import Leaf, choose_leaves
from codesets.index.lexicon import Lexicon
from codesets.index.words import stem
from codesets.types import CodeRange
from coding.linking import Link
from coding.rules.tables import rows
from nlp.types import AssertionKind

_HISTORY = stem("history")
_FAMILY = stem("family")
_OBSERVED = frozenset({"procedure", "exam", "findings", "imaging", "labs", "ros", "consent", "instructions"})
_RANGES = {
    AssertionKind.HISTORICAL: (CodeRange("I252", "I252"), CodeRange("Z85", "Z87"), CodeRange("Z90", "Z98")),
    AssertionKind.FAMILY: (CodeRange("Z80", "Z84"),),
}
_NOT_KIN = re.compile(
    r"\b(?:wife|husband|spouse|partners?|fianc\w+|boyfriend|girlfriend|roommates?|housemate|friends?|coworkers?"
    r"|colleagues?|classmates?|neighbors?|donor|companion)\b",
    re.IGNORECASE,
)
_TABLE_KINDS = {AssertionKind.HISTORICAL: "personal", AssertionKind.FAMILY: "family"}


def status_links(lexicon: Lexicon, text: str, stopped: list[Link], current: frozenset[str]) -> list[Link]:
    """Return a link to the history code of each historical or family finding that has one of its own.

    The code is the one whose title holds the finding's words and 'history', found in the lexicon, or else the one
    that history.tsv files the finding under (I.C.21.c.4, IV.J). A finding that is `current` elsewhere is no history;
    a relative may share it, and only a finding of the kind that the patient has too is looked up in the table for a
    relative: the rest has no bearing on the encounter.
    """
    values = lexicon.release.values
    alike = frozenset(
        part
        for value in current
        for part in (history_code("family", value), lexicon.release.group_of(value[:3]))
        if part is not None
    )
    links = []
    for link in stopped:
        kind = _kind(link)
        value = values[link.best.code]
        if kind not in _RANGES or link.mention.section in _OBSERVED:
            continue
        if kind is AssertionKind.FAMILY and not _is_kin(text, link):
            continue
        if kind is AssertionKind.HISTORICAL and value in current:
            continue
        leaves = _by_words(lexicon, link, kind) or _by_table(lexicon.release, link, kind, alike)
        if leaves:
            links.append(Link(link.mention, leaves[:3]))
    return links


def _kind(link: Link) -> AssertionKind:
    """Return the assertion; a family history dates what it tells ('mother, breast cancer at age 51')."""
    kind = link.mention.assertion.kind
    in_family = kind is AssertionKind.HISTORICAL and link.mention.section == "family"
    return AssertionKind.FAMILY if in_family else kind


def _is_kin(text: str, link: Link) -> bool:
    cue = link.mention.assertion.cue
    return cue is None or _NOT_KIN.search(text, cue.start, cue.end) is None


def _by_words(lexicon: Lexicon, link: Link, kind: AssertionKind) -> tuple[Leaf, ...]:
    extra = (_HISTORY, _FAMILY) if kind is AssertionKind.FAMILY else (_HISTORY,)
    core = _core_with(lexicon, link.mention.core, extra)
    if core is None:
        return ()
    terms = [lexicon.term(t) for t in lexicon.core_terms.row(core)]
    leaves = choose_leaves(lexicon, terms, link.mention.attributes, link.mention.nearby)
    values = lexicon.release.values
    return tuple(x for x in leaves if any(r.holds(values[x.code]) for r in _RANGES[kind]))


def _by_table(release: IcdRelease, link: Link, kind: AssertionKind, alike: frozenset[str]) -> tuple[Leaf, ...]:
    value = release.values[link.best.code]
    code = history_code(_TABLE_KINDS[kind], value)
    if code is None:
        return ()
    if kind is AssertionKind.FAMILY and not (
        code in alike and (value[0] == "Z" or release.group_of(value[:3]) in alike)
    ):
        return ()
    billable = next((code[:n] for n in range(len(code), 2, -1) if release.is_billable(code[:n])), None)
    return (Leaf(release.row(billable), link.best.fit, link.best.term),) if billable else ()


def history_code(whose: str, value: str) -> str | None:
    """Return the code of a past (`personal`) or a relative's (`family`) finding, or None where it has none.

    >>> history_code("personal", "I2699"), history_code("family", "M170"), history_code("personal", "I10")
    ('Z86711', 'Z8261', None)
    """
    table = _history()
    found = (table.get((whose, value[:n])) for n in range(len(value), 2, -1))
    return next((code for code in found if code is not None), None)


@cache
def _history() -> dict[tuple[str, str], str]:
    return {
        (whose, prefix): code.replace(".", "")
        for whose, cell, code in rows("history.tsv", 3)
        for part in cell.split("|")
        for prefix in _prefixes(part)
    }


def _prefixes(part: str) -> list[str]:
    """Return the codes of a part of a cell: one code, or the categories of a range such as C33-C34."""
    first, _, last = part.partition("-")
    if not last:
        return [first]
    low, high = _place(first), _place(last)
    return [f"{chr(n // 100)}{n % 100:02}" for n in range(low, high + 1)]


def _place(category: str) -> int:
    return ord(category[0]) * 100 + int(category[1:])


@lru_cache(maxsize=4096)
def _core_with(lexicon: Lexicon, core: int, extra: tuple[str, ...]) -> int | None:
    """Return the core that holds exactly the stems of `core` and `extra`, if there is one."""
    ids = [lexicon.stem_ids.get(s, -1) for s in extra]
    if -1 in ids:
        return None
    wanted = frozenset(lexicon.core_stems.row(core)) | frozenset(ids)
    for anchor in sorted(wanted):
        for row in lexicon.anchors.row(anchor):
            if frozenset(lexicon.core_stems.row(row)) == wanted:
                return row
    return None
