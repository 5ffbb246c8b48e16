"""The HTTP service: addresses, errors as problems, and the suggester behind them."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.code_replies import CodeReply, SearchReply
from api.guard import Guard
from api.lanes import Reception
from api.ports import Suggests, open_loaded
from api.problems import detail_of, problem
from api.replies import SuggestReply
from api.routes import codes, health, suggest
from api.routes.documents import openapi
from api.schemas import SuggestRequest
from api.settings import Settings
from api.validation import in_words
from codesets.errors import ChartcoderError

_log = logging.getLogger("chartcoder.api")
_DESCRIPTION = (
    "Reads a clinical note and answers with ranked codes, the words that support each, and what was left out "
    "and why. Errors are RFC 9457 problems that never repeat what was sent."
)
_MODELS = (SuggestRequest, SuggestReply, SearchReply, CodeReply, health.HealthReply)
_CODES = {404: "not_found", 405: "method_not_allowed"}


def create_app(settings: Settings, suggester: Suggests | None = None) -> FastAPI:
    """Return the service. Without a `suggester` the indexes are loaded in the background once it starts."""
    reception = Reception(open_loaded if suggester is None else lambda: suggester, settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        reception.start()
        yield
        reception.close()

    app = FastAPI(
        title="chartcoder",
        version=version("chartcoder"),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.reception = reception
    app.state.settings = settings
    for module in (suggest, codes, health):
        app.include_router(module.router)
    app.add_middleware(Guard)
    app.add_exception_handler(ChartcoderError, _refused)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _http_error)
    app.openapi = _documented(app)  # type: ignore[method-assign]
    return app


def _documented(app: FastAPI) -> Any:
    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = openapi(app, _MODELS)
        return app.openapi_schema

    return document


async def _refused(_request: Request, error: Exception) -> Response:
    refused = error if isinstance(error, ChartcoderError) else ChartcoderError()
    detail = detail_of(refused)
    if detail != str(refused):
        _log.error("%s: %s", refused.code, refused)
    return problem(refused.code, detail)


async def _not_valid(_request: Request, error: Exception) -> Response:
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    return problem("bad_request", in_words(errors, codes.QUERY_NAMES))


async def _http_error(_request: Request, error: Exception) -> Response:
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    code = _CODES.get(status, "bad_request" if status < 500 else "internal")
    details = {
        "not_found": "no such address: see /openapi.json",
        "method_not_allowed": "the address does not answer this method: see the Allow header",
    }
    return problem(code, details.get(code, "the request is not valid"), headers)
