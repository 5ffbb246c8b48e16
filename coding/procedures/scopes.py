"""Which words of a report belong to which scope, where two were passed: gullet and colon at one sitting."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from codesets.procedures.types import Procedure
from coding.procedures.tables import in_ladder
from nlp.procedures.types import NoteKind, Part, ServiceReading

_TOLD = frozenset({Part.BODY, Part.RESULTS, Part.OTHER})


class Reach(NamedTuple):
    """The tokens from where a scope is named to where another one is: `first` to `last` (excluded)."""

    first: int
    last: int
    family: str


class Scopes:
    """The scopes that a report names; with fewer than two everything belongs to each."""

    def __init__(self, reading: ServiceReading, procedures: Sequence[Procedure]) -> None:
        self._reaches = _reaches(reading, procedures) if reading.kind is NoteKind.OPERATIVE else []
        self._several = len({reach.family for reach in self._reaches}) > 1

    def covers(self, family: str, token: int) -> bool:
        """Tell whether what stands at a token may have been done through the scope of a family."""
        if not self._several or not in_ladder(family):
            return True
        of_token = next((r.family for r in self._reaches if r.first <= token < r.last), family)
        return of_token == family


def _reaches(reading: ServiceReading, procedures: Sequence[Procedure]) -> list[Reach]:
    """Return the reaches of the scopes: in the title to the end of the sentence, in the body to the next scope."""
    found: list[Reach] = []
    places = list(_named_scopes(reading, procedures))
    titled = {family for _, stretch, family in places if reading.parts[stretch] is Part.TITLE}
    places = [place for place in places if place[2] in titled or not titled]
    starts = [*(first for first, _, _ in places[1:]), len(reading.tokens.folded)]
    for (first, stretch, family), after in zip(places, starts, strict=False):
        end = reading.stretches[stretch].last
        is_told = reading.parts[stretch] in _TOLD
        found.append(Reach(first, after if is_told else min(after, end), family))
    return found


def _named_scopes(reading: ServiceReading, procedures: Sequence[Procedure]) -> Iterable[tuple[int, int, str]]:
    """Yield where a scope is named, in note order; a sentence of the body counts from its first word."""
    last = -1
    for named in reading.named:
        families = {procedures[row].family for row in named.procedures}
        ladders = {family for family in families if in_ladder(family)}
        if len(ladders) != 1:
            continue
        part = reading.parts[named.stretch]
        if part is not Part.TITLE and part not in _TOLD:
            continue
        begins = reading.stretches[named.stretch].first if part in _TOLD else named.first
        first = begins if begins > last else named.first
        last = named.last
        yield first, named.stretch, ladders.pop()
