"""Looking codes up, for the command line and HTTP alike."""

from datetime import date
from typing import Any

from api.code_json import show_json
from api.code_replies import HitReply, SearchReply
from api.ports import Suggests, find_codes
from codesets.errors import CodeSetMissing
from codesets.types import Code, CodeSystem


def search_hits(
    suggester: Suggests, text: str, limit: int, system: CodeSystem | None, day: date
) -> list[tuple[HitReply, str]]:
    """Return the codes that `text` most likely means on `day`, best first, each with the term that matched.

    Raises CodeSetMissing where the system asked for has no code set.
    """
    _check_set(system)
    release = suggester.code_sets.icd10cm(day)
    return [
        (
            HitReply(
                system=code.system.value,
                code=code.display,
                display=release.title(code.value),
                score=round(hit.score, 4),
            ),
            hit.term,
        )
        for code, hit in find_codes(suggester, text, limit, system, day)
    ]


def search_reply(suggester: Suggests, text: str, limit: int, system: CodeSystem | None, day: date) -> SearchReply:
    """Return the hits as the array that JSON carries."""
    return SearchReply([reply for reply, _ in search_hits(suggester, text, limit, system, day)])


def show_code(suggester: Suggests, text: str, system: CodeSystem, day: date) -> dict[str, Any]:
    """Return all that the release says of the code that `text` spells.

    Raises BadCode, UnknownCode, CodeSetMissing.
    """
    code = Code.parse(text, system)
    _check_set(system)
    return show_json(suggester.code_sets, code, day)


def _check_set(system: CodeSystem | None) -> None:
    if system not in (None, CodeSystem.ICD10CM):
        raise CodeSetMissing(f"no {system} code set is installed: only {CodeSystem.ICD10CM} can be asked")
