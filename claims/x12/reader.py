"""Segments of any X12 file, read in pieces of constant size: separators from ISA, faults named by segment number."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from claims.findings import Hit
from claims.x12.segments import Separators

_CHUNK_BYTES = 1 << 16
_BLANK = "\ufeff\x00\x1a \t\r\n"
_MOST_SEGMENT_CHARS = 1 << 16
_ISA_ELEMENTS = 16
_ISA = re.compile(r"ISA(?=[^A-Za-z0-9\s])", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][A-Z0-9]{1,2}\Z")


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment in upper case: its number in the file from 1, its name, its elements and what divides them."""

    number: int
    name: str
    elements: tuple[str, ...]
    separators: Separators

    def get(self, position: int) -> str:
        """Return the element at a position from 1, '' where the segment ends before."""
        return self.elements[position - 1] if position <= len(self.elements) else ""

    def parts(self, position: int) -> tuple[str, ...]:
        """Return the components of an element, none where it is empty."""
        text = self.get(position)
        return tuple(text.split(self.separators.component)) if text else ()

    def part(self, position: int, component: int) -> str:
        """Return a component of an element, both from 1, '' where it is absent."""
        parts = self.parts(position)
        return parts[component - 1] if component <= len(parts) else ""


def read_segments(stream: BinaryIO) -> Iterator[Segment | Hit]:
    """Yield the segments of a file in order, and a Hit where it is not sound; never raises for its content."""
    yield from _Tokenizer(stream).run()


class _Tokenizer:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._buffer = ""
        self._ended = False
        self._number = 0
        self._lower_told = False
        self._outside = False

    def _fill(self) -> bool:
        """Read more; tell whether anything came."""
        if self._ended:
            return False
        text = ""
        while not text and not self._ended:
            data = self._stream.read(_CHUNK_BYTES)
            self._ended = not data
            text = self._decoder.decode(data, final=self._ended)
        self._buffer += text
        return bool(text)

    def run(self) -> Iterator[Segment | Hit]:
        while (separators := self._open()) is not None:
            yield from self._told_outside()
            yield from self._interchange(separators)
        self._skip(len(self._buffer))
        yield from self._told_outside()
        if not self._number:
            yield Hit("x12.no_interchange")

    def _told_outside(self) -> Iterator[Hit]:
        if self._outside:
            yield Hit("x12.outside", where=self._at(1))
        self._outside = False

    def _open(self) -> Separators | None:
        """Find the next ISA and what divides its interchange; the buffer then begins with it."""
        while not (found := _ISA.search(self._buffer)):
            self._skip(len(self._buffer) - 3)
            if not self._fill():
                return None
        self._skip(found.start())
        while len(self._buffer) < 256 and self._fill():
            pass
        element = self._buffer[3]
        at = -1
        for _ in range(_ISA_ELEMENTS):
            at = self._buffer.find(element, at + 1)
            if at < 0 or at > 250:
                return Separators(element=element)
        version = self._buffer[:at].split(element)[12]
        component = self._buffer[at + 1 : at + 2] or ":"
        segment = self._buffer[at + 2 : at + 3] or "~"
        repetition = self._buffer[:at].split(element)[11] if version.strip() >= "00402" else ""
        return Separators(element, component, repetition[:1] or "^", segment)

    def _skip(self, chars: int) -> None:
        """Drop what stands before an interchange, and remember where it was more than blanks."""
        if chars > 0:
            self._outside |= bool(self._buffer[:chars].strip(_BLANK))
            self._buffer = self._buffer[chars:]

    def _interchange(self, separators: Separators) -> Iterator[Segment | Hit]:
        """Yield the segments up to IEA, or up to an ISA that comes before it."""
        self._lower_told = False
        at, opened = 0, False
        while True:
            end = self._buffer.find(separators.segment, at)
            if end < 0:
                self._buffer, at = self._buffer[at:], 0
                if len(self._buffer) < _MOST_SEGMENT_CHARS and self._fill():
                    continue
                yield from self._rest()
                return
            text = self._buffer[at:end].strip(_BLANK)
            if opened and _ISA.match(text):
                self._buffer = self._buffer[at:]
                return
            at = end + 1
            if not text:
                continue
            opened = True
            segment = self._segment(text, separators)
            yield from self._remarks(segment, text)
            yield segment
            if segment.name == "IEA" or (segment.name == "ISA" and len(segment.elements) < _ISA_ELEMENTS):
                self._buffer = self._buffer[at:]
                return

    def _segment(self, text: str, separators: Separators) -> Segment:
        self._number += 1
        name, *elements = text.upper().split(separators.element)
        return Segment(self._number, name, tuple(e.strip() for e in elements), separators)

    def _remarks(self, segment: Segment, text: str) -> Iterator[Hit]:
        if not _NAME.match(segment.name):
            yield Hit("x12.segment_name", where=self._at(0))
        if not self._lower_told and not text[:3].isupper() and text[:1].isalpha() and text[:2] != text[:2].upper():
            self._lower_told = True
            yield Hit("x12.lower_case", where=self._at(0))
        if not text.isascii() or not text.isprintable():
            yield Hit("x12.character", segment=segment.name[:3], where=self._at(0))
        if segment.elements and not segment.elements[-1] and segment.name != "ISA":
            yield Hit("x12.trailing_separator", segment=segment.name[:3], where=self._at(0))
        if segment.name == "ISA" and len(segment.elements) != _ISA_ELEMENTS:
            yield Hit("x12.isa", where=self._at(0))

    def _rest(self) -> Iterator[Hit]:
        if self._buffer.strip(_BLANK):
            yield Hit("x12.cut", where=self._at(1))
        self._buffer = ""

    def _at(self, ahead: int) -> str:
        return f"segment {self._number + ahead}"
