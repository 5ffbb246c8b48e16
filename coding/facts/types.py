"""What the families of facts return, and what they see of the note."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coding.linking import Link
from nlp.types import AssertionKind, Fact, FactKind, Reading

STATED = frozenset({AssertionKind.PRESENT})
STATUS = frozenset({AssertionKind.PRESENT, AssertionKind.CONDITIONAL, AssertionKind.HISTORICAL})


@dataclass(frozen=True, slots=True)
class FactCode:
    """A code that a fact supports: `kind` names the feature, `detail` says why in words."""

    value: str
    fact: Fact
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Case:
    """A note as read, the links that may be coded and their codes."""

    reading: Reading
    links: Sequence[tuple[str, Link]]

    @property
    def values(self) -> Collection[str]:
        """The codes that stand."""
        return [value for value, _ in self.links]

    def has(self, *prefixes: str) -> bool:
        """Tell whether a code that starts with one of the prefixes stands."""
        return any(value.startswith(prefixes) for value, _ in self.links)

    def facts(self, *kinds: FactKind) -> list[Fact]:
        """Return the facts of the kinds, in note order."""
        return [fact for fact in self.reading.facts if fact.kind in kinds]
