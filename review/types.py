"""What a coder decides; the store and the audit trail come with the review page."""

from dataclasses import dataclass
from enum import StrEnum


class DecisionKind(StrEnum):
    """What a coder did with a suggestion or to the list."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REPLACED = "replaced"
    ADDED = "added"
    REORDERED = "reordered"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one code of one encounter; `replacement` is set where a code was replaced."""

    encounter: str
    code: str
    kind: DecisionKind
    reason: str | None = None
    replacement: str | None = None
