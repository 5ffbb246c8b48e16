"""How far a cue reaches: the marks of the words of a sentence, and the walks to the end of a scope.

Positions are token rows counted from the first token of the sentence. A mark is a set of bits: what kind of
boundary a word may be, and which kinds of scope end there.
"""

from collections.abc import Sequence
from functools import cache

from nlp.assertion.rules import PRECEDENCE, SECTION, Cue, CueKind, Reach, read_classes

_WORD_MARKS = ("OR", "AND", "PRONOUN", "POSSESSIVE", "VERB", "SEVERITY", "NORMAL", "PLACE", "PATIENT")
_BOUNDARY_MARKS = ("OPEN", "CLOSE", "COMMA", "HARD", "COLON", "DASH", "NUMBER", "CUE", "PAST")
_ENDS = (*(kind.value for kind in PRECEDENCE), SECTION)
BIT = {name: 1 << n for n, name in enumerate((*_WORD_MARKS, *_BOUNDARY_MARKS, *_ENDS))}
OR, AND, VERB, SEVERITY, PLACE = BIT["OR"], BIT["AND"], BIT["VERB"], BIT["SEVERITY"], BIT["PLACE"]
OPEN, CLOSE, COMMA, HARD, COLON, DASH = (BIT[n] for n in ("OPEN", "CLOSE", "COMMA", "HARD", "COLON", "DASH"))
PRONOUN, POSSESSIVE, NORMAL, NUMBER = (BIT[n] for n in ("PRONOUN", "POSSESSIVE", "NORMAL", "NUMBER"))
CUE, PAST = BIT["CUE"], BIT["PAST"]
"""Marks of a word where a cue begins; PAST where it is the past, which a negation may run over."""
JOIN = OR | AND
OPENS_ITEM = SEVERITY | NORMAL
"""Marks that count even inside a mention: `no effusion, mild edema`."""
_NEW_CLAUSE = VERB | PRONOUN | POSSESSIVE | CUE
_NEW_ITEM = _NEW_CLAUSE | PAST | SEVERITY | NORMAL | NUMBER
_EDGE = COMMA | HARD | OPEN | CLOSE | DASH | COLON | JOIN
_STOPS = frozenset((".", "!"))
_ITEM_TOKENS = 4


@cache
def word_marks() -> dict[str, int]:
    """Return folded word → its mark, for the words that have one."""
    marks: dict[str, int] = {}
    for name, words in read_classes().items():
        if name.isupper():
            for word in words:
                marks[word] = marks.get(word, 0) | BIT[name]
    return marks


def end_marks(cue: Cue) -> int:
    """Return the kinds of scope that end where this cue begins."""
    mark = HARD if cue.kind is CueKind.TERMINATOR and len(cue.ends) == len(PRECEDENCE) else 0
    for kind in cue.ends:
        mark |= BIT[kind]
    return mark


def is_edge(marks: Sequence[int], words: Sequence[str], at: int) -> bool:
    """Say whether an item ends before position `at`."""
    return at >= len(marks) or bool(marks[at] & _EDGE) or words[at] in _STOPS


def scope_after(marks: Sequence[int], start: int, cue: Cue) -> tuple[int, int]:
    """Return the (start, end) of the scope of a cue that ends at `start` and looks forward."""
    end = len(marks)
    stop = HARD | BIT[cue.kind.value] | (POSSESSIVE | VERB if cue.reach is Reach.NEXT else 0)
    if start < end and marks[start] & (COLON | DASH | (COMMA if "start" in cue.flags else 0)):
        start += 1
    limit = min(end, start + cue.max_tokens) if cue.max_tokens else end
    negated = cue.kind is CueKind.NEGATED
    depth = 0
    listed = 0  # 1 where `or` or `and` has closed the list
    at = start
    while at < limit:
        mark = marks[at]
        if mark:
            if mark & stop or (mark & VERB and at > start and negated):
                break
            if mark & COMMA:
                if cue.reach <= Reach.ITEM or not _goes_on(marks, at + 1, end, cue, listed, stop):
                    break
            elif mark & JOIN:
                if depth:
                    at += 1
                    continue
                following = marks[at + 1] if at + 1 < end else 0
                if cue.reach is Reach.NEXT:
                    break
                if cue.reach is Reach.CLAUSE:
                    if mark & AND and following & (PRONOUN | POSSESSIVE):
                        break
                elif mark & OR and cue.kind is CueKind.HYPOTHETICAL:
                    pass  # `if you have chest pain or start to vomit`
                elif following & (VERB | CUE) or (mark & AND and following & _NEW_CLAUSE):
                    break
                listed = 1
            elif mark & OPEN:
                depth += 1
            elif mark & CLOSE:
                if not depth:
                    break
                depth -= 1
            elif mark & (DASH | COLON) and at > start and cue.reach is not Reach.CLAUSE:
                break
        at += 1
    return start, at


def _goes_on(marks: Sequence[int], at: int, end: int, cue: Cue, listed: int, stop: int) -> bool:
    """Say whether a list goes on behind the comma before `at`, or a new clause or finding begins there."""
    mark = marks[at] if at < end else HARD
    if mark & (JOIN | stop):
        following = marks[at + 1] if at + 1 < end else HARD
        return not mark & stop and not following & _NEW_CLAUSE
    if cue.reach is Reach.CLAUSE:
        return not mark & (PRONOUN | POSSESSIVE)
    if mark & (_NEW_CLAUSE | PAST | NUMBER if cue.kind is CueKind.HYPOTHETICAL else _NEW_ITEM):
        return False
    place = closes = False
    inside = True
    while at < end:
        mark = marks[at]
        if mark & stop:
            break
        if mark & COMMA:
            inside = False
        elif mark & JOIN:
            going = not marks[at + 1 if at + 1 < end else at] & _NEW_CLAUSE
            if going and listed and mark & OR and cue.kind is CueKind.NEGATED:
                return True  # `no headaches or visual changes, chest pain, or cough`
            closes = closes or going
            if inside:
                return True if mark & OR or not listed else "many" in cue.flags
        elif inside and mark & (VERB | CUE):
            return False
        elif inside and mark & PLACE:
            place = True
        at += 1
    if listed and "many" not in cue.flags:
        return False
    if closes:
        return True
    return cue.reach is Reach.LIST and not place


def scope_before(marks: Sequence[int], end: int, cue: Cue) -> tuple[int, int]:
    """Return the (start, end) of the scope of a cue that begins at `end` and looks backward."""
    skips = "skip" in cue.flags
    stop = HARD | (0 if skips else BIT.get(cue.kind.value, 0))
    if not (skips and cue.reach is Reach.CLAUSE):
        stop |= COLON | DASH  # a clause tells of the problem that heads it: `Melanoma: excised 2009, no recurrence`
    at = end - 1
    if skips and at >= 0 and marks[at] & (COMMA | DASH | OPEN | AND):
        at -= 1
    limit = max(0, end - cue.max_tokens) if cue.max_tokens else 0
    joined = False
    depth = 0
    while at >= limit:
        mark = marks[at]
        if mark:
            if mark & stop or (mark & VERB and not skips and cue.reach <= Reach.ITEM):
                break
            if mark & CLOSE:
                depth += 1
            elif mark & OPEN:
                if not depth:
                    break
                depth -= 1
            elif mark & COMMA:
                if not depth and (cue.reach <= Reach.ITEM or not (joined or cue.reach is Reach.CLAUSE)):
                    return (
                        _bare_list(marks, at, limit, 2 if "pair" in cue.flags else 3)
                        if "listed" in cue.flags
                        else at + 1
                    ), end
            elif mark & JOIN:
                if cue.reach is Reach.NEXT or (mark & AND and cue.reach is Reach.ITEM):
                    break
                joined = True
        at -= 1
    return at + 1, end


def _bare_list(marks: Sequence[int], comma: int, limit: int, least: int) -> int:
    """Return the start of a list that commas alone join (`ACS, PE, sepsis unlikely`), back from its last comma.

    It needs `least` short items and no verb or cue: of two the first may be the complaint, `chest pain, PE unlikely`.
    """
    at, begins, items, words = comma - 1, comma + 1, 1, 0
    while at >= limit - 1:
        mark = marks[at] if at >= limit else HARD
        if mark & (_NEW_CLAUSE | SEVERITY | NUMBER | OPEN | CLOSE) or words > _ITEM_TOKENS:
            return comma + 1
        if mark & (COMMA | HARD | COLON | DASH):
            items += words > 0
            if not mark & COMMA:
                break
            words = 0
        else:
            words += 1
            begins = at
        at -= 1
    return begins if items >= least else comma + 1
