"""Segments of X12 as text: delimiters never inside data, upper case, trailing empties left out, each one counted."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codesets.errors import BadClaim

Element = str | tuple[str, ...] | None
_REFUSED = re.compile(r"[^A-Z0-9 !\"&'()+,\-./;?=%@_\[\]{}<>#$\\]")


@dataclass(frozen=True, slots=True)
class Separators:
    """The four characters that divide X12, and what follows a segment (a line end, or nothing)."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"
    after: str = "\n"


WRITTEN = Separators()


class SegmentWriter:
    """Collects segments; `loop` names the loop that is being written, for the words of a refusal."""

    def __init__(self) -> None:
        self._segments: list[str] = []
        self.loop = ""

    def __len__(self) -> int:
        return len(self._segments)

    def add(self, name: str, *elements: Element) -> None:
        """Add a segment; raises BadClaim where an element holds a character that X12 data cannot carry."""
        texts = [self._text(name, n, e) for n, e in enumerate(elements, 1)]
        while texts and not texts[-1]:
            texts.pop()
        self._segments.append(WRITTEN.element.join((name, *texts)))

    def add_raw(self, text: str) -> None:
        """Add a segment of fixed width as it stands."""
        self._segments.append(text)

    def text(self) -> str:
        """Return the segments with their terminators."""
        end = WRITTEN.segment + WRITTEN.after
        return end.join(self._segments) + end if self._segments else ""

    def _text(self, name: str, number: int, element: Element) -> str:
        if not element:
            return ""
        if isinstance(element, str):
            return self._clean(f"{name}{number:02}", element)
        return WRITTEN.component.join(
            self._clean(f"{name}{number:02}-{n}", part) for n, part in enumerate(element, 1)
        ).rstrip(WRITTEN.component)

    def _clean(self, place: str, value: str) -> str:
        text = value.strip().upper()
        if _REFUSED.search(text):
            raise BadClaim(
                f"{place} of loop {self.loop}: it holds a character that X12 cannot carry here "
                "(* : ^ ~, an accent or a line end): write it without"
            )
        return text


def amount(value: Decimal | None) -> str:
    """Return a number without exponent and trailing zeros, '' for None."""
    if value is None:
        return ""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def day(value: date | None) -> str:
    """Return CCYYMMDD, '' for None."""
    return value.strftime("%Y%m%d") if value else ""


def span(first: date, last: date | None) -> tuple[str, str]:
    """Return the format qualifier and the text of a day, or of a range where it ends on another."""
    return ("D8", day(first)) if last is None else ("RD8", f"{day(first)}-{day(last)}")
