"""`GET /codes/search` and `GET /codes/{system}/{code}`: codes by words, and what a release says of one."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from api.code_replies import CodeReply, SearchReply
from api.lookup import search_reply, show_code
from api.replies import dump, to_bytes
from api.routes.documents import described
from api.routes.reading import json_accepted, reception
from api.schemas import Day
from codesets.types import Code, CodeSystem

router = APIRouter(prefix="/codes", tags=["codes"], dependencies=[Depends(json_accepted)])
_PROBLEMS = ("bad_request", "code_set_missing", "code_set_error", "busy", "timeout", "not_ready")


class DayQuery(BaseModel):
    """The day that the codes must hold on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date_of_service: Day | None = Field(default=None, description="YYYY-MM-DD, default today.")


class SearchQuery(DayQuery):
    """What to search for."""

    q: str = Field(min_length=1, max_length=200, description="Words, abbreviations, misspellings, or a code.")
    system: CodeSystem | None = Field(default=None, description="Default all systems.")
    n: int = Field(default=10, ge=1, le=100, description="How many codes at most.")


QUERY_NAMES = frozenset(SearchQuery.model_fields) | {"code"}


@router.get(
    "/search",
    responses=described(SearchReply, "The codes that the words may mean.", *_PROBLEMS),
    response_class=Response,
)
async def search(request: Request, query: Annotated[SearchQuery, Query()]) -> Response:
    """Search codes by words, abbreviations, misspellings or the beginning of a code."""
    day = query.date_of_service or date.today()
    body = await reception(request).look_up(
        lambda suggester: to_bytes(search_reply(suggester, query.q, query.n, query.system, day))
    )
    return Response(body, media_type="application/json")


@router.get(
    "/{system}/{code}",
    responses=described(CodeReply, "What the release says of the code.", "bad_code", "unknown_code", *_PROBLEMS),
    response_class=Response,
)
async def show(
    request: Request,
    system: CodeSystem,
    code: Annotated[str, Path(max_length=20, description="With or without its dot.")],
    query: Annotated[DayQuery, Query()],
) -> Response:
    """Show a code: ICD-10-CM with place, notes and 7th characters, a procedure with how it is billed."""
    day = query.date_of_service or date.today()
    body = await reception(request).look_up(
        lambda suggester: dump(show_code(suggester.code_sets, Code.parse(code, system), day))
    )
    return Response(body, media_type="application/json")
