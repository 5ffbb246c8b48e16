"""Status codes that a past or a relative's finding leaves behind: 'history of breast cancer' → Z85.3."""

from functools import lru_cache

from codesets.index.leaves import choose_leaves
from codesets.index.lexicon import Lexicon
from codesets.index.words import stem
from codesets.types import CodeRange
from coding.linking import Link
from nlp.types import AssertionKind

_HISTORY = stem("history")
_FAMILY = stem("family")
_OBSERVED = frozenset({"procedure", "exam", "findings", "imaging", "labs", "ros", "consent", "instructions"})
_RANGES = {
    AssertionKind.HISTORICAL: (CodeRange("I252", "I252"), CodeRange("Z85", "Z87"), CodeRange("Z90", "Z98")),
    AssertionKind.FAMILY: (CodeRange("Z80", "Z84"),),
}


def status_links(lexicon: Lexicon, stopped: list[Link]) -> list[Link]:
    """Return a link to the history code of each historical or family finding that has one of its own.

    The code is the one whose title holds the finding's words and 'history' (I.C.21.c.4, IV.J): found in the
    lexicon, not listed here.
    """
    links = []
    for link in stopped:
        kind = link.mention.assertion.kind
        if kind not in _RANGES or link.mention.section in _OBSERVED:
            continue
        extra = (_HISTORY, _FAMILY) if kind is AssertionKind.FAMILY else (_HISTORY,)
        core = _core_with(lexicon, link.mention.core, extra)
        if core is None:
            continue
        terms = [lexicon.term(t) for t in lexicon.core_terms.row(core)]
        leaves = choose_leaves(lexicon, terms, link.mention.attributes, link.mention.nearby)
        values = lexicon.release.values
        fitting = tuple(x for x in leaves if any(r.holds(values[x.code]) for r in _RANGES[kind]))
        if fitting:
            links.append(Link(link.mention, fitting[:3]))
    return links


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
