"""What a note calls due to what: 'anemia due to CKD', 'stroke causing hemiparesis', 'CKD unrelated to HTN'."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from coding.rules.tables import rows
from coding.types import Evidence

_MAX_GAP_CHARS = 40

Words = tuple[int, int]
"""Start and end of a finding in the note, 0-based code points, end excluded."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Two findings that the note joins; `is_denied` where it says that one is not the cause of the other."""

    effect: Words
    cause: Words
    is_denied: bool


def find_causes(text: str, evidence: Iterable[Evidence]) -> tuple[Cause, ...]:
    """Return the joins between findings that stand side by side in one line."""
    spans = sorted({(e.start, e.end) for e in evidence})
    found = []
    for at, first in enumerate(spans):
        for second in spans[at + 1 :]:
            if second[0] - first[1] > _MAX_GAP_CHARS:
                break
            kind = _kind(text[first[1] : second[0]]) if second[0] > first[1] else None
            if kind is not None:
                effect, cause = (second, first) if kind == "causing" else (first, second)
                found.append(Cause(effect, cause, kind == "unrelated"))
    return tuple(found)


def _kind(gap: str) -> str | None:
    if "\n" in gap or "." in gap or ";" in gap:
        return None
    match = _cues().fullmatch(gap)
    return match.lastgroup if match else None


@cache
def _cues() -> re.Pattern[str]:
    kinds: dict[str, list[str]] = {"unrelated": [], "due": [], "causing": []}
    for kind, words in rows("causes.tsv", 2):
        kinds[kind] += words.split("|")
    ordered = (f"(?P<{k}>{'|'.join(re.escape(w) for w in sorted(ws, key=len)[::-1])})" for k, ws in kinds.items())
    return re.compile(rf"\W*(?:\w+\W+){{0,2}}?(?:{'|'.join(ordered)})\W+(?:[\w-]+\W+){{0,3}}", re.IGNORECASE)
