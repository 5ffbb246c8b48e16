"""Time statements: how many minutes, and what they were spent on."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import zip_longest

from coding.visits.scan import Hit, Scan, read_table

_JOINED = re.compile(r"(?<=\d)(?:min|hr|hour|MIN|HR)\w*")
_HOURS_BEFORE = re.compile(r"(\d|one|two|an)\s*h(?:ou)?rs?\s*(?:and|,)?\s*\d{1,2}\s*\Z", re.IGNORECASE)
_EXACT_AFTER = re.compile(r"\s*\((\d{1,3})\s*(?:min\w*)?\)")
_WINDOW = 32
_BRIEF = 3
_MOST_MINUTES = 300
_COUNSEL_CHARS = 60
_OTHER_CHARS = 25
_BEFORE_CHARS = 160


class Spent(StrEnum):
    """What the minutes went to."""

    TOTAL = "total"
    DISCHARGE = "discharge"
    CRITICAL = "critical"
    TOBACCO = "tobacco"
    ACP = "acp"
    OTHER = "other"
    BARE = "bare"


_BY_HOUR = frozenset({Spent.TOTAL, Spent.CRITICAL})


@dataclass(frozen=True, slots=True)
class Minutes:
    """A stretch of the note that states minutes; 'more than 30' stands as 31."""

    start: int
    end: int
    minutes: int
    spent: Spent


@cache
def _numbers() -> dict[str, int]:
    return {word: int(n) for n, words in read_table("numbers.tsv") for word in words.split("|")}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(_numbers(), key=len, reverse=True))
    return re.compile(
        r"(?P<more>>=?|≥|more than|greater than|over|exceed\w*|in excess of|longer than)?\s*"
        r"(?P<less><=?|≤|less than|under|fewer than|up to)?\s*"
        rf"(?P<n>\d{{1,3}}|\b(?:half an|{words}))"
        r"(?:\s*(?:-|–|to)\s*(?P<to>\d{1,3}))?(?:\s*\(\d+\))?\s*(?:-|full|total)?\s*\Z",
        re.IGNORECASE,
    )


def read_minutes(scan: Scan) -> list[Minutes]:
    """Return the time statements of a note, in order."""
    units = [(h.start, h.end) for h in scan.of("unit")] + [m.span() for m in _JOINED.finditer(scan.text)]
    found: list[Minutes] = []
    for first, last in sorted(units):
        low = max(0, first - _WINDOW)
        window = scan.text[low:first]
        number = _pattern().search(window)
        if number is None:
            continue
        is_hours = scan.text[first] in "hH"
        minutes, start, end = _value(number, window, is_hours=is_hours), low + number.start("n"), last
        exact = _EXACT_AFTER.match(scan.text, end)
        if exact:
            minutes, end = int(exact.group(1)), exact.end()
        spent = _spent(scan, start, end)
        if minutes <= _MOST_MINUTES and not (is_hours and spent not in _BY_HOUR):
            found.append(Minutes(start, end, minutes, spent))
    return _without_parts(found)


def _value(number: re.Match[str], window: str, *, is_hours: bool) -> int:
    word = number["n"].lower()
    if word == "half an":
        return 30
    value = int(word) if word.isdigit() else _numbers()[word]
    if is_hours:
        return value * 60
    hours = _HOURS_BEFORE.search(window)
    if hours:
        value += 60 * (int(hours[1]) if hours[1].isdigit() else _numbers()[hours[1].lower()])
    if value == _BRIEF and number["to"]:
        return value + 1
    if number["more"] and number["more"] not in (">=", "≥"):
        return value + 1
    return value - 1 if number["less"] and number["less"].lower().startswith(("<", "less")) else value


def _spent(scan: Scan, start: int, end: int) -> Spent:
    """Return what the words nearest to a time statement say of it."""
    row = scan.sentence_at(start)
    sentence = scan.reading.sentences[row] if row >= 0 else None
    if sentence is None:
        return Spent.OTHER
    line = scan.text[scan.tokens.starts[sentence.first] : scan.tokens.ends[sentence.last - 1]]
    if line.strip(" .") == scan.text[start:end].strip(" ."):
        return Spent.BARE
    roles = {h.value: h for h in scan.of("time") if h.sentence == row}
    counsel = [h for h in scan.of("tobacco") if h.sentence == row and _apart(h, start, end) < _COUNSEL_CHARS]
    if not counsel and "counsel" in roles and _apart(roles["counsel"], start, end) < _OTHER_CHARS:
        counsel = [h for h in scan.of("tobacco") if 0 < start - h.end < _BEFORE_CHARS]
    if counsel and "total" not in roles:
        return Spent.TOBACCO
    for role in ("critical", "acp", "discharge"):
        if role in roles:
            return Spent(role)
    other = [h for h in scan.of("counselling") if h.sentence == row and _apart(h, start, end) < _OTHER_CHARS]
    total = roles.get("total") or roles.get("spent")
    if total:
        gap = _apart(total, start, end)
        if all(gap <= _apart(h, start, end) for h in other):
            return Spent.TOTAL
    if counsel:
        return Spent.TOBACCO
    return Spent.OTHER


def _apart(hit: Hit, start: int, end: int) -> int:
    return max(hit.start - end, start - hit.end, 0)


def _without_parts(found: list[Minutes]) -> list[Minutes]:
    """Drop '1 hour' of '1 hour 10 minutes'."""
    return [
        m
        for m, after in zip_longest(found, found[1:])
        if not (after and m.minutes % 60 == 0 and after.minutes > m.minutes and after.start - m.end <= 5)
    ]
