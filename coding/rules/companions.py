"""What the tabular list asks for beside a code (I.A.13, I.A.17)."""

from collections.abc import Iterator

from codesets.types import NoteKind, TabularNote
from coding.rules.first import is_manifestation
from coding.rules.types import Act, Listed, Question
from coding.types import Prompt

_MAX_CHARS = 160
_EXPECTED = ("B95", "B96", "B97", "I50", "L97", "L984", "N18", "Z3A", "Z794")
"""What an auditor expects beside the code: organism, kind, site, stage, weeks, how diabetes is controlled."""


def _code_first(listed: Listed) -> Iterator[tuple[str, Prompt]]:
    for value in sorted(v for v in listed.codes if is_manifestation(listed.release.title(v))):
        if unmet := _unmet(listed, value, NoteKind.CODE_FIRST):
            yield value, Prompt("code_first", f"A manifestation; first comes: {_words(unmet)}", "I.A.13")


def _use_additional(listed: Listed) -> Iterator[tuple[str, Prompt]]:
    for value in sorted(listed.codes):
        unmet = _unmet(listed, value, NoteKind.USE_ADDITIONAL)
        if any(r.first.startswith(_EXPECTED) for note in unmet for r in note.ranges):
            yield (
                value,
                Prompt("use_additional", f"The tabular list asks for one more code: {_words(unmet)}", "I.A.17"),
            )


def _unmet(listed: Listed, value: str, kind: NoteKind) -> tuple[TabularNote, ...]:
    """Return the notes printed nearest to the code, where no listed code is among those that they name."""
    for place in (value, *listed.release.ancestors(value)):
        notes = tuple(n for n in listed.release.own_notes(place) if n.kind is kind and n.ranges)
        if notes:
            met = any(n.names(other) for n in notes for other in listed.codes if other != value)
            return () if met else notes
    return ()


def _words(notes: tuple[TabularNote, ...]) -> str:
    return _short("; ".join(note.text for note in notes))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _MAX_CHARS else f"{flat[:_MAX_CHARS].rsplit(' ', 1)[0]} …"


CODE_FIRST = Question(
    "code_first",
    "I.A.13",
    "A manifestation beside which none of the diseases is listed that its 'code first' note names.",
    _code_first,
    acts=(Act.PROMPT,),
    reads="codes, the notes of the tabular list",
)
USE_ADDITIONAL = Question(
    "use_additional",
    "I.A.17",
    "A 'use additional code' note asks for an organism, kind, site, stage, weeks or drug, and none is listed.",
    _use_additional,
    acts=(Act.PROMPT,),
    reads="codes, the notes of the tabular list",
)
