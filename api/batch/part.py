"""The answers that are there already: how far they go, and whether they answer this input."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from api.batch.lines import line_identity

_HEAD = re.compile(rb'\{"id":(null|-?\d{1,20}|"(?:[^"\\]|\\.)*+"),"(?:error":\{|note_sha256":"([0-9a-f]{64})")')


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an output has come: answered lines, failed ones among them, its bytes, the place in the input.

    `whole` tells that no half-written line follows, `matches` that each line answers the same line of the
    input.
    """

    answered: int
    failed: int
    out_bytes: int
    source_bytes: int
    whole: bool
    matches: bool


def examine(output: Path, source: Iterable[tuple[bytes, int]], max_line_bytes: int) -> Standing:
    """Compare an output with the input line by line: same ids in the same order, and same texts."""
    answered = failed = out_bytes = source_bytes = 0
    lines = iter(source)
    with output.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return Standing(answered, failed, out_bytes, source_bytes, whole=False, matches=True)
            head = _HEAD.match(line)
            asked = next(lines, None)
            if head is None or asked is None or not _answers(head, asked[0], max_line_bytes):
                return Standing(answered, failed, out_bytes, source_bytes, whole=True, matches=False)
            answered += 1
            failed += head[2] is None
            out_bytes += len(line)
            source_bytes = asked[1]
    return Standing(answered, failed, out_bytes, source_bytes, whole=True, matches=True)


def _answers(head: re.Match[bytes], line: bytes, max_line_bytes: int) -> bool:
    line_id, text = line_identity(line, max_line_bytes)
    if json.loads(head[1]) != line_id:
        return False
    return head[2] is None or (text is not None and hashlib.sha256(text.encode()).hexdigest().encode() == head[2])
