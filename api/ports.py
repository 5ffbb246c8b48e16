"""What the doors need of the room that decides, and how it is opened."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from api.settings import load_settings
from codesets.index.search import Hit
from codesets.registry import CodeSets
from codesets.types import Code, CodeSystem
from coding.types import Answer
from nlp.types import Note


class Suggests(Protocol):
    """Suggests codes for a note, searches codes by words, and knows the releases at hand."""

    @property
    def code_sets(self) -> CodeSets:
        """The releases at hand."""

    def suggest(self, note: Note) -> Answer:
        """Return the ranked suggestions, what was left out, and problems; raises BadNote."""

    def search(self, text: str, limit: int, system: CodeSystem, day: date) -> list[Hit]:
        """Return the codes of one system that `text` most likely means on `day`, none where it has no set."""


OpenSuggester = Callable[[], Suggests]


def open_installed() -> Suggests:
    """Return the suggester of this process; indexes are loaded, or built, when they are first needed."""
    from coding.suggest import open_suggester

    settings = load_settings()
    return open_suggester(settings.threshold, settings.cpt, settings.site)


def open_loaded() -> Suggests:
    """Return the suggester of this process with the indexes of today loaded, so that the first note is quick."""
    suggester = open_installed()
    suggester.suggest(Note("Hypertension.", date.today()))
    return suggester


def find_codes(
    suggester: Suggests, text: str, limit: int, system: CodeSystem | None, day: date
) -> list[tuple[Code, Hit]]:
    """Return the codes that `text` most likely means, best first, ties by system and code.

    Without a system, those of every system that is at hand. Codes that are retired on `day` are left out.
    """
    found = [
        (Code(asked, hit.code), hit)
        for asked in ((system,) if system else CodeSystem)
        for hit in _valid(suggester, text, limit, asked, day)
    ]
    return sorted(found, key=lambda f: (-f[1].score, f[0]))[:limit]


def _valid(suggester: Suggests, text: str, limit: int, system: CodeSystem, day: date) -> list[Hit]:
    """Return the best `limit` hits that are not retired on `day`."""
    wanted = limit
    while True:
        hits = suggester.search(text, wanted, system, day)
        valid = [hit for hit in hits if not _retired(suggester, hit.code, system, day)]
        if len(valid) >= limit or len(hits) < wanted:
            return valid[:limit]
        wanted += limit - len(valid)


def _retired(suggester: Suggests, value: str, system: CodeSystem, day: date) -> bool:
    return system is CodeSystem.ICD10CM and suggester.code_sets.retired(value, day) is not None
