"""Visits of short notes whose diagnoses the test names by their words."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from codesets.types import Code
from coding.types import Evidence, Suggestion
from coding.visits import VisitResult, suggest_visit
from coding.visits.scan import Scan
from nlp.pipeline import NoteReader
from nlp.types import Note, Patient, PatientStatus, Reading, Setting

DAY = date(2026, 9, 15)
ESTABLISHED = Patient(50, None, PatientStatus.ESTABLISHED)
NEW = Patient(50, None, PatientStatus.NEW)

Visits = Callable[..., VisitResult]
Scans = Callable[..., Scan]


def diagnoses_of(reading: Reading, words: Mapping[str, str]) -> list[Suggestion]:
    """Return a suggestion for each code, with the place of its words as evidence."""
    text = reading.note.text
    found = []
    for rank, (code, phrase) in enumerate(words.items(), 1):
        start = text.rindex(phrase)
        section = next(s.kind for s in reversed(reading.sections) if s.start <= start)
        evidence = Evidence(start, start + len(phrase), phrase, section)
        found.append(Suggestion(rank, Code.parse(code), code, 0.9, rank == 1, (evidence,)))
    return found


@pytest.fixture(scope="session")
def visit(reader: NoteReader) -> Visits:
    """Return the visit of a text: codes by their words, setting, patient, day, and the services beside it."""

    def answer(
        text: str,
        codes: Mapping[str, str] | None = None,
        setting: Setting = Setting.OUTPATIENT,
        patient: Patient = ESTABLISHED,
        day: date = DAY,
        services: tuple[str, ...] = (),
    ) -> VisitResult:
        reading = reader.read(Note(text, day, setting, patient))
        return suggest_visit(reading.note, reading, diagnoses_of(reading, codes or {}), services=services)

    return answer


@pytest.fixture(scope="session")
def scan(reader: NoteReader) -> Scans:
    """Return the scan of a text."""

    def scanned(text: str, patient: Patient = ESTABLISHED, setting: Setting = Setting.OUTPATIENT) -> Scan:
        return Scan(reader.read(Note(text, DAY, setting, patient)))

    return scanned
