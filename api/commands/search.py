"""`chartcoder search`: codes by words."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from api.failures import failures_reported, say
from codesets.errors import BadRequest

if TYPE_CHECKING:
    from api.code_replies import HitReply

_MOST_CHARS = 200


@failures_reported()
def search(
    words: Annotated[str, typer.Argument(help="Words, abbreviations, misspellings, or a code.")],
    system: Annotated[
        str | None, typer.Option(metavar="icd10cm|cpt|hcpcs", help="Default all that are at hand.")
    ] = None,
    limit: Annotated[int, typer.Option("-n", min=1, max=100, help="How many codes at most.")] = 10,
    date_of_service: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The codes must hold on this day; default today.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Search codes by words in any order, misspelled, abbreviated or half typed, or by a code's beginning."""
    from api.commands.options import parse_day
    from api.lookup import search_hits, search_reply, warnings_of
    from api.ports import open_installed
    from api.replies import to_bytes
    from api.streams import write_line
    from codesets.types import CodeSystem

    if not words.strip() or len(words) > _MOST_CHARS:
        raise BadRequest(f"give 1 to {_MOST_CHARS} characters to search for")
    if system is not None and system not in list(CodeSystem):
        raise BadRequest("--system: expected icd10cm, cpt or hcpcs")
    day = parse_day(date_of_service, "--date-of-service") or date.today()
    suggester = open_installed()
    question = (suggester, words, limit, CodeSystem(system) if system else None, day)
    if as_json:
        write_line(to_bytes(search_reply(*question)))
    else:
        _print_hits(search_hits(*question))
    for warning in warnings_of(suggester.code_sets, CodeSystem(system) if system else None, day):
        say(warning.message)


def _print_hits(hits: "list[tuple[HitReply, str]]") -> None:
    from rich.table import Table
    from rich.text import Text

    from api.streams import table_console

    console = table_console()
    if not hits:
        console.print("No code found: try fewer or other words.")
        return
    table = Table("Score", "System", "Code", "Display", "Matched", box=None, pad_edge=False, header_style="dim")
    for hit, term in hits:
        matched = "" if term == hit.display else term
        code = Text(hit.code, "bold green")
        table.add_row(f"{hit.score:.2f}", hit.system, code, Text(hit.display), Text(matched, "dim"))
    console.print(table)
