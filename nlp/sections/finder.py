"""Cuts a note into sections by its headings.

A heading stands at the start of a line or after a sentence's end, perhaps behind a bullet or a number; it ends in
a colon (at the start of a line also in '>': 'A/P> 1. …'), or fills its line, or is a run of capitals ('FAMILY HISTORY
Mother …'), or is one of the short forms that clinicians write without a colon ('PMHx DM2'). In run-on dictation a
known heading in capitals before a colon may follow any word ('feels well PMH: asthma'); where line breaks have become
commas, one stands between two of them ('… resolved.,PROCEDURES,1. …').
"""

import re
from functools import cache
from importlib.resources import files

from nlp.types import Section, Span

_MAX_HEADING = 60
_COLON = re.compile(r"[:：]|(?<=\S)>")
_SLASH = re.compile(r"\s*/\s*")
_BOUNDARY = re.compile(r"[\n.;,:?!)\]]|(?<=\s)-\s")
_LEAD = re.compile(r"[\s>*•#\-–_=]*(?:\(?\d{1,2}[.)]\s*)?[\s*#_]*")
_LINE = re.compile(r"[^\n]+")
_SPACE = re.compile(r"\s+")
_CAPITALS = re.compile(r"[A-Z][A-Z/&]*(?:[ ,-]+[A-Z/&]+)*(?=[ \t]+[A-Z]?[a-z0-9]|[ \t]*[-–]|,|\s*$)")
_BARE = re.compile(r"(?:pmhx|fhx|shx|pshx|hpi|a/p|ros|pmh|psh)(?=[ \t]+\S)", re.IGNORECASE)
_RUN_ON = re.compile(r"(?<=\s)[A-Z][A-Z/&]+(?: [A-Z/&]+)*\Z")
_COMMAS = re.compile(r"(?:\A|(?<=[.!?)\],]),)\s*(?P<words>[A-Z][A-Z/&()]*(?:[ -][A-Z/&()]+)*)(?=,|[ \t]*\n)")
_FILLED = re.compile(r"\s*\S")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_KIN = re.compile(
    r"[\W\d]*(?:family|maternal|paternal|mother|mom|father|dad|parents?|brothers?|sisters?|siblings?|sons?|daughters?"
    r"|child(?:ren)?|grand\w+|uncles?|aunts?|cousins?|relatives?|half|both|his|her|their|there|no|none|negative|positive"
    r"|denies|non)\b",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\b(?:as )?(?:copied|carried|imported|auto ?-? ?populated|pulled|pasted|forwarded)\b"
    r"(?:[ -](?:forward|fwd|over))?|\bper (?:the )?(?:ehr|emr|chart|epic|cerner|old chart|outside records?)\b",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"(?:in|from|on|into) (?:the |her |his |an? )?(?:old |outside |prior )?(?:chart|ehr|emr|record|file)"
)
_LISTS = {"problem_list": "problem_list", "assessment": "problem_list", "hpi": "pmh"}
_SHORT_LINES = frozenset({"dx"})
_TRIM = " \t*#_=-–—.()[]"


@cache
def headings() -> dict[str, str]:
    """Return heading (folded to lower case, single spaces) → section kind."""
    text = files("nlp.sections").joinpath("headings.tsv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, names = line.split("\t")
            found.update((name, kind) for name in names.split("|"))
    return found


def find_sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a note in order; together they cover it from 0 to its length."""
    marks = _colon_headings(text)
    marks.update(_line_headings(text, marks))
    marks.update(_comma_headings(text, marks))
    sections: list[Section] = []
    kind, heading, start = "unknown", None, 0
    for at in sorted(marks):
        end, found = marks[at]
        if (found == "inherit" and kind != "vitals") or (
            kind != "chief_complaint" and _is_bare_history(text[at:end])
        ):
            continue
        if found == "inherit":
            found = "exam"
        if at > start or heading is not None:
            sections.append(Section(kind, heading, start, at))
        kind, heading, start = found, Span(at, end), at
    sections.append(Section(kind, heading, start, len(text)))
    return tuple(part for section in sections for part in _paragraphs(text, section))


def _is_bare_history(heading: str) -> bool:
    """Tell whether a heading is 'Hx:' alone: a history of present illness after a complaint, else no heading."""
    return _key(heading.rstrip(":")) == "hx"


def _paragraphs(text: str, section: Section) -> list[Section]:
    """Return a section as it is, or a family history cut where a blank line ends it and no relative follows."""
    if section.kind != "family" or section.heading is None:
        return [section]
    begin = _FILLED.match(text, section.heading.end, section.end)
    for blank in _BLANK.finditer(text, begin.end() if begin else section.end, section.end):
        if blank.end() < section.end and not _KIN.match(text, blank.end(), section.end):
            return [
                Section("family", section.heading, section.start, blank.end()),
                Section("unknown", None, blank.end(), section.end),
            ]
    return [section]


def is_carried(heading: str) -> bool:
    """Tell whether a heading says that its list came from elsewhere: `Problem list (copied forward)`."""
    return _CARRIED.search(heading) is not None


def kind_of(phrase: str) -> str | None:
    """Return the section kind of a heading's words, or None for words that are no heading."""
    key = _key(phrase)
    known = headings().get(key)
    if known is None and "(" in phrase:
        known = headings().get(_key(phrase[: phrase.index("(")]))
    if known is None and "/" in key:
        kinds = [headings().get(part) if len(part) > 2 else None for part in key.split("/")]
        known = kinds[0] if None not in kinds else None
    return _carried_kind(phrase) if known is None else known


def _carried_kind(phrase: str) -> str | None:
    """Return the kind of a list that says where it came from: `PMH as carried in the chart`, `Imported diagnoses`."""
    carried = _CARRIED.search(phrase)
    if carried is None:
        return None
    before, after = _key(phrase[: carried.start()]), _key(phrase[carried.end() :])
    kind = headings().get(before or after)
    if kind is None:
        return "problem_list" if not before and _RECORD.match(after) else None
    return kind if kind in ("pmh", "psh") else _LISTS.get(kind)


def _key(phrase: str) -> str:
    return _SLASH.sub("/", _SPACE.sub(" ", phrase)).strip(_TRIM).lower()


def _colon_headings(text: str) -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    last = 0
    for colon in _COLON.finditer(text):
        low = max(last, colon.start() - _MAX_HEADING)
        window = text[low : colon.start()]
        if colon.group() == ">":
            mark = _arrow_heading(text, low, window)
        else:
            mark = _colon_heading(text, low, window, at_start=low == last)
            last = colon.end()
        if mark is not None:
            found[mark[0]] = (colon.end(), mark[1])
    return found


def _colon_heading(text: str, low: int, window: str, *, at_start: bool) -> tuple[int, str] | None:
    """Return (start, kind) of the heading that ends the window before a colon; `low` is the window's own start."""
    starts = [m.end() for m in _BOUNDARY.finditer(window)] or [0]
    if at_start:
        starts.insert(0, 0)
    for start in starts:
        lead = _LEAD.match(window, start)
        begin = lead.end() if lead else start
        phrase = window[begin:]
        kind = kind_of(phrase) if phrase else None
        if kind is None and start == starts[-1] and _is_unknown_heading(text, low + begin, phrase):
            kind = "other"
        if kind is not None:
            return low + begin, kind
    run_on = _RUN_ON.search(window)
    if run_on is None:
        return None
    for word in re.finditer(r"\S+", run_on.group()):
        phrase = run_on.group()[word.start() :]
        kind = kind_of(phrase)
        if kind not in (None, "inherit", "other") and len(phrase) > 2:
            return low + run_on.start() + word.start(), str(kind)
    return None


def _arrow_heading(text: str, low: int, window: str) -> tuple[int, str] | None:
    """Return (start, kind) of a known heading between a line's start and '>' ('O>  T 101')."""
    begin = window.rfind("\n") + 1
    if begin == 0 and low > 0 and text[low - 1] != "\n":
        return None
    kind = kind_of(window[begin:]) if window[begin:] else None
    return None if kind in (None, "inherit", "other") else (low + begin, str(kind))


def _is_unknown_heading(text: str, at: int, phrase: str) -> bool:
    """Tell whether capitals before a colon at a line's start are a heading that the list lacks."""
    line_start = text.rfind("\n", 0, at) + 1
    letters = [c for c in phrase if c.isalpha()]
    return (
        len(letters) >= 4
        and phrase == phrase.upper()
        and not text[line_start:at].strip(" \t>*•#-0123456789.")
        and len(phrase.split()) <= 6
    )


def _line_headings(text: str, marks: dict[int, tuple[int, str]]) -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    for line in _LINE.finditer(text):
        lead = _LEAD.match(text, line.start(), line.end())
        begin = lead.end() if lead else line.start()
        if begin in marks or begin >= line.end():
            continue
        whole = text[begin : line.end()].rstrip()
        if len(whole) <= _MAX_HEADING:
            kind = kind_of(whole)
            if kind not in (None, "inherit") and (len(whole) > 2 or whole.lower() in _SHORT_LINES):
                found[begin] = (begin + len(whole), str(kind))
                continue
        bare = _BARE.match(text, begin, line.end())
        if bare:
            found[begin] = (bare.end(), str(kind_of(bare.group())))
            continue
        capitals = _CAPITALS.match(text, begin, min(line.end(), begin + _MAX_HEADING))
        if capitals:
            best = _longest_known(capitals.group())
            if best is not None:
                found[begin] = (begin + len(best[0]), best[1])
    return found


def _comma_headings(text: str, marks: dict[int, tuple[int, str]]) -> dict[int, tuple[int, str]]:
    """Return the headings in capitals of a text whose line breaks have become commas ('… none.,PROCEDURES,1. …')."""
    found: dict[int, tuple[int, str]] = {}
    for match in _COMMAS.finditer(text):
        begin, end = match.span("words")
        kind = kind_of(match["words"]) if begin not in marks and end - begin <= _MAX_HEADING else None
        if kind not in (None, "inherit") and end - begin > 2:
            found[begin] = (end, str(kind))
    return found


def _longest_known(capitals: str) -> tuple[str, str] | None:
    words = [m.end() for m in re.finditer(r"\S+", capitals)]
    for end in reversed(words):
        phrase = capitals[:end].rstrip(",-– ")
        kind = kind_of(phrase)
        if kind not in (None, "inherit", "other") and len(phrase) > 3:
            return phrase, str(kind)
    return None
