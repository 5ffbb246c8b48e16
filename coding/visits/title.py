"""The first lines of a note, and the types of document that they name."""

from coding.types import Evidence
from coding.visits.scan import Hit, Scan

TITLE_CHARS = 300
_TITLE_LINES = 5
_OPENING_CHARS = 80
_LINE_CHARS = 120


class Title:
    """The types of document that a note's first lines name."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        end = title_end(scan.text)
        self._hits: dict[str, Hit] = {}
        for hit in scan.of("document"):
            if hit.start < end and _is_heading(scan.text, hit):
                self._hits.setdefault(hit.value, hit)

    def has(self, *values: str) -> bool:
        """Tell whether one of the types is named."""
        return any(v in self._hits for v in values)

    def first_of(self, *values: str) -> str | None:
        """Return which of the types is named first."""
        named = [self._hits[v] for v in values if v in self._hits]
        return min(named, key=lambda h: (h.first, -h.last)).value if named else None

    def evidence(self, *values: str) -> tuple[Evidence, ...]:
        """Return the words that name the types."""
        return tuple(self._scan.evidence(self._hits[v]) for v in values if v in self._hits)


def _is_heading(text: str, hit: Hit) -> bool:
    """Tell whether a hit opens the note or stands in a short line, not amid prose."""
    if hit.start < _OPENING_CHARS:
        return True
    start, stop = text.rfind("\n", 0, hit.start) + 1, text.find("\n", hit.end)
    return (stop if stop >= 0 else len(text)) - start <= _LINE_CHARS


def title_end(text: str) -> int:
    """Return where the first lines of a note end."""
    end = 0
    for _ in range(_TITLE_LINES):
        stop = text.find("\n", end)
        if stop < 0 or stop > TITLE_CHARS:
            return min(len(text), TITLE_CHARS)
        end = stop + 1
    return end
