"""What a note takes back: a finding listed early, or carried along, that the note itself rejects for good."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from codesets.index.lexicon import Lexicon
from codesets.types import CodeRange
from coding.linking import Link
from nlp.assertion.course import Course, course_of
from nlp.types import Assertion, AssertionKind, Note

_CORRECTS = re.compile(
    r"\berror|\bmistake|erroneous|incorrect|inaccurate|wrong|misdiagnos|mislabel|miscod|misread|retract|withdrawn"
    r"|rescind|overturn|refut|dispro[vo]|removed|delete|disregard|artifact|artefact|false positive|spurious|disagree"
    r"|delabel|never true",
    re.IGNORECASE,
)
_REJECTS = re.compile(
    r"ruled? out|r/o[’']d|exclud|not confirmed|not supported|borne out|substantiated|reject|dismiss|discard|discount"
    r"|no longer|instead|rather than|not felt|felt not|not thought|\Anot\Z",
    re.IGNORECASE,
)
_STANDS = frozenset(
    ("assessment", "assessment_plan", "discharge_diagnosis", "postop_diagnosis", "pmh", "problem_list", "other")
)
_LISTS = frozenset(("pmh", "problem_list"))
_BEFORE_SURGERY, _AFTER_SURGERY = "preop_diagnosis", "postop_diagnosis"
_SAME = re.compile(r"\b(?:same|as above|as preop|unchanged)\b", re.IGNORECASE)
_SYMPTOMS = CodeRange("R00", "R99")
_BEYOND_DISEASE = (CodeRange("O00", "O9A"), CodeRange("S00", "T88"), CodeRange("Z00", "Z99"))
_UNSPECIFIED = frozenset(("9", "90"))
_LASTING = frozenset((Course.CHRONIC, Course.REMITTING))


def take_back(lexicon: Lexicon, note: Note, kept: list[Link], stopped: list[Link]) -> tuple[list[Link], list[Link]]:
    """Return the links without those that the note rejects elsewhere, and the stopped ones with them.

    A correction ('listed in error', 'diagnosis retracted') takes back all that goes before it, and lists of past and
    present problems anywhere. 'Ruled out' takes back what was said before it outside of conclusions, of diseases that
    may end: 'CHF ruled out' may be a flare of the CHF that the history lists. Symptoms come and go within a note.
    """
    values = lexicon.release.values
    rejected: dict[str, list[Assertion]] = defaultdict(list)
    for link in stopped:
        assertion = link.mention.assertion
        if assertion.kind is AssertionKind.NEGATED and assertion.cue is not None and _is_final(note, assertion):
            rejected[values[link.best.code]].append(assertion)
    taken: list[Link] = []
    if rejected:
        by_code: dict[str, list[Link]] = defaultdict(list)
        for link in kept:
            by_code[values[link.best.code]].append(link)
        for value, links in by_code.items():
            rejection = _rejection(note, value, links, rejected)
            if rejection is not None:
                taken += [_denied(x, rejection) for x in links]
    taken += _superseded(lexicon, note, kept)
    gone = {(x.mention.start, x.best.code) for x in taken}
    return [x for x in kept if (x.mention.start, x.best.code) not in gone], [*taken, *stopped]


def _is_final(note: Note, assertion: Assertion) -> bool:
    cue = _cue(note, assertion)
    return _CORRECTS.search(cue) is not None or _REJECTS.search(cue) is not None


def _cue(note: Note, assertion: Assertion) -> str:
    return note.text[assertion.cue.start : assertion.cue.end] if assertion.cue else ""


def _rejection(
    note: Note, value: str, links: Iterable[Link], rejected: dict[str, list[Assertion]]
) -> Assertion | None:
    """Return the rejection that takes back every one of the links of a code, or None."""
    if _SYMPTOMS.holds(value):
        return None
    for denied, assertions in rejected.items():
        if denied == value or (denied[:3] == value[:3] and denied[3:] in _UNSPECIFIED):
            for assertion in assertions:
                if all(_takes_back(note, assertion, x) for x in links):
                    return assertion
    return None


def _takes_back(note: Note, rejection: Assertion, link: Link) -> bool:
    mention = link.mention
    before = rejection.cue is not None and mention.start < rejection.cue.start
    if _CORRECTS.search(_cue(note, rejection)):
        return before or mention.section in _LISTS
    if not before or mention.section in _STANDS:
        return False
    words = tuple(note.text[mention.start : mention.end].lower().split())
    return course_of(words) not in _LASTING


def _superseded(lexicon: Lexicon, note: Note, kept: list[Link]) -> list[Link]:
    """Return the links of diagnoses from before surgery that the list from after it does not repeat."""
    values = lexicon.release.values
    after = [x for x in kept if x.mention.section == _AFTER_SURGERY]
    if not after:
        return []
    low, high = min(x.mention.start for x in after), max(x.mention.end for x in after)
    if _SAME.search(note.text[max(0, low - 40) : high]):
        return []
    elsewhere = {values[x.best.code][:3] for x in kept if x.mention.section != _BEFORE_SURGERY}
    found = [x for x in kept if x.mention.section == _BEFORE_SURGERY and values[x.best.code][:3] not in elsewhere]
    found = [x for x in found if not any(r.holds(values[x.best.code]) for r in _BEYOND_DISEASE)]
    return [_denied(x, Assertion(AssertionKind.NEGATED, "assertion.superseded")) for x in found]


def _denied(link: Link, rejection: Assertion) -> Link:
    return replace(link, mention=replace(link.mention, assertion=rejection))
