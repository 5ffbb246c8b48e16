"""The size that an excision is coded by: the lesion with its margins on both sides, as the report states them."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coding.procedures.surroundings import Around

_LENGTH = (
    r"(?P<{0}>\d+(?:\.\d+)?|\.\d+)(?:\s*(?:-|to)\s*\d+(?:\.\d+)?)?[\s-]*"
    r"(?P<{0}u>mm|cm|millimeters?|centimeters?)"
)
_MARGIN = re.compile(
    _LENGTH.format("a")
    + r"\s+(?:(?:clear|clinical|surgical|peripheral|gross|normal|skin|free|lateral)[\s-]+){0,2}margins?"
    + r"|margins?\s+(?:of|were|was|measuring|at|being)\s+(?:approximately\s+|about\s+)?"
    + _LENGTH.format("b"),
    re.IGNORECASE,
)
_WITH_MARGINS = re.compile(
    r"includ\w+ (?:\w+ ){0,2}margins?|with margins? measur|excised diameter|final (?:defect|size)|defect"
    r"|total excis\w+ size|excision (?:size|diameter)",
    re.IGNORECASE,
)
_KEY = "size_cm"
_MOST = 3.0


def excised_size(around: "Around") -> tuple[float, bool] | None:
    """Return the size in cm of what was cut out, and whether the sentence of the name gives it."""
    near = _largest(around, around.named.stretch, nearest=True)
    if near is not None:
        return near, True
    sizes = [s for row in around.of.diagnosed if (s := _largest(around, row, nearest=False)) is not None]
    return (sizes[0], False) if len(sizes) == 1 else None


def _largest(around: "Around", row: int, *, nearest: bool) -> float | None:
    """Return the size in a sentence with the margins that it or the body states, None where it has no size."""
    place = around.of
    stretch, tokens = place.reading.stretches[row], place.reading.tokens
    start, end = tokens.starts[stretch.first], tokens.ends[stretch.last - 1]
    margins = [m.span() for m in _MARGIN.finditer(place.reading.text, start, end)]
    sizes = [m for m in place.measures_of([row], _KEY) if not any(first <= m.start < last for first, last in margins)]
    if not sizes:
        return None
    begin = tokens.starts[around.named.first] if nearest else start
    following = [m for m in sizes if m.start >= begin]
    size = min(following, key=lambda m: m.start).value if following else max(sizes, key=lambda m: m.start).value
    if _WITH_MARGINS.search(place.reading.text, start, end):
        return size
    return round(size + 2 * _margin(around, start, end), 2)


def _margin(around: "Around", start: int, end: int) -> float:
    """Return the margin in cm of the sentence, else the one of the report; 0 where none or several are stated."""
    text = around.of.reading.text
    found = _MARGIN.search(text, start, end)
    stated = [_in_cm(found)] if found else sorted({_in_cm(m) for m in _MARGIN.finditer(text)})
    return stated[0] if len(stated) == 1 and stated[0] < _MOST else 0.0


def _in_cm(match: re.Match[str]) -> float:
    written, unit = (match["a"], match["au"]) if match["a"] else (match["b"], match["bu"])
    return float(written) * (0.1 if unit.lower().startswith("mm") or unit.lower().startswith("milli") else 1.0)
