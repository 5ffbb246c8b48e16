"""Every error over HTTP as an RFC 9457 problem with a stable code and none of what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.replies import dump
from codesets.errors import ChartcoderError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = "1"


@dataclass(frozen=True, slots=True)
class Kind:
    """The HTTP status and the title of a problem; `retry` where the same request may succeed later."""

    status: int
    title: str
    retry: bool = False


KINDS: dict[str, Kind] = {
    "bad_request": Kind(422, "The request is not valid"),
    "bad_input": Kind(422, "The request is not valid"),
    "bad_note": Kind(422, "The note cannot be read"),
    "bad_code": Kind(404, "Not shaped like a code of the system"),
    "bad_claim": Kind(422, "The claim cannot be built or read"),
    "too_large": Kind(413, "The note is too large"),
    "unsupported_media_type": Kind(415, "The body is not JSON"),
    "not_acceptable": Kind(406, "Only JSON can be answered"),
    "not_found": Kind(404, "No such address"),
    "method_not_allowed": Kind(405, "The address does not answer this method"),
    "unknown_code": Kind(404, "The code is not in the release that answers"),
    "code_set_missing": Kind(404, "No code set of this system is installed"),
    "code_set_error": Kind(503, "A code set cannot be read"),
    "bad_code_set_file": Kind(503, "A code set cannot be read"),
    "model_missing": Kind(503, "A model cannot be read"),
    "not_ready": Kind(503, "The indexes are not loaded", retry=True),
    "busy": Kind(503, "Too many requests are waiting", retry=True),
    "timeout": Kind(503, "The answer took too long", retry=True),
    "internal": Kind(500, "Something went wrong inside chartcoder"),
}


class RequestRefused(ChartcoderError):  # noqa: N818
    """A request that the doors themselves refuse; `code` is one of KINDS."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ProblemDetails(BaseModel):
    """An error as RFC 9457 spells it; it never repeats what was sent."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(examples=["urn:chartcoder:problem:bad_note"])
    title: str
    status: int
    detail: str = Field(description="What was wrong, what is allowed, what to do.")
    code: str = Field(description="Stable; for programs.", examples=sorted(KINDS))


def detail_of(error: ChartcoderError) -> str:
    """Return what a caller may know of an error: where chartcoder itself is at fault, that its log says more.

    Such a message may name a folder of the machine.
    """
    kind = KINDS.get(error.code, KINDS["internal"])
    at_fault = kind.status >= 500 and not kind.retry
    return f"{kind.title[:1].lower()}{kind.title[1:]}: see the log of the service" if at_fault else str(error)


def problem(code: str, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response that reports a problem; `detail` must not hold anything that was sent."""
    kind = KINDS.get(code, KINDS["internal"])
    body = ProblemDetails(
        type=f"urn:chartcoder:problem:{code}", title=kind.title, status=kind.status, detail=detail, code=code
    )
    retry = {"Retry-After": RETRY_AFTER_S} if kind.retry else {}
    return Response(dump(body.model_dump()), kind.status, {**(headers or {}), **retry}, media_type=MEDIA_TYPE)
