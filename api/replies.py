"""What comes out: the answer as the public contract spells it, in the same bytes behind every door."""

import json
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from coding.types import Alternative, Answer, Evidence, Suggestion, Suppressed

_VERSIONS = ("chartcoder", "ranker", "rules", "icd10cm", "cpt", "hcpcs")
System = Literal["icd10cm", "cpt", "hcpcs"]


class Reply(BaseModel):
    """A reply or a part of one: frozen, and its fields stand in the order of the contract."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _with_id(schema: dict[str, Any]) -> None:
    schema["properties"] = {"id": {"type": ["string", "integer"]}, **schema["properties"]}


class EvidenceReply(Reply):
    """Words of the note; offsets are 0-based Unicode code points, `end` excluded."""

    start: int
    end: int
    text: str
    section: str


class CueReply(Reply):
    """The words that kept a finding from being coded."""

    start: int
    end: int
    text: str


class AlternativeReply(Reply):
    """A code that fits the same words, with a lower score."""

    code: str
    display: str
    score: float


class PromptReply(Reply):
    """Something to look up or ask; never a block."""

    rule: str
    message: str
    guideline: str | None


class StepReply(Reply):
    """One step of the decision."""

    step: str
    detail: str


class SuggestionReply(Reply):
    """A ranked code for the coder to accept or reject."""

    rank: int
    system: System
    code: str = Field(description="ICD-10-CM codes carry their dot.")
    display: str
    score: float = Field(
        ge=0,
        le=1,
        description="Higher is likelier to be kept; weights set by judgement, not yet a calibrated probability.",
    )
    first_listed: bool
    evidence: list[EvidenceReply]
    alternatives: list[AlternativeReply]
    modifiers: list[str]
    units: int | None
    diagnosis_pointers: list[str]
    prompts: list[PromptReply]
    why: list[StepReply]


class SuppressedReply(Reply):
    """A code that was found and left out; it has a cue or the code that displaced it (`because`)."""

    system: System
    code: str
    display: str
    evidence: EvidenceReply
    reason: str
    cue: CueReply | None
    because: str | None
    rule: str
    guideline: str | None


class ProblemReply(Reply):
    """Something wrong with the list of codes or, where `codes` is empty, with the answer itself."""

    rule: str
    severity: Literal["error", "warning", "info"]
    codes: list[str]
    message: str
    guideline: str | None


class SuggestReply(Reply):
    """All that chartcoder says of one note; `id` comes first where the request has one."""

    model_config = ConfigDict(json_schema_extra=_with_id)

    note_sha256: str
    date_of_service: date
    setting: Literal["outpatient", "inpatient", "ed"]
    versions: dict[str, str]
    suggestions: list[SuggestionReply]
    suppressed: list[SuppressedReply]
    problems: list[ProblemReply]


def to_response(answer: Answer) -> SuggestReply:
    """Return the answer in the shape of the contract."""
    known = {name: answer.versions[name] for name in _VERSIONS if name in answer.versions}
    return SuggestReply(
        note_sha256=answer.note_sha256,
        date_of_service=answer.date_of_service,
        setting=answer.setting.value,
        versions=known | dict(sorted(answer.versions.items() - known.items())),
        suggestions=[_suggestion(s) for s in answer.suggestions],
        suppressed=[_suppressed(s) for s in answer.suppressed],
        problems=[
            ProblemReply(
                rule=p.rule,
                severity=p.severity.value,
                codes=list(p.codes),
                message=p.message,
                guideline=p.guideline,
            )
            for p in answer.problems
        ],
    )


def to_bytes(reply: BaseModel, request_id: str | int | None = None) -> bytes:
    """Return a reply as compact UTF-8 JSON, the id of the request first where there is one."""
    fields = reply.model_dump(mode="json")
    if request_id is not None:
        fields = {"id": request_id, **fields}
    return dump(fields)


def dump(value: object) -> bytes:
    """Return compact UTF-8 JSON; keys keep their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _suggestion(said: Suggestion) -> SuggestionReply:
    return SuggestionReply(
        rank=said.rank,
        system=said.code.system.value,
        code=said.code.display,
        display=said.display,
        score=round(said.score, 4),
        first_listed=said.first_listed,
        evidence=[_evidence(e) for e in said.evidence],
        alternatives=[_alternative(a) for a in said.alternatives],
        modifiers=list(said.modifiers),
        units=said.units,
        diagnosis_pointers=list(said.diagnosis_pointers),
        prompts=[PromptReply(rule=p.rule, message=p.message, guideline=p.guideline) for p in said.prompts],
        why=[StepReply(step=s.step, detail=s.detail) for s in said.why],
    )


def _alternative(said: Alternative) -> AlternativeReply:
    return AlternativeReply(code=said.code.display, display=said.display, score=round(said.score, 4))


def _suppressed(said: Suppressed) -> SuppressedReply:
    cue = said.cue
    return SuppressedReply(
        system=said.code.system.value,
        code=said.code.display,
        display=said.display,
        evidence=_evidence(said.evidence),
        reason=said.reason.value,
        cue=CueReply(start=cue.start, end=cue.end, text=cue.text) if cue else None,
        because=said.because,
        rule=said.rule,
        guideline=said.guideline,
    )


def _evidence(said: Evidence) -> EvidenceReply:
    return EvidenceReply(start=said.start, end=said.end, text=said.text, section=said.section)
