"""Options that several commands share."""

from datetime import date
from typing import Annotated

import typer

from codesets.errors import BadRequest

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


def parse_day(text: str | None, option: str) -> date | None:
    """Return the day that an option states, None where it is absent; raises BadRequest naming the option."""
    from api.schemas import to_day

    try:
        return to_day(text) if text is not None else None
    except ValueError as error:
        raise BadRequest(f"{option}: {error}") from None
