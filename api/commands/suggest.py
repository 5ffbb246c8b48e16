"""`chartcoder suggest`: codes for one note, or for a file of notes."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.failures import FAILED, failures_reported, say
from codesets.errors import BadRequest

if TYPE_CHECKING:
    from api.json_input import Json
    from api.schemas import SuggestRequest

INTERRUPTED = 130
_PATIENT = "Patient"
_BATCH = "Batch"
_OPTIONS = {
    ("date_of_service",): "--date-of-service",
    ("setting",): "--setting",
    ("patient", "age"): "--age",
    ("patient", "sex"): "--sex",
    ("patient", "status"): "--patient-status",
}


@failures_reported()
def suggest(
    note: Annotated[
        str | None, typer.Argument(metavar="NOTE.txt", help="A text file in UTF-8, or - for standard input.")
    ] = None,
    date_of_service: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Default today; for an inpatient stay the date of discharge."),
    ] = None,
    setting: Annotated[
        str | None, typer.Option(metavar="outpatient|inpatient|ed", help="Default outpatient.")
    ] = None,
    age: Annotated[str | None, typer.Option(metavar="N", help="Age in years.", rich_help_panel=_PATIENT)] = None,
    sex: Annotated[str | None, typer.Option(metavar="F|M", rich_help_panel=_PATIENT)] = None,
    patient_status: Annotated[
        str | None,
        typer.Option(metavar="new|established", help="For visit levels.", rich_help_panel=_PATIENT),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one line of JSON.")] = False,
    batch: Annotated[
        Path | None, typer.Option(metavar="IN.jsonl", help="A file of notes.", rich_help_panel=_BATCH)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="OUT.jsonl", help="Where answers go.", rich_help_panel=_BATCH)
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, help="Processes; each takes some 300 MB.", rich_help_panel=_BATCH)
    ] = 1,
) -> None:
    """Suggest codes for a note, each with the words that support it, and list what was left out and why.

    Offsets count the characters of the note as received; a byte order mark does not count.

    With --batch, each line of IN.jsonl is {"id", "text", "date_of_service"?, "setting"?, "patient": {"age"?,
    "sex"?, "status"?}?}, and the same line of OUT.jsonl its answer, or {"id", "error": {"code", "message"}};
    empty lines do not count. A line without a date gets the day on which the command starts.

    Answers are collected in OUT.jsonl.part, which gets its name when all are there. After an interruption the
    same command continues where it stopped, and refuses a part that answers other notes. An OUT.jsonl that is
    already there is never replaced: where it answers these notes there is nothing to do, else it is refused;
    remove it to answer them again.

    Exit code 0: done. 1: done, but lines of the batch failed; or a fault of chartcoder's own. 2: bad input.
    130: stopped with Ctrl-C.
    """
    encounter = {
        "date_of_service": date_of_service,
        "setting": setting,
        "age": age,
        "sex": sex,
        "status": patient_status,
    }
    if batch is not None:
        if note is not None or as_json or any(v is not None for v in encounter.values()):
            raise BadRequest("--batch takes --out and --workers only: the encounter goes into each line")
        if out is None:
            raise BadRequest("--batch needs --out OUT.jsonl")
        _suggest_batch(batch, out, workers)
    elif note is None:
        raise BadRequest("name a note: chartcoder suggest NOTE.txt, or - for standard input")
    elif out is not None:
        raise BadRequest("--out needs --batch IN.jsonl")
    else:
        _suggest_one(note, encounter, as_json)


def _suggest_one(name: str, encounter: dict[str, str | None], as_json: bool) -> None:
    from api.note_file import read_note
    from api.ports import open_installed
    from api.replies import to_bytes, to_response
    from api.schemas import to_note
    from api.settings import load_settings
    from api.streams import table_console, write_line
    from api.table import print_answer

    limit = load_settings().max_note_bytes
    note = to_note(_request(read_note(name, limit), encounter), date.today(), limit)
    answer = open_installed().suggest(note)
    if as_json:
        write_line(to_bytes(to_response(answer)))
    else:
        print_answer(answer, note, table_console())


def _request(text: str, encounter: dict[str, str | None]) -> "SuggestRequest":
    from api.schemas import read_request

    age = encounter["age"]
    if age is not None and not (age.isascii() and age.isdecimal() and len(age) <= 3):
        raise BadRequest("--age: expected a number of years in digits")
    patient: dict[str, Json] = {
        "age": int(age) if age else None,
        "sex": encounter["sex"],
        "status": encounter["status"],
    }
    return read_request(
        {
            "text": text,
            "date_of_service": encounter["date_of_service"],
            "setting": encounter["setting"],
            "patient": patient,
        },
        _OPTIONS,
    )


def _suggest_batch(source: Path, target: Path, workers: int) -> None:
    from api.batch.run import part_of, run_batch

    try:
        result = run_batch(source, target, workers)
    except KeyboardInterrupt:
        part = part_of(target).name
        say(f"stopped; {part} keeps what is answered, the same command continues")
        raise typer.Exit(INTERRUPTED) from None
    say(result.summary())
    if result.failed:
        raise typer.Exit(FAILED)
