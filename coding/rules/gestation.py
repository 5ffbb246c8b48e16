"""How far a pregnancy is: weeks from the note's own words, and the part of pregnancy that codes ask for."""

import re
from collections import Counter
from collections.abc import Sequence

from coding.types import Evidence
from nlp.types import Note, Setting

_WEEKS = re.compile(
    r"(?<![\d.])(?P<exact>\d{1,2})\s?(?:w(?:k|ks|eeks?)?\s?(?:and\s)?[0-6]\s?d(?:ays?)?\b|\s?(?:and\s)?[0-6]/7(?:ths?)?\b)"
    r"|(?<![\d.])(?P<said>\d{1,2})(?:\.\d)?[\s-]?(?:weeks?|wks?)[\s-]+(?:of\s+)?"
    r"(?:gestation\w*|pregnan\w*|ega\b|ga\b|iup\b|intrauterine)"
    r"|\b(?:ega|ga|gw|gestational weeks|gestational age|gestation|pregnant|pregnancy|iup|intrauterine pregnancy)"
    r"(?:\s+(?:of|at|is|now))*\W{1,3}(?P<after>\d{1,2})(?:\.\d)?\s?(?:w|wk|wks|weeks?)\b",
    re.IGNORECASE,
)
_DELIVERED = re.compile(
    r"\b(?:apgars?|delivery date|viable (?:male|female|infant|boy|girl)|placenta (?:was )?delivered)\b", re.IGNORECASE
)
_TOLD = re.compile(
    r"\bg\d{1,2}\s?p\d[\d-]*\S*\s(?:\w+\s){0,3}?at \d|\bpregnan(?:cy|t)\W+(?:\w+\W+){0,2}?(?:at )?\d|\biup\b"
    r"|\b(?:return ob|ob (?:return|visit|follow)|(?:prenatal|obstetric(?:al)?) (?:visit|clinic|care visit))\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"(?<!prior )(?<!previous )(?<!of )(?<!hx )(?<!h/o )\b(?:(?:vaginal|ca?esarean|operative) delivery|nsvd|svd"
    r"|low (?:transverse|segment) ca?esarean section)\b(?! ?(?:x|in \d|at \d|of \d|\d))",
    re.IGNORECASE,
)
_LEAST, _MOST = 4, 42
CHILDBIRTH = (
    "O60",
    "O61",
    "O62",
    "O63",
    "O64",
    "O65",
    "O66",
    "O67",
    "O68",
    "O69",
    "O70",
    "O72",
    "O74",
    "O75",
    "O77",
    "O80",
    "O82",
    "Z37",
)
PUERPERIUM = ("O85", "O86", "O87", "O90", "O91", "O92", "Z39")


def is_pregnancy_told(note: Note) -> bool:
    """Tell whether the words of a note speak of a pregnancy with its weeks, or of a visit for one."""
    return _TOLD.search(note.text) is not None


def find_weeks(note: Note, evidence: Sequence[Evidence]) -> tuple[int, Evidence] | None:
    """Return the completed weeks that the note states most often, the earliest of equals, and the words."""
    found = [
        (int(match.group(match.lastgroup or 0)), match)
        for match in _WEEKS.finditer(note.text)
        if _LEAST <= int(match.group(match.lastgroup or 0)) <= _MOST
    ]
    if not found:
        return None
    often = Counter(weeks for weeks, _ in found)
    weeks, match = max(found, key=lambda f: (often[f[0]], -f[1].start()))
    return weeks, Evidence(match.start(), match.end(), match.group(), _section_at(match.start(), evidence))


def _section_at(start: int, evidence: Sequence[Evidence]) -> str:
    """Return the section of the finding that stands nearest."""
    nearest = min(evidence, key=lambda e: (abs(e.start - start), e.start), default=None)
    return nearest.section if nearest else "unknown"


def part_of(note: Note, weeks: int | None, codes: Sequence[str], titles: Sequence[str]) -> str | None:
    """Return the words by which titles name the part of pregnancy: childbirth, puerperium, trimester, or None.

    Childbirth is where the note delivers: by a code of labor or delivery, or by the words of a birth (I.C.15.a.3).
    """
    if (
        _DELIVERED.search(note.text)
        or (note.setting is Setting.INPATIENT and _BIRTH.search(note.text))
        or any(v.startswith(CHILDBIRTH) for v in codes)
        or any("complicating childbirth" in t for t in titles)
    ):
        return "childbirth"
    if any(v.startswith(PUERPERIUM) for v in codes) and weeks is None:
        return "puerperium"
    if weeks is not None:
        return "first trimester" if weeks < 14 else "second trimester" if weeks < 28 else "third trimester"
    said = {p for p in ("first trimester", "second trimester", "third trimester") if any(p in t for t in titles)}
    return said.pop() if len(said) == 1 else None
