"""Looking codes up, for the command line and HTTP alike."""

from datetime import date
from typing import Any

from api.code_replies import HitReply, SearchReply
from api.commands.codesets_view import show_json
from api.ports import Suggests, find_codes
from codesets.errors import CodeSetMissing
from codesets.types import Code, CodeSystem


def search_hits(
    suggester: Suggests, text: str, limit: int, system: CodeSystem | None, day: date
) -> list[tuple[HitReply, str]]:
    """Return the codes that `text` most likely means on `day`, best first, each with the term that matched."""
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
    """Return all that the release says of the code that `text` spells; raises BadCode, UnknownCode."""
    code = Code.parse(text, system)
    if system is not CodeSystem.ICD10CM:
        raise CodeSetMissing(f"no {system.value} code set is installed")
    return show_json(suggester.code_sets, code, day)
