"""The gold notes: text, the final codes with the words that support them, and what must not be coded."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from codesets.errors import BadRequest
from eval.sources import data_folder
from nlp.types import Note, Patient, PatientStatus, Setting, Sex

FOLDER = Path(__file__).parents[1] / "gold"
Split = Literal["tune", "report"]
Span = tuple[int, int]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldCode(_Row):
    """A final ICD-10-CM code (with its dot) and the spans that support it."""

    code: str
    evidence: tuple[Span, ...]


class GoldService(_Row):
    """A final CPT or HCPCS line."""

    system: Literal["cpt", "hcpcs"]
    code: str
    modifiers: tuple[str, ...]
    units: int
    evidence: tuple[Span, ...]


class Trap(_Row):
    """A code that the words at `evidence` tempt to, and why it must not be suggested."""

    code: str
    reason: str
    evidence: tuple[Span, ...]


class Label(_Row):
    """The label of one note; offsets are code points, end excluded."""

    id: str
    specialty: str | None
    setting: Setting
    date_of_service: date
    age: int | None
    sex: Sex | None
    status: PatientStatus | None
    first_listed: str | None
    codes: tuple[GoldCode, ...]
    procedures: tuple[GoldService, ...]
    traps: tuple[Trap, ...]


@dataclass(frozen=True, slots=True)
class GoldNote:
    """A note with its label."""

    note: Note
    label: Label


def read_own(split: Split) -> list[GoldNote]:
    """Return the notes that were written for chartcoder."""
    return _written(FOLDER / f"own-{split}.jsonl")


def read_services(split: Split) -> list[GoldNote]:
    """Return the notes that were written for service lines; their diagnoses are not labelled."""
    return _written(FOLDER / f"services-{split}.jsonl")


def _written(labels: Path) -> list[GoldNote]:
    return [gold_note((FOLDER / "notes" / f"{x.id}.txt").read_text(encoding="utf-8"), x) for x in read_labels(labels)]


def read_mtsamples(split: Split) -> list[GoldNote]:
    """Return the labelled notes of MTSamples; raises BadRequest where the public data is absent."""
    return with_texts(read_labels(FOLDER / f"mtsamples-{split}.jsonl"))


def with_texts(labels: list[Label]) -> list[GoldNote]:
    """Return labels of MTSamples with their texts; raises BadRequest where the public data is absent."""
    path = data_folder() / "notes" / "mtsamples.jsonl"
    if not path.is_file():
        raise BadRequest("CHARTCODER_DATA: the folder does not hold notes/mtsamples.jsonl")
    with path.open(encoding="utf-8") as file:
        texts: dict[str, str] = {row["id"]: row["text"] for row in map(json.loads, file)}
    return [gold_note(texts[x.id], x) for x in labels]


def read_labels(path: Path) -> list[Label]:
    """Return the labels of a JSON Lines file; raises BadRequest naming the line that does not fit."""
    labels = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            labels.append(Label.model_validate_json(line))
        except ValidationError:
            raise BadRequest(f"{path.name}: line {number} is not a label") from None
    return labels


def gold_note(text: str, label: Label) -> GoldNote:
    """Return a label with its note."""
    patient = Patient(label.age, label.sex, label.status)
    return GoldNote(Note(text, label.date_of_service, label.setting, patient), label)


def as_row(label: Label) -> dict[str, Any]:
    """Return a label as the JSON object of its line."""
    return label.model_dump(mode="json")
