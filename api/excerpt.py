"""Words of a note in their context, safe to show on a terminal."""

import re

from rich.text import Text

from coding.types import Cue, Evidence

_UNSAFE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")
_EMPTY_LINE = re.compile(r"\r?\n[^\S\n]*\n")
_FAR = 60


def plain(words: str) -> str:
    """Return the words on one line, control and direction characters shown as `?`."""
    return _SPACE.sub(" ", _UNSAFE.sub("?", words))


def in_context(note: str, evidence: Evidence, cue: Cue | None, side: int, marked: bool) -> Text:
    """Return the evidence with up to `side` characters before and after, and the cue where it stands near.

    The words are bold and the cue is underlined; with `marked` they stand in «» and [] besides.
    """
    spans = [(evidence.start, evidence.end, "bold", "«»")]
    if cue and cue.end <= evidence.start and evidence.start - cue.end <= _FAR:
        spans.insert(0, (cue.start, cue.end, "underline", "[]"))
    elif cue and cue.start >= evidence.end and cue.start - evidence.end <= _FAR:
        spans.append((cue.start, cue.end, "underline", "[]"))
    first, last = spans[0][0], spans[-1][1]
    shown = Text(_before(note[max(0, first - side) : first], first > side))
    at = first
    for start, end, style, marks in spans:
        shown.append(plain(note[at:start]))
        words = plain(note[start:end])
        shown.append(f"{marks[0]}{words}{marks[1]}" if marked else words, style)
        at = end
    shown.append(_after(note[last : last + side], last + side < len(note)))
    return shown


def _before(words: str, cut: bool) -> str:
    """Return the words from the last empty line on; where they are cut, from the second word on."""
    *above, words = _EMPTY_LINE.split(words)
    if cut and not above:
        words = "…" + words.partition(" ")[2]
    return plain(words).lstrip()


def _after(words: str, cut: bool) -> str:
    """Return the words up to the first empty line; where they are cut, without the last."""
    words, *below = _EMPTY_LINE.split(words)
    if cut and not below:
        words = words.rpartition(" ")[0] + "…"
    return plain(words).rstrip()
