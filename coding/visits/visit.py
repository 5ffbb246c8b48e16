"""The visit of a note: its family, its level with the reasons, and the service lines that follow.

Sources: the AMA's guidelines of evaluation and management (office visits from 2021, other families from 2023, least
minutes from 2024). A level is never raised on ambiguous words.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from coding.types import Problem, Prompt, Severity, Suggestion
from coding.visits.checkups import after_surgery, eye_exam, newborn, preventive, psychiatric
from coding.visits.codes import is_supported
from coding.visits.document import SILENT, Document, read_document
from coding.visits.levelled import LevelledVisit, total_time
from coding.visits.lines import Line, suggestion_of
from coding.visits.minutes import Minutes, read_minutes
from coding.visits.scan import Scan
from coding.visits.timed import counselling, critical_care, discharge_day, neonatal_day
from coding.visits.types import Basis, Family, VisitLevel, VisitResult
from nlp.protocols import AssertsMentions
from nlp.tokens import Tokens
from nlp.types import Note, Reading, Setting

_EMPTY = "empty"
_NOTE_HEADINGS = 2


def suggest_visit(
    note: Note,
    reading: Reading,
    diagnoses: Sequence[Suggestion],
    *,
    services: Collection[str] = (),
    is_report: bool = False,
    tokens: Tokens | None = None,
    asserter: AssertsMentions | None = None,
) -> VisitResult:
    """Return the service lines of the note's visit; `services` are the codes that are billed beside it.

    `is_report` tells a note in the form of a report of an operation or a test; `tokens` are the note's and `asserter`
    the pipeline's, where the caller has them. Without a visit a problem says why, but for a fragment.
    """
    scan = Scan(reading, tokens, asserter)
    minutes = read_minutes(scan)
    document = read_document(scan, note.setting or Setting.OUTPATIENT, minutes, services, is_report=is_report)
    if document.family is None:
        headings = sum(s.heading is not None for s in reading.sections)
        is_fragment = document.reason == _EMPTY and headings < _NOTE_HEADINGS
        return VisitResult(None, (), () if is_fragment else (_none(document.reason),))
    visit = _Visit(scan, document, minutes, diagnoses, services)
    level, lines = visit.lines_of(document.family)
    if not lines:
        return VisitResult(None, (), tuple(visit.problems))
    lines += counselling(scan, minutes)
    suggestions = tuple(suggestion_of(line, rank, diagnoses) for rank, line in enumerate(lines, 1))
    return VisitResult(level, suggestions, tuple(visit.problems))


def _none(reason: str) -> Problem:
    return Problem("visit.none", Severity.INFO, (), f"no visit code: {SILENT[reason]}")


class _Visit:
    """One visit under way: what was read, and the problems so far."""

    def __init__(
        self,
        scan: Scan,
        document: Document,
        minutes: list[Minutes],
        diagnoses: Sequence[Suggestion],
        services: Collection[str],
    ) -> None:
        self.scan, self.document, self.minutes = scan, document, minutes
        self.diagnoses, self.services = diagnoses, services
        self.problems: list[Problem] = []
        self._total = total_time(minutes)

    def lines_of(self, family: Family) -> tuple[VisitLevel | None, list[Line]]:
        """Return the level and the lines of a family; none with a problem that says why."""
        scan, words, is_initial = self.scan, self.document.evidence, self._is_initial()
        match family:
            case Family.HOSPITAL_DISCHARGE | Family.FACILITY_DISCHARGE:
                lines = [discharge_day(scan, self.minutes, in_facility=family is Family.FACILITY_DISCHARGE)]
            case Family.CRITICAL_CARE:
                is_inpatient = scan.reading.note.setting is Setting.INPATIENT
                lines = critical_care(scan, self.minutes, is_inpatient=is_inpatient, is_initial=is_initial)
            case Family.CRITICAL_NEONATE:
                lines = [neonatal_day(scan, words, is_initial=is_initial)]
            case Family.NEWBORN:
                lines = [newborn(words, is_initial=is_initial)]
            case Family.POSTOP:
                lines = [after_surgery(words)]
            case Family.EYE:
                lines = [eye_exam(scan, words)]
            case Family.PSYCHIATRIC:
                intake = psychiatric(scan, words, self.services)
                lines = [intake] if intake else []
            case Family.PREVENTIVE:
                lines = self._preventive()
            case _:
                return self._levelled(family)
        if not lines:
            return None, []
        minutes = self._total.minutes if self._total else None
        return VisitLevel(family, lines[0].code, Basis.FACT, minutes=minutes), lines

    def _is_initial(self) -> bool:
        kinds = {h.value for h in self.scan.of("document")}
        return "admission" in kinds and "progress" not in kinds

    def _preventive(self) -> list[Line]:
        """Return the checkup, and the visit for a problem that the note says was separate."""
        age = self.scan.reading.note.patient.age
        line = None if age is None else preventive(self.scan, self.document.evidence, age)
        if line is None:
            message = "the patient's age is not known: preventive visits go by age"
            self.problems.append(Problem("visit.age", Severity.WARNING, (), message))
            return []
        if any(self.scan.is_not_denied(h) for h in self.scan.of("separate")):
            return [line, *self._levelled(Family.OFFICE)[1]]
        message = "a problem worked up beyond the checkup is a visit of its own (25) where documented as separate"
        return [replace(line, prompts=(*line.prompts, Prompt("visit.separate_problem", message, None)))]

    def _levelled(self, family: Family) -> tuple[VisitLevel | None, list[Line]]:
        if not is_supported(family, self.scan.reading.note.date_of_service):
            since = "2021" if family is Family.OFFICE else "2023"
            message = f"levels of this family before {since} went by history and examination: not supported"
            self.problems.append(Problem("visit.unsupported_date", Severity.WARNING, (), message))
            return None, []
        visit = LevelledVisit(self.scan, self.document, family, self.diagnoses, self.services, self._total)
        if visit.silence is not None:
            self.problems.append(_none(visit.silence))
            return None, []
        return visit.level(), visit.lines()
