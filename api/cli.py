"""The command `chartcoder`. What a command needs is imported when it runs, so that help comes at once."""

import importlib
import traceback
from collections.abc import Callable
from typing import Any

import typer

from api.commands.search import search
from api.commands.serve import serve
from api.commands.suggest import suggest
from api.failures import failures_reported
from codesets.errors import BadRequest

BROKEN = 70
_FORWARDED = {
    "codesets": (
        "api.commands.codesets",
        "Code sets: which releases answer, what they say, installing them.",
    ),
    "eval": ("eval.cli", "Measure suggestions against coded notes."),
}


class CommandLine(typer.Typer):
    """A typer app that ends on an unexpected exception without showing what it was reading."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line; an unexpected exception is named by type and place, exit code 70."""
        try:
            return super().__call__(*args, **kwargs)
        except Exception as error:
            at = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{at.filename}:{at.lineno}"
            typer.echo(f"chartcoder: unexpected {type(error).__name__} at {place}: please report it", err=True)
            raise SystemExit(BROKEN) from None


main = CommandLine(
    name="chartcoder",
    help="Reads a clinical note and hands a medical coder ranked, explained codes, offline.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
)
main.command()(suggest)
main.command()(search)
main.command()(serve)


def _forward(name: str, module: str) -> Callable[[typer.Context], None]:
    """Return a command that passes its arguments to the app of a module, imported only then."""

    @failures_reported()
    def forward(context: typer.Context) -> None:
        try:
            app = importlib.import_module(module).app
        except ModuleNotFoundError as error:
            if error.name not in (module, module.partition(".")[0]):
                raise
            raise BadRequest(f"{name} is not part of this installation") from None
        app(context.args, prog_name=f"chartcoder {name}")

    return forward


for _name, (_module, _help) in _FORWARDED.items():
    main.command(
        _name,
        help=_help,
        add_help_option=False,
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )(_forward(_name, _module))
