"""Elements as typed values: what cannot be read becomes a hit and an empty value."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from claims.findings import Hit
from claims.x12.reader import Segment

_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)\Z")


@dataclass(slots=True)
class Values:
    """Reads elements of one loop after another and collects what is wrong with them."""

    hits: list[Hit] = field(default_factory=list)
    loop: str = ""
    where: str = ""

    def hit(self, edit: str, segment: Segment, element: str = "") -> None:
        """Note what is wrong with an element of a segment."""
        place = f"{segment.name}{element}" if element else ""
        self.hits.append(Hit(edit, self.loop, segment.name[:3], place, f"segment {segment.number}"))

    def number(self, text: str, segment: Segment | None, element: str) -> Decimal | None:
        """Return a number, None where there is none or it is not one."""
        if not text or segment is None:
            return None
        if not _NUMBER.match(text):
            self.hit("value.number", segment, element)
            return None
        return Decimal(text)

    def day(self, text: str, segment: Segment | None, element: str) -> date | None:
        """Return the day that CCYYMMDD names, None where there is none or it is not one."""
        if not text or segment is None:
            return None
        if len(text) == 8 and text.isdigit():
            try:
                return date(int(text[:4]), int(text[4:6]), int(text[6:]))
            except ValueError:
                pass
        self.hit("value.date", segment, element)
        return None

    def days(self, segment: Segment | None) -> tuple[date | None, date | None]:
        """Return the first and last day of a DTP; the last is None where it names one day."""
        if segment is None:
            return None, None
        kind, text = segment.get(2), segment.get(3)
        if kind == "RD8":
            first, _, last = text.partition("-")
            return self.day(first, segment, "03"), self.day(last or first, segment, "03")
        if kind not in ("D8", "DT"):
            self.hit("value.date_format", segment, "02")
        return self.day(text[:8] if kind == "DT" else text, segment, "03"), None


def moment(day: str, time: str) -> datetime | None:
    """Return the moment that YYMMDD or CCYYMMDD and HHMM name, None where they do not."""
    try:
        return datetime.strptime(day + time[:4], "%Y%m%d%H%M" if len(day) == 8 else "%y%m%d%H%M")
    except ValueError:
        return None
