"""How a command ends when something is wrong: one line on standard error and an exit code of the contract."""

import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from codesets.errors import ChartcoderError

FAILED = 1
BAD_INPUT = 2
_OPTION = re.compile(r"--?[a-z][a-z-]{0,29}")


def say(message: str) -> None:
    """Write a message on one line of standard error."""
    typer.echo(f"chartcoder: {' '.join(message.split())}", err=True)


@contextmanager
def failures_reported() -> Iterator[None]:
    """Turn a ChartcoderError into its message on one line of standard error and exit code 2.

    Works around a block (`with failures_reported():`) and as a decorator (`@failures_reported()`).
    """
    try:
        yield
    except ChartcoderError as error:
        say(str(error))
        raise typer.Exit(BAD_INPUT) from None


class Commands(TyperGroup):
    """The group of all commands: a wrong call and an unexpected exception end in one line too.

    Neither line holds what was typed or read: an exception is named by its type and place, a wrong call by the
    option or argument.
    """

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line: exit code 2 for a wrong call, 1 for an unexpected exception."""
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except typer.TyperException as error:
            say(wrong_call(error))
            code = BAD_INPUT
        except Exception as error:
            at = traceback.extract_tb(error.__traceback__)[-1]
            say(f"unexpected {type(error).__name__} at {at.filename}:{at.lineno}: please report it")
            code = FAILED
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else 0)
        return code


def wrong_call(error: typer.TyperException) -> str:
    """Return what is wrong with a call of a command and where its help is; no value that was typed."""
    context = getattr(error, "ctx", None)
    return f"{_defect(error)}: see {context.command_path} --help" if context else _defect(error)


def _defect(error: typer.TyperException) -> str:
    param, option = getattr(error, "param", None), getattr(error, "option_name", None)
    if param is not None:
        name = max(param.opts, key=len) if param.param_type_name == "option" else param.metavar or param.name.upper()
        return f"{name}: {_expected(error.message)}" if error.message else f"{name} is missing"
    if option is not None and hasattr(error, "possibilities"):
        near = " or ".join(sorted(error.possibilities or ()))
        named = f"no such option {option}" if _OPTION.fullmatch(option) else "no such option"
        return f"{named} (did you mean {near}?)" if near else named
    if option is not None:
        return f"{option}: takes no value" if "does not take" in error.message else f"{option}: expected a value"
    if error.message.startswith("Got unexpected extra"):
        return "there are more words than the command takes; words with spaces go between quotes"
    return "name a command" if error.message.startswith("Missing command") else "no such command"


def _expected(message: str) -> str:
    from api.validation import expected

    return expected(message)
