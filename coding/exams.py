"""Routine examinations: with or without abnormal findings (I.C.21.c.13)."""

import re
from functools import cache

from codesets.icd10cm.release import IcdRelease
from codesets.index.leaves import Leaf
from coding.linking import Link
from coding.rules.tables import codes_in, rows
from nlp.types import AssertionKind, Note

_REACH_CHARS = 60
_SAID = re.compile(r"\bwith\s+abn\w*\s+find|\bw/\s*abn\w*\s+find|\babn(?:ormal|l)?\s+findings?\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:without|w/o|no)\s+(?:any\s+)?abn\w*\s+find", re.IGNORECASE)
_CONCLUDED = frozenset({"assessment", "assessment_plan"})


def with_findings(release: IcdRelease, note: Note, links: list[Link]) -> list[Link]:
    """Return the links with an exam that has abnormal findings coded so.

    It has them where the note says so behind the exam's name, or where its assessment lists a symptom or an acute
    illness beside the exam.
    """
    values = release.values
    listed = {
        values[link.best.code]
        for link in links
        if link.mention.section in _CONCLUDED and link.mention.assertion.kind is AssertionKind.PRESENT
    }
    return [_as_found(release, note, link, listed) for link in links]


def _as_found(release: IcdRelease, note: Note, link: Link, listed: set[str]) -> Link:
    exam = _exams().get(release.values[link.best.code])
    if exam is None or not release.is_billable(exam[0]):
        return link
    code, findings = exam
    if not _says_so(note, link) and not any(value.startswith(findings) for value in listed):
        return link
    return Link(link.mention, (Leaf(release.row(code), link.best.fit, link.best.term), *link.leaves))


def _says_so(note: Note, link: Link) -> bool:
    end = link.mention.end
    words = note.text[link.mention.start : end + _REACH_CHARS].split("\n", 1)[0]
    return _SAID.search(words) is not None and _DENIED.search(words) is None


@cache
def _exams() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {codes_in(a)[0]: (codes_in(b)[0], codes_in(c)) for a, b, c in rows("exams.tsv", 3)}
