"""What the tabular list's notes name, each code read once."""

from functools import lru_cache

from codesets.icd10cm.release import IcdRelease
from codesets.types import CodeRange, NoteKind, TabularNote

Named = tuple[tuple[CodeRange, str], ...]
"""The ranges that notes name, each with the code or group that the note is printed at."""


@lru_cache(maxsize=32768)
def named_by(release: IcdRelease, value: str, kind: NoteKind) -> Named:
    """Return what the notes of a kind in force at a code name: its own, its ancestors' and its groups'."""
    notes: list[TabularNote] = []
    for place in (value, *release.ancestors(value)):
        notes += release.own_notes(place)
    for name, _ in release.groups(value):
        notes += _of_groups(release).get(name, ())
    return tuple((r, n.printed_at) for n in notes if n.kind is kind for r in n.ranges)


@lru_cache(maxsize=8)
def _of_groups(release: IcdRelease) -> dict[str, tuple[TabularNote, ...]]:
    return {group.name: group.notes for group in release.all_groups() if group.notes}
