"""What is billed beside the diagnoses of a note: its procedures and its visit, as service lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from codesets.procedures.shelf import PROCEDURE_SYSTEMS
from codesets.procedures.types import ProcedureSet
from codesets.registry import CodeSets
from codesets.types import CodeSystem
from coding.procedures.ambulance import is_ambulance_run
from coding.procedures.anesthesia import is_anesthesia_record
from coding.procedures.lines import service_lines
from coding.procedures.sets import ServiceSets, service_sets
from coding.types import Problem, Severity, Suggestion, Suppressed
from coding.visits.visit import suggest_visit
from nlp.procedures.reader import ServiceReader
from nlp.procedures.types import NoteKind
from nlp.protocols import AssertsMentions
from nlp.tokens import uniform_lines
from nlp.types import Reading

_MOST_OPEN = 8
_FEW_WORDS = 12
_REPORT_KINDS = frozenset({"indication", "procedure", "findings", "preop_diagnosis", "postop_diagnosis"})
_NONE = Problem(
    "procedure.none",
    Severity.INFO,
    (),
    "the note names no procedure of the code sets at hand that it says was done at this encounter",
)


@dataclass(frozen=True, slots=True)
class Billed:
    """The service lines, not yet ranked among the diagnoses; what was left out; what is wrong."""

    lines: tuple[Suggestion, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    problems: tuple[Problem, ...] = ()


class Billing:
    """Makes the service lines of notes. One per process: it holds the procedure sets with their phrases."""

    def __init__(self, code_sets: CodeSets) -> None:
        self._code_sets = code_sets
        self._opened: dict[tuple[int, ...], tuple[list[ProcedureSet], ServiceSets, ServiceReader]] = {}

    def release(self, system: CodeSystem, day: date) -> str:
        """Return the release of a system that answers on a day, 'none' without one."""
        procedures = self._code_sets.procedures(system, day)
        return procedures.code_set.release if procedures else "none"

    def bill(self, reading: Reading, diagnoses: Sequence[Suggestion], asserter: AssertsMentions) -> Billed:
        """Return the service lines of a note whose diagnoses are suggested; without a procedure set none."""
        note = reading.note
        opened = self._open(note.date_of_service)
        if opened is None:
            return Billed()
        sets, reader = opened
        text = uniform_lines(note.text)
        words = reader.read_words(text, reading.tokens, reading.sentences, reading.sections, note.date_of_service)
        found = service_lines(note, words, diagnoses, sets)
        codes = tuple(line.code.value for line in found.lines)
        is_report = words.kind is not NoteKind.VISIT or is_anesthesia_record(note.text) or is_ambulance_run(note.text)
        visit = suggest_visit(
            note,
            reading,
            diagnoses,
            services=codes,
            is_report=is_report,
            tokens=reading.tokens,
            asserter=asserter,
        )
        visits = [v for v in visit.suggestions if v.code.value in sets.by_value and v.code.value not in codes]
        if words.kind is NoteKind.IMAGING and codes:
            visits = []
        lines = (*found.lines, *visits)
        says_why = not lines and (is_report or _is_of_care(reading, diagnoses))
        return Billed(lines, found.suppressed, (*found.problems, *visit.problems, *((_NONE,) if says_why else ())))

    def _open(self, day: date) -> tuple[ServiceSets, ServiceReader] | None:
        held = [s for s in (self._code_sets.procedures(system, day) for system in PROCEDURE_SYSTEMS) if s is not None]
        if not held:
            return None
        key = tuple(id(one) for one in held)
        bundles = self._code_sets.bundles(day)
        if key not in self._opened:
            if len(self._opened) == _MOST_OPEN:
                self._opened.pop(next(iter(self._opened)))
            sets = service_sets(held, bundles)
            self._opened[key] = held, sets, ServiceReader(sets.phrases)
        _, sets, reader = self._opened[key]
        return replace(sets, bundles=bundles), reader


def _is_of_care(reading: Reading, diagnoses: Sequence[Suggestion]) -> bool:
    """Tell whether a note tells of care: a diagnosis and a heading, a report's heading, more than a few words."""
    kinds = {s.kind for s in reading.sections if s.heading}
    return bool(kinds and diagnoses) or bool(kinds & _REPORT_KINDS) or len(reading.tokens) >= _FEW_WORDS
