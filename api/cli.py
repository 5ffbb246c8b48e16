"""The command `chartcoder`. What a command needs is imported when it runs, so that help comes at once."""

import importlib
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated

import typer
from typer.main import get_command

from api.commands.search import search
from api.commands.serve import serve
from api.commands.suggest import suggest
from api.failures import Commands, failures_reported
from codesets.errors import BadRequest

_FORWARDED = {
    "codesets": (
        "api.commands.codesets",
        "Code sets: which releases answer, what they say, installing them.",
    ),
    "rules": ("api.commands.rules", "Rules: what decides, with worked cases."),
    "claim": ("api.commands.claim", "Claims: accepted codes to a clean claim; scrubbing; an independent check."),
    "eval": ("eval.cli", "Measure suggestions against coded notes."),
}

main = typer.Typer(
    name="chartcoder",
    cls=Commands,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
)
main.command()(suggest)
main.command()(search)
main.command()(serve)


@main.callback(invoke_without_command=True)
@failures_reported()
def _root(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Reads a clinical note and hands a medical coder ranked, explained codes, offline."""
    if show_version:
        typer.echo(f"chartcoder {version('chartcoder')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), nl=False)
        raise BadRequest("name a command")


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
        code = get_command(app).main(context.args, prog_name=f"chartcoder {name}", standalone_mode=False)
        raise typer.Exit(code if isinstance(code, int) else 0)

    return forward


for _name, (_module, _help) in _FORWARDED.items():
    main.command(
        _name,
        help=_help,
        add_help_option=False,
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )(_forward(_name, _module))
