"""A gold note beside what was suggested for it."""

from dataclasses import dataclass

from coding.types import Answer, Suggestion
from eval.goldnotes.read import GoldNote


@dataclass(frozen=True, slots=True)
class Coded:
    """A gold note and what was suggested for it."""

    gold: GoldNote
    answer: Answer

    def gold_codes(self, system: str) -> frozenset[str]:
        """Return the final codes of a system."""
        label = self.gold.label
        if system == "icd10cm":
            return frozenset(x.code for x in label.codes)
        return frozenset(x.code for x in label.procedures if x.system == system)

    def listed(self, system: str) -> list[Suggestion]:
        """Return the suggestions of a system by their rank."""
        return [s for s in self.answer.suggestions if s.code.system.value == system]

    def found(self, system: str) -> frozenset[str]:
        """Return the suggested codes of a system."""
        return frozenset(s.code.display for s in self.listed(system))
