"""Looking codes up, for the command line and HTTP alike."""

from datetime import date
from typing import Any

from api.code_json import show_json
from api.code_replies import HitReply, SearchReply
from api.ports import Suggests, find_codes
from api.procedure_json import show_procedure
from codesets.errors import BadCode, CodeSetMissing
from codesets.registry import CodeSets, ReleaseWarning
from codesets.types import Code, CodeSystem


def search_hits(
    suggester: Suggests, text: str, limit: int, system: CodeSystem | None, day: date
) -> list[tuple[HitReply, str]]:
    """Return the codes that `text` most likely means on `day`, best first, each with the term that matched.

    Raises CodeSetMissing where the system asked for has no code set.
    """
    sets = suggester.code_sets
    if system is not None:
        check_set(sets, system, day)
    return [
        (
            HitReply(
                system=code.system.value,
                code=code.display,
                display=_display(sets, code, day),
                score=round(hit.score, 4),
            ),
            hit.term,
        )
        for code, hit in find_codes(suggester, text, limit, system, day)
    ]


def _display(sets: CodeSets, code: Code, day: date) -> str:
    if code.system is CodeSystem.ICD10CM:
        return sets.icd10cm(day).title(code.value)
    procedures = sets.procedures(code.system, day)
    return procedures.procedures[code.value].wording if procedures else ""


def search_reply(suggester: Suggests, text: str, limit: int, system: CodeSystem | None, day: date) -> SearchReply:
    """Return the hits as the array that JSON carries."""
    return SearchReply([reply for reply, _ in search_hits(suggester, text, limit, system, day)])


def show_code(sets: CodeSets, code: Code, day: date) -> dict[str, Any]:
    """Return all that the release that answers on `day` says of a code; raises UnknownCode, CodeSetMissing."""
    if code.system is CodeSystem.ICD10CM:
        return show_json(sets, code, day)
    check_set(sets, code.system, day)
    return show_procedure(sets, code, day)


def spelled_codes(sets: CodeSets, text: str, day: date) -> list[Code]:
    """Return the codes at hand that `text` spells, the likeliest first; else the one that it could be.

    Five characters without a dot are a HCPCS code where there is such a one (G0439), an ICD-10-CM code else
    (E1142). Raises BadCode where the text is shaped like no code.
    """
    codes = []
    for system in (CodeSystem.HCPCS, CodeSystem.CPT, CodeSystem.ICD10CM):
        try:
            codes.append(Code.parse(text, system))
        except BadCode:
            continue
    if not codes:
        raise BadCode(
            "not shaped like a code: expected one of ICD-10-CM (E11.42), CPT (99213) or HCPCS Level II (J1885)"
        )
    return [code for code in codes if _is_known(sets, code, day)] or codes[-1:]


def _is_known(sets: CodeSets, code: Code, day: date) -> bool:
    if code.system is CodeSystem.ICD10CM:
        return code.value in sets.icd10cm(day)
    return code.value in (sets.procedures(code.system, day) or ()) or sets.official(code, day) is not None


def check_set(sets: CodeSets, system: CodeSystem, day: date) -> None:
    """Raise CodeSetMissing where no set of the system is at hand."""
    if system is not CodeSystem.ICD10CM and sets.procedures(system, day) is None:
        raise CodeSetMissing(f"no {system} code set is at hand: install its files, or see the setting CHARTCODER_CPT")


def warnings_of(sets: CodeSets, system: CodeSystem | None, day: date) -> list[ReleaseWarning]:
    """Return the warnings about the releases that answer on `day`, of one system or of all."""
    asked = (system,) if system else CodeSystem
    found = (sets.answer_warning(day) if s is CodeSystem.ICD10CM else sets.procedure_warning(s, day) for s in asked)
    return [warning for warning in found if warning is not None]
