"""A visit that goes by decision making or total time: its level, its line, and what the coder is asked."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from coding.types import Evidence, Prompt, Suggestion
from coding.visits.checkups import status_prompt
from coding.visits.codes import CONSULTS, code_of, procedure
from coding.visits.content import decides
from coding.visits.data import assess_data
from coding.visits.document import Document
from coding.visits.level import Decision, Elements, decide, level_of_minutes, runner_up
from coding.visits.lines import Line
from coding.visits.minutes import Minutes, Spent
from coding.visits.problems import assess_problems, treated
from coding.visits.risk import assess_risk
from coding.visits.scan import Scan
from coding.visits.status import patient_status
from coding.visits.timed import prolonged
from coding.visits.types import Basis, Complexity, Family, VisitLevel
from nlp.types import PatientStatus

_SHOWN = 6
_PART_CHARS = 120
_SCORES = {"time": 0.9, "stated": 0.9, "mdm": 0.75, "doubt": 0.55, "status": 0.5}
_ACUTE = frozenset({Family.ED, Family.HOSPITAL_INITIAL, Family.HOSPITAL_SUBSEQUENT})
_INPATIENT = frozenset({Family.HOSPITAL_INITIAL, Family.HOSPITAL_SUBSEQUENT})
_TWO_STATUSES = frozenset({Family.OFFICE, Family.HOME})
_TELEHEALTH = {"video": "95", "audio": "93"}
_TESTS = ("9327", "9328", "9329", "958", "959")
_SURGERY = ("1", "2", "3", "4", "5", "6")
_SHORT_GLOBAL = frozenset({"000", "010"})


class LevelledVisit:
    """The elements and the decision of one visit; without a `code`, `silence` (a reason of the document) says why."""

    def __init__(
        self,
        scan: Scan,
        document: Document,
        family: Family,
        diagnoses: Sequence[Suggestion],
        services: Collection[str],
        total: Minutes | None,
    ) -> None:
        is_acute, is_inpatient = family in _ACUTE, family in _INPATIENT
        self.scan, self.document, self.family, self.services, self.total = scan, document, family, services, total
        risk = assess_risk(scan, services, is_acute_care=is_acute, is_inpatient=is_inpatient)
        problems = assess_problems(
            scan,
            diagnoses,
            is_acute_care=is_acute,
            is_emergency=family is Family.ED,
            is_admission=family is Family.HOSPITAL_INITIAL,
        )
        data = assess_data(scan, services, is_acute_care=is_acute)
        self.elements = Elements(treated(problems, risk), data, risk)
        self.stated = _stated(scan)
        self.status, self.words = patient_status(scan) if family in _TWO_STATUSES else (None, ())
        self._told = (self.status or PatientStatus.ESTABLISHED) if family in _TWO_STATUSES else None
        minutes = total.minutes if total else None
        by_time = level_of_minutes(family, minutes, self._told, self._day)
        self.decision = decide(self.elements, self.stated, by_time)
        self.code = self._code()

    @property
    def _day(self) -> date:
        return self.scan.reading.note.date_of_service

    @property
    def silence(self) -> str | None:
        """The reason why there is no visit to code, or None."""
        elements = self.elements
        if self.family is Family.OFFICE and self._is_part_of_service():
            return "part"
        if elements.problems.evidence or elements.data.evidence or self.total is not None or decides(self.scan):
            return None
        return "empty"

    def _is_part_of_service(self) -> bool:
        """Tell whether the note shows nothing beyond what is billed beside the visit."""
        said = self.scan.of("separate") or self.scan.of("risk", "surgery") or self.stated or self.total
        billed = any(_has_own_work(c) for c in self.services)
        little = max(self.elements.data.level, self.elements.risk.level) <= Complexity.LOW
        return billed and not said and little

    def _code(self) -> str:
        level = self.decision.level
        if self.family is Family.OFFICE and self.scan.of("tcm") and self.scan.of("contact", "days"):
            if level is Complexity.HIGH and self.scan.of("contact", "week"):
                return "99496"
            if level >= Complexity.MODERATE:
                return "99495"
        found = code_of(self.family.value, level, self._told)
        return found.code.value if found else ""

    def level(self) -> VisitLevel:
        """Return the level with its reasons."""
        minutes = self.total.minutes if self.total else None
        beside = runner_up(self.family, self.elements, self.decision, self._told, self._day)
        problems, data, risk = self.elements.problems, self.elements.data, self.elements.risk
        return VisitLevel(
            self.family, self.code, self.decision.basis, self.decision.level, problems, data, risk, minutes, beside
        )

    def lines(self) -> list[Line]:
        """Return the visit's line, and the prolonged one where the level goes by time."""
        visit = self.level()
        line = self._with_both(self._line(visit))
        more = prolonged(self.scan, self.code, self.total) if visit.basis is Basis.TIME else None
        return [line, more] if more else [line]

    def _line(self, visit: VisitLevel) -> Line:
        prompts, alternatives = self._prompts()
        if visit.runner_up is not None:
            alternatives.insert(0, visit.runner_up.code)
        return Line(
            visit.code,
            self._evidence() or (*self.document.evidence, *self.words),
            _detail(visit, self.decision),
            _SCORES[self._grounds()],
            modifiers=self._modifiers(),
            alternatives=tuple(alternatives),
            prompts=tuple(prompts),
        )

    def _grounds(self) -> str:
        if self.decision.basis is Basis.TIME:
            return "time"
        if self.stated is self.decision.level:
            return "stated"
        return "doubt" if self.decision.doubt else "mdm"

    def _evidence(self) -> tuple[Evidence, ...]:
        """Return the words of the time, or of the elements that reach the level."""
        elements = (self.elements.problems, self.elements.data, self.elements.risk)
        found = [e for x in elements if x.level >= self.decision.level for e in x.evidence[:2]]
        if self.total is not None and self.decision.basis is Basis.TIME:
            found.insert(0, self.scan.evidence_of(self.total.start, self.total.end))
        return tuple(dict.fromkeys(found))[:_SHOWN]

    def _prompts(self) -> tuple[list[Prompt], list[str]]:
        """Return what the coder is asked, and the codes that an answer may bring in."""
        prompts, codes = [], []
        if self.decision.doubt:
            prompts.append(Prompt("visit.ambiguous", self.decision.doubt, None))
        consult = CONSULTS.get(self.family) if self.document.is_consult else None
        other = code_of(consult, self.decision.level) if consult else None
        if other is not None:
            message = "a payer who takes consultation codes wants one where request and report are documented"
            prompts.append(Prompt("visit.consultation", message, None))
            codes.append(other.code.value)
        done = [h for h in self.scan.of("performed") if self.scan.is_not_denied(h)]
        if self.family not in _INPATIENT and (self.services or done):
            said = "says that it was separate" if self.scan.of("separate") else "must show separate work"
            message = f"a procedure or test is billed with this visit: modifier 25 where the note {said}"
            prompts.append(Prompt("visit.modifier_25", message, None))
        return prompts, codes

    def _modifiers(self) -> tuple[str, ...]:
        said = [h for h in self.scan.of("telehealth") if self.scan.is_said(h)]
        return (_TELEHEALTH[said[0].value],) if said else ()

    def _with_both(self, line: Line) -> Line:
        """Return the line of an unknown status with the code of a new patient beside it."""
        if self.family not in _TWO_STATUSES or self.status is not None:
            return line
        other = code_of(self.family.value, self.decision.level, PatientStatus.NEW)
        if other is None:
            return line
        new = other.code.value
        prompts = (status_prompt(line.code, new), *line.prompts)
        score = min(line.score, _SCORES["status"])
        return replace(line, alternatives=(new, *line.alternatives), prompts=prompts, score=score)


def _has_own_work(code: str) -> bool:
    """Tell whether a visit beside a code needs work of its own: minor surgery, device checks, studies of nerves."""
    found = procedure(code) if code.startswith(_SURGERY) else None
    return code.startswith(_TESTS) or (found is not None and found.global_days in _SHORT_GLOBAL)


def total_time(minutes: Sequence[Minutes]) -> Minutes | None:
    """Return the total time on the date: the last that is stated, not a part told right after ('15 of which')."""
    total = None
    for stated in (m for m in minutes if m.spent is Spent.TOTAL):
        if total is None or stated.minutes >= total.minutes or stated.start - total.end > _PART_CHARS:
            total = stated
    return total


def _stated(scan: Scan) -> Complexity | None:
    """Return the level that the clinician states, the lowest of several."""
    said = [Complexity[h.value.upper()] for h in scan.of("stated") if scan.is_not_denied(h)]
    return min(said, default=None)


def _detail(visit: VisitLevel, decision: Decision) -> str:
    """Return the decision in one sentence: basis, elements, and what would change it."""
    parts = [f"{visit.minutes} minutes reach {decision.level.word}"] if visit.basis is Basis.TIME else []
    for name, x in (("problems", visit.problems), ("data", visit.data), ("risk", visit.risk)):
        if x is not None:
            parts.append(f"{name} {x.level.word} ({x.words})")
    if visit.runner_up is not None:
        parts.append(f"next {visit.runner_up.code}: {visit.runner_up.fact}")
    return "; ".join(parts)
