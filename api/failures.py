"""How a command ends when something is wrong: one line on standard error and exit code 2."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from codesets.errors import ChartcoderError

BAD_INPUT = 2


@contextmanager
def failures_reported() -> Iterator[None]:
    """Turn a ChartcoderError into its message on one line of standard error and exit code 2.

    Works around a block (`with failures_reported():`) and as a decorator (`@failures_reported()`).
    """
    try:
        yield
    except ChartcoderError as error:
        typer.echo(f"chartcoder: {' '.join(str(error).split())}", err=True)
        raise typer.Exit(BAD_INPUT) from None
