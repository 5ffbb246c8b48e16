"""How a request is read: what it accepts, its body within limits, and the reception that it goes to."""

import asyncio
from typing import cast

from starlette.requests import Request

from api.json_input import Json, read_json
from api.lanes import Reception
from api.problems import RequestRefused
from api.schemas import NoteTooLarge
from api.settings import Settings

_JSON_RANGES = ("application/json", "application/*", "*/*")


def reception(request: Request) -> Reception:
    """Return the reception of the app."""
    return cast(Reception, request.app.state.reception)


def settings(request: Request) -> Settings:
    """Return the settings of the app."""
    return cast(Settings, request.app.state.settings)


async def json_accepted(request: Request) -> None:
    """Raise RequestRefused (406) where the caller accepts no JSON."""
    accepted = ",".join(request.headers.getlist("accept"))
    if accepted.strip() and not any(_accepts_json(part) for part in accepted.split(",")):
        raise RequestRefused("not_acceptable", "the answer is application/json: accept it")


def _accepts_json(media_range: str) -> bool:
    kind, parameters = _parts(media_range)
    return kind in _JSON_RANGES and parameters.get("q", "1").strip("0.") != ""


async def read_body(request: Request) -> Json:
    """Return the JSON of the body; raises RequestRefused (415), NoteTooLarge (413) or BadRequest (422)."""
    kind, parameters = _parts(request.headers.get("content-type", ""))
    if kind != "application/json" or parameters.get("charset", "utf-8") not in ("utf-8", "utf8"):
        raise RequestRefused("unsupported_media_type", "send the body as Content-Type: application/json")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RequestRefused("unsupported_media_type", "send the body without Content-Encoding")
    limits = settings(request)
    try:
        async with asyncio.timeout(limits.request_timeout_s):
            return read_json(await _bytes(request, limits.max_body_bytes))
    except TimeoutError:
        raise RequestRefused("timeout", "the body did not arrive in time: send it again") from None


async def _bytes(request: Request, max_bytes: int) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdecimal() and (len(length) > 15 or int(length) > max_bytes):
        raise _too_large(max_bytes)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise _too_large(max_bytes)
    return bytes(body)


def _too_large(max_bytes: int) -> NoteTooLarge:
    return NoteTooLarge(f"the body has more than {max_bytes:,} bytes: send one encounter at a time")


def _parts(header: str) -> tuple[str, dict[str, str]]:
    """Return the media type and the parameters of a header, all in lower case."""
    kind, *parameters = (part.strip() for part in header.lower().split(";"))
    pairs = (parameter.partition("=") for parameter in parameters)
    return kind, {name.strip(): value.strip().strip('"') for name, _, value in pairs}
