"""What goes in: the fields of `POST /suggest` and of a batch line, and the note they make."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.json_input import MAX_INTEGER, Json
from api.validation import Spelling, validated
from codesets.errors import BadNote
from nlp.types import Note, Patient, PatientStatus, Setting, Sex

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


class NoteTooLarge(BadNote):
    """The note has more bytes than the settings allow."""

    code = "too_large"


def read_day(value: object) -> object:
    """Return the date that `YYYY-MM-DD` spells; values that are not strings pass for the model to refuse."""
    return to_day(value) if isinstance(value, str) else value


def to_day(text: str) -> date:
    """Return the date that `YYYY-MM-DD` spells; raises ValueError, whose message does not repeat the text."""
    if not _DAY.match(text):
        raise ValueError("expected a date as YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("no such day in the calendar") from None


Day = Annotated[date, BeforeValidator(read_day)]
_NO_NUL = r"^[^\u0000]*$"
_SAYS_SOMETHING = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
Identifier = (
    Annotated[str, Field(min_length=1, max_length=200, json_schema_extra={"pattern": _NO_NUL})]
    | Annotated[int, Field(ge=-MAX_INTEGER, le=MAX_INTEGER)]
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PatientFields(_Strict):
    """What the request says of the patient."""

    age: Annotated[int, Field(ge=0, le=130)] | None = Field(default=None, description="Age in years.")
    sex: Literal["F", "M"] | None = Field(default=None, description="Administrative sex.")
    status: Literal["new", "established"] | None = Field(default=None, description="Office visit levels need it.")


class SuggestRequest(_Strict):
    """A note and its encounter."""

    text: str = Field(
        description="The note; the answer's offsets refer to it as it was sent.",
        json_schema_extra={"pattern": _SAYS_SOMETHING},
    )
    date_of_service: Day | None = Field(
        default=None, description="Default today; for an inpatient stay the date of discharge."
    )
    setting: Literal["outpatient", "inpatient", "ed"] | None = Field(
        default=None, description="Outpatient is assumed without it; `ed` follows the outpatient diagnosis rules."
    )
    patient: PatientFields | None = None
    id: Identifier | None = Field(default=None, description="Returned as the first field of the answer.")


class BatchLine(SuggestRequest):
    """A line of a batch file: the same fields, and an id."""

    id: Identifier = Field(description="Returned as the first field of the line's answer.")


_FIELDS = {(): tuple(SuggestRequest.model_fields), ("patient",): tuple(PatientFields.model_fields)}


def read_request(value: Json, spelling: Spelling | None = None) -> SuggestRequest:
    """Return the request in a JSON value; raises BadRequest naming the wrong fields, never a value."""
    return validated(SuggestRequest, value, _FIELDS, spelling)


def read_batch_line(value: Json) -> BatchLine:
    """Return the batch line in a JSON value; raises BadRequest naming the fields that are wrong."""
    return validated(BatchLine, value, _FIELDS)


def to_note(request: SuggestRequest, today: date, max_note_bytes: int) -> Note:
    """Return the note that a request carries; `today` where it names no date. Raises NoteTooLarge."""
    check_size(len(request.text.encode()), max_note_bytes)
    said = request.patient or PatientFields()
    return Note(
        request.text,
        request.date_of_service or today,
        Setting(request.setting) if request.setting else None,
        Patient(
            said.age,
            Sex(said.sex) if said.sex else None,
            PatientStatus(said.status) if said.status else None,
        ),
    )


def check_size(note_bytes: int, max_note_bytes: int) -> None:
    """Raise NoteTooLarge where a note has more bytes of UTF-8 than is allowed."""
    if note_bytes > max_note_bytes:
        raise NoteTooLarge(f"the note has more than {max_note_bytes:,} bytes: send one encounter at a time")
