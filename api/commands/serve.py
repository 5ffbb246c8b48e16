"""`chartcoder serve`: the HTTP service."""

from typing import Annotated

import typer

from api.failures import failures_reported, say

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@failures_reported()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; default 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; default 8000.")] = None,
) -> None:
    """Serve suggestions and code search over HTTP on this machine; /openapi.json describes the addresses.

    CHARTCODER_HOST, CHARTCODER_PORT, CHARTCODER_MAX_NOTE_BYTES, CHARTCODER_REQUEST_TIMEOUT_S and
    CHARTCODER_MAX_WAITING are read from the environment; options win. Requests are not logged.
    """
    import uvicorn

    from api.app import create_app
    from api.settings import load_settings

    settings = load_settings()
    address = host or settings.host
    if address not in _LOOPBACK:
        say("plain HTTP beyond this machine: put a proxy with TLS and sign-in before it")
    uvicorn.run(
        create_app(settings),
        host=address,
        port=settings.port if port is None else port,
        access_log=False,
        server_header=False,
    )
