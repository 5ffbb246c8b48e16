"""Whether a note decides anything: an assessment or plan under a heading, or in the prose of a letter."""

from coding.visits.scan import DECIDING, PAST, Hit, Scan
from nlp.types import Section, Setting

_LEAST_CHARS = 4
_LATE = 0.4
_SHORT_CHARS = 800
_UNITS = frozenset({"mg", "mcg", "meq"})
_ADVISED = frozenset({"developmental", "vitals", "imaging", "labs"})


def decides(scan: Scan) -> bool:
    """Tell whether the note says what was concluded or decided, under a heading or in words of a plan."""
    return any(_is_filled(scan, s) for s in scan.reading.sections) or plans(scan)


def _is_filled(scan: Scan, section: Section) -> bool:
    """Tell whether a section of conclusions holds more than its heading."""
    if section.kind not in DECIDING:
        return False
    start = section.heading.end if section.heading else section.start
    return len(scan.text[start : section.end].strip(" \n\t:,.-*")) >= _LEAST_CHARS


def plans(scan: Scan) -> bool:
    """Tell whether the later part of the note speaks of a plan, outside of what is past or was measured."""
    length = len(scan.text)
    begin = 0 if length < _SHORT_CHARS else round(length * _LATE)
    is_office = scan.reading.note.setting in (None, Setting.OUTPATIENT)
    others = PAST | _ADVISED | ({"hospital_course"} if is_office else frozenset())
    hits = [*scan.of("plan"), *(_schedules(scan) if all(s.heading is None for s in scan.reading.sections) else ())]
    return any(h.start >= begin and h.section not in others for h in hits)


def _schedules(scan: Scan) -> list[Hit]:
    """Return the words that say how often a drug is taken: of a note without headings they are its plan."""
    return [h for h in scan.of("risk", "dose") if scan.tokens.folded[h.first] not in _UNITS]
