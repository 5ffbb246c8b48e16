"""`POST /suggest`: a note in, ranked codes with their reasons out."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api.replies import SuggestReply, to_bytes, to_response
from api.routes.documents import described, reference
from api.routes.examples import ANSWER, REQUESTS
from api.routes.reading import json_accepted, read_body, reception, settings
from api.schemas import SuggestRequest, read_request, to_note

router = APIRouter(tags=["suggest"], dependencies=[Depends(json_accepted)])
_BODY: dict[str, Any] = {
    "required": True,
    "content": {"application/json": {"schema": reference(SuggestRequest), "examples": REQUESTS}},
}
_PROBLEMS = ("bad_request", "bad_note", "too_large", "unsupported_media_type", "busy", "timeout", "not_ready")


@router.post(
    "/suggest",
    responses=described(SuggestReply, "Codes for the note.", *_PROBLEMS, example=ANSWER),
    openapi_extra={"requestBody": _BODY},
    response_class=Response,
)
async def suggest(request: Request) -> Response:
    """Suggest codes for a note, each with the words that support it, and list what was left out and why.

    Where the request has an `id`, it is the first field of the answer.
    """
    asked = read_request(await read_body(request))
    note = to_note(asked, date.today(), settings(request).max_note_bytes)
    answer = await reception(request).read(lambda suggester: to_bytes(to_response(suggester.suggest(note)), asked.id))
    return Response(answer, media_type="application/json")
