"""`GET /health/live` and `GET /health/ready`: for whoever starts, stops and balances the service."""

from typing import Literal

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api.replies import Reply, to_bytes
from api.routes.documents import described
from api.routes.reading import json_accepted, reception


class HealthReply(Reply):
    """The state of the service."""

    status: Literal["live", "ready"]


router = APIRouter(prefix="/health", tags=["health"], dependencies=[Depends(json_accepted)])


@router.get("/live", responses=described(HealthReply, "The process answers."), response_class=Response)
async def live() -> Response:
    """Tell that the process answers."""
    return Response(to_bytes(HealthReply(status="live")), media_type="application/json")


@router.get(
    "/ready",
    responses=described(HealthReply, "The indexes are loaded.", "not_ready", "code_set_error", "model_missing"),
    response_class=Response,
)
async def ready(request: Request) -> Response:
    """Tell that the indexes are loaded; a problem until then."""
    reception(request).suggester()
    return Response(to_bytes(HealthReply(status="ready")), media_type="application/json")
