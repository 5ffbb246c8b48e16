"""Whether a named procedure was done at this encounter, by the part of the note and the words around the name."""

import re
from collections.abc import Sequence

from codesets.procedures.types import Procedure
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import (
    in_house,
    monitors,
    part_of_operation,
    read_by_clinician,
    result_line,
    told_in_findings,
    words_of,
)
from coding.procedures.types import Done, Group, Verdict
from nlp.procedures.types import Cue, CueKind, Named, NoteKind, Part
from nlp.types import Setting, Span

_AGAINST = (CueKind.PLAN, CueKind.DECLINED, CueKind.PAST)
_BREAKS = frozenset({".", ";", "\n", "but", "then"})
_ENDS_DENIAL = frozenset({",", "contrast"})
_ADJACENT = 3
_BY_ME = frozenset(
    {"by me", "my read", "my interpretation", "my reading", "i read", "i interpreted", "per my read", "personally"}
    | {
        "interpreted by me",
        "read by me",
        "reviewed by me",
        "bedside",
        "at bedside",
        "images saved",
        "images archived",
    }
)
_IN_HOUSE = frozenset(
    {"in office", "in the office", "in clinic", "in the clinic", "point of care", "point-of-care", "poc", "in house"}
    | {"in-house", "bedside", "in our office", "in room"}
)
_OF_SECTION = frozenset({Group.SURGERY, Group.IMAGING, Group.MEDICINE, Group.DRUG})
_PART_OF_REPORTS = frozenset({Group.DRUG, Group.SUPPLY, Group.LABORATORY, Group.VACCINE, Group.OTHER})
_REMOVALS = frozenset({"removal", "remove", "removed", "removing", "explant", "explantation", "discontinuation"})
_TAKING_OUT = re.compile(
    r"remov|excis|ectom|extract|explant|\bout\b|\b(?:take|taken|taking|cut|cutting)\b|\b(?:strip|shav)"
)
_WAS = frozenset({"was", "were", "is", "are"})
_PLACINGS = frozenset({",", ".", ";", "with", "then", "placement", "insertion", "replacement", "exchange"})
_REMOVING = frozenset({"removal", "explantation", "discontinuation"})
_TAKEN = frozenset({"performed", "obtained", "acquired"})
_VERB_REACH = 4
_REMOVAL_REACH = 7
_SEDATION = "sedation-same-provider"
_DOSE_REACH = 12
_COLON_REACH = 4
_VACCINE_REACH = 40
_DISPENSED_REACH = 12
_VOLUMES = frozenset({"ml", "cc"})
_BRACKET = 6
_PAST_SECTIONS = frozenset({"psh", "pmh", "problem_list", "hpi"})
_WITHIN = frozenset({CueKind.RESULT, CueKind.ACT, CueKind.HERE, CueKind.DECLINED})
_Near = dict[CueKind, tuple[int, Cue]]


class Judge:
    """Judges the names of one note."""

    def __init__(self, place: Surroundings, setting: Setting) -> None:
        self._place = place
        self._reading = place.reading
        self._setting = setting

    def judge(self, named: Named, group: Group, procedures: Sequence[Procedure]) -> Verdict:
        """Return whether one of the procedures that a name means was done, and the words that say so."""
        families = list(dict.fromkeys(p.family for p in procedures))
        removes = any(_takes_out(p) for p in procedures)
        part = self._place.part(named)
        near = self._near(named)
        if part is Part.COURSE and CueKind.PAST in near and self._is_date(near[CueKind.PAST][1]):
            del near[CueKind.PAST]
        if self._is_number(named):
            is_stated = CueKind.STATED in near or (part is Part.TITLE and self._is_bracketed(named))
            return Verdict(Done.YES, "stated") if is_stated else Verdict(Done.UNSAID, "number")
        if part is Part.DIAGNOSIS:
            return Verdict(Done.UNSAID, "diagnosis")
        if families[0] == _SEDATION and not self._is_timed(named):
            return Verdict(Done.UNSAID, "no minutes")
        if self._is_in_account(named, part) and all(map(part_of_operation, families)):
            return Verdict(Done.UNSAID, "part of the operation")
        if self._reading.kind is not NoteKind.VISIT:
            return self._in_report(named, part, near, group, families, removes=removes)
        if part in (Part.TITLE, Part.BODY) and group in _OF_SECTION and self._kind_of_section(named) == "procedure":
            return self._unless_denied(near, "procedure-section", past=True)
        if group is Group.LABORATORY and self._has_dose(named):
            return Verdict(Done.UNSAID, "a drug")
        if group is Group.LABORATORY:
            return self._laboratory(named, near, families)
        return self._in_visit(named, part, near, group, families)

    def _is_in_account(self, named: Named, part: Part) -> bool:
        """Tell whether a name stands in the account of an operation rather than in its title."""
        if self._reading.kind is NoteKind.OPERATIVE:
            return part is not Part.TITLE
        return part is Part.BODY and self._kind_of_section(named) == "procedure"

    def _in_report(
        self, named: Named, part: Part, near: _Near, group: Group, families: Sequence[str], *, removes: bool
    ) -> Verdict:
        if named.said:
            return Verdict(Done.YES, "study")
        if group in _PART_OF_REPORTS:
            return Verdict(Done.UNSAID, "part of the procedure")
        if part in (Part.TITLE, Part.BODY) and self._is_removal(named) and not removes:
            return Verdict(Done.UNSAID, "removal of it")
        if part is Part.TITLE:
            return self._unless_denied(near, "title" if named.agreement == 1 else "title-near")
        is_report = self._reading.kind is NoteKind.IMAGING
        if is_report and (group is Group.SURGERY or monitors(families[0])) and part is not Part.BODY:
            return self._against(near, "report-elsewhere")
        if is_report and self._kind_of_section(named) == "assessment":
            return self._concluded(near)
        is_named_well = named.words > 1 or group is not Group.MEDICINE or is_report
        if part in (Part.OTHER, Part.RESULTS) and named.stretch <= 2 and is_named_well:
            planned = near.get(CueKind.PLAN)
            if is_report and planned is not None and planned[0] <= _ADJACENT and group is not Group.MEDICINE:
                return Verdict(Done.NO, "plan", self._span(planned[1]))
            return self._unless_denied(near, "opening", past=True)
        if part is Part.BODY:
            return self._unless_denied(near, "body", past=True)
        if part is Part.HISTORY and is_report and not _TAKEN.isdisjoint(self._sentence(named)):
            verdict = self._against(near, "body")
            return Verdict(Done.YES, "body") if verdict.done is Done.UNSAID else verdict
        if part in (Part.HISTORY, Part.PLAN, Part.ASIDE):
            return self._against(near, "report-elsewhere")
        grade = "opening" if is_report and told_in_findings(families[0]) else "findings"
        return self._unless_denied(near, grade, past=True)

    def _concluded(self, near: _Near) -> Verdict:
        """Return done where the impression of a report speaks of the test and of no other time."""
        verdict = self._against(near, "impression")
        return Verdict(Done.YES, "impression") if verdict.done is Done.UNSAID else verdict

    def _unless_denied(self, near: _Near, grade: str, *, past: bool = False) -> Verdict:
        """Return done unless the words beside the name deny it, or place it in the past."""
        for kind in (CueKind.DECLINED, CueKind.PAST) if past else (CueKind.DECLINED,):
            found = near.get(kind)
            if found is not None and found[0] <= _ADJACENT:
                return Verdict(Done.NO, kind.value, self._span(found[1]))
        return Verdict(Done.YES, grade)

    def _against(self, near: _Near, grade: str) -> Verdict:
        """Return not done where a cue says so, else that nothing is said."""
        against = _nearest(near, _AGAINST)
        if against is None:
            return Verdict(Done.UNSAID, grade)
        return Verdict(Done.NO, against[1].kind.value, self._span(against[1]))

    def _laboratory(self, named: Named, near: _Near, families: Sequence[str]) -> Verdict:
        """Return done where the practice ran the test itself: it says so, or gives the result of an office test."""
        here, result = near.get(CueKind.HERE), CueKind.RESULT in near
        if self._setting is not Setting.OUTPATIENT or self._kind_of_section(named) in _PAST_SECTIONS:
            return self._against(near, "laboratory")
        against = _nearest(near, _AGAINST)
        if here is not None and self._words(here[1]) in _IN_HOUSE and (against is None or here[0] <= against[0]):
            return Verdict(Done.YES, "laboratory-here")
        if result and against is None and any(map(in_house, families)):
            return Verdict(Done.YES, "laboratory-result")
        return self._against(near, "laboratory")

    def _in_visit(self, named: Named, part: Part, near: _Near, group: Group, families: Sequence[str]) -> Verdict:
        against, act, here = _nearest(near, _AGAINST), near.get(CueKind.ACT), near.get(CueKind.HERE)
        if group is Group.IMAGING or (group is Group.MEDICINE and read_by_clinician(families[0])):
            act = act if group is Group.MEDICINE else None
            if self._setting is not Setting.OUTPATIENT:
                act = None
                by_me = here is not None and self._words(here[1]) in _BY_ME
                here = here if by_me and read_by_clinician(families[0]) else None
        if part is Part.HISTORY:
            act = None
        if group is Group.DRUG and not words_of("taken").isdisjoint(self._sentence(named)):
            return self._against(near, "drug")
        declined = near.get(CueKind.DECLINED)
        if declined is not None and declined[0] <= 1:
            return Verdict(Done.NO, "declined", self._span(declined[1]))
        if group is Group.DRUG and against is None and self._is_recorded(named):
            return Verdict(Done.YES, "drug-recorded")
        if group is Group.SUPPLY and self._setting is Setting.OUTPATIENT and self._is_dispensed(named, against):
            return Verdict(Done.YES, "supply-dispensed")
        if group is Group.VACCINE and against is None and self._is_vaccinated(named):
            return Verdict(Done.YES, "vaccine-recorded")
        done = min((x for x in (act, here) if x is not None), default=None, key=lambda x: x[0])
        if done is None and group is Group.MEDICINE and self._is_timed(named):
            return Verdict(Done.YES, "timed")
        if done is not None and (against is None or done[0] <= against[0]):
            where = "history" if part is Part.HISTORY else "course" if part is Part.COURSE else "visit"
            return Verdict(Done.YES, f"{where}-{'act' if here is None else 'here'}-{group.value}")
        if against is not None:
            return Verdict(Done.NO, against[1].kind.value, self._span(against[1]))
        is_office = self._setting is Setting.OUTPATIENT and self._kind_of_section(named) not in _PAST_SECTIONS
        if is_office and result_line(families[0]) and self._is_result_line(named):
            return Verdict(Done.YES, "visit-line")
        section = self._reading.sections[self._reading.stretches[named.stretch].section]
        if section.kind in _PAST_SECTIONS and section.kind != "hpi" and section.heading is not None:
            return Verdict(Done.NO, "past", section.heading)
        return Verdict(Done.UNSAID, "visit")

    def _has_dose(self, named: Named) -> bool:
        end = self._reading.tokens.ends[named.last - 1]
        doses = self._place.measures_of([named.stretch], "dose")
        return any(0 <= m.start - end < _DOSE_REACH and m.unit in ("mg", "units") for m in doses)

    def _is_recorded(self, named: Named) -> bool:
        """Tell whether a sentence records a drug as given: its dose, and how or where it went in."""
        sentence = self._sentence(named)
        is_diluted = any(
            word == "in" and unit in _VOLUMES for word, unit in zip(sentence, sentence[2:], strict=False)
        )
        return self._has_dose(named) and (is_diluted or not words_of("given").isdisjoint(sentence))

    def _is_dispensed(self, named: Named, against: tuple[int, Cue] | None) -> bool:
        """Tell whether the sentence says that the thing was handed out, nearer than anything against it."""
        sentence = self._sentence(named)
        first = self._reading.stretches[named.stretch].first
        places = [first + n for n, word in enumerate(sentence) if word in words_of("dispensed")]
        nearest = min((abs(place - named.first) for place in places), default=None)
        return nearest is not None and nearest <= _DISPENSED_REACH and (against is None or nearest < against[0])

    def _is_vaccinated(self, named: Named) -> bool:
        """Tell whether a sentence records a dose of a vaccine: how much, and where or of which lot."""
        end = self._reading.tokens.ends[named.last - 1]
        doses = self._place.measures_of([named.stretch], "dose")
        return any(0 <= m.start - end < _VACCINE_REACH and m.unit in ("ml", "mg") for m in doses) and not words_of(
            "vaccinated"
        ).isdisjoint(self._sentence(named))

    def _is_result_line(self, named: Named) -> bool:
        """Tell whether the name begins its sentence and a colon follows, as before what a test showed."""
        stretch, folded = self._reading.stretches[named.stretch], self._reading.tokens.folded
        return named.first <= stretch.first + 1 and ":" in folded[named.last : named.last + _COLON_REACH]

    def _is_date(self, cue: Cue) -> bool:
        return self._reading.tokens.folded[cue.first].isdigit() and cue.last - cue.first > 1

    def _is_removal(self, named: Named) -> bool:
        """Tell whether what is named was taken out, as the words just before it say."""
        first = max(self._reading.stretches[named.stretch].first, named.first - _REMOVAL_REACH)
        before = self._reading.tokens.folded[first : named.first]
        after = self._reading.tokens.folded[named.last : named.last + 2]
        if len(after) > 1 and after[0] in _WAS and after[1] in _REMOVALS:
            return True
        last = max((n for n, word in enumerate(before) if word in _REMOVALS), default=None)
        if last is None or (before[last] not in _REMOVING and len(before) - last > _VERB_REACH):
            return False
        return _PLACINGS.isdisjoint(before[last:])

    def _is_timed(self, named: Named) -> bool:
        end = self._reading.tokens.ends[named.last - 1]
        return any(0 <= m.start - end < 80 for m in self._place.measures_of([named.stretch], "minutes"))

    def _is_number(self, named: Named) -> bool:
        written = self._reading.tokens.written[named.first]
        return named.words == 1 and len(written) == 5 and written[1:4].isdigit()

    def _is_bracketed(self, named: Named) -> bool:
        """Tell whether a number stands in brackets, alone or in a list."""
        folded = self._reading.tokens.folded
        before = folded[max(0, named.first - _BRACKET) : named.first]
        after = folded[named.last : named.last + _BRACKET]
        return "(" in before and ")" in after and ")" not in before and "(" not in after

    def _sentence(self, named: Named) -> Sequence[str]:
        stretch = self._reading.stretches[named.stretch]
        return self._reading.tokens.folded[stretch.first : stretch.last]

    def _kind_of_section(self, named: Named) -> str:
        return self._reading.sections[self._reading.stretches[named.stretch].section].kind

    def _near(self, named: Named) -> _Near:
        """Return the nearest cue of each kind that reaches the name, with its distance in tokens."""
        found: _Near = {}
        folded = self._reading.tokens.folded
        for cue in self._reading.cues.get(named.stretch, ()):
            if cue.last <= named.first:
                distance, reaches = named.first - cue.last, cue.after
                between = folded[cue.last : named.first]
            elif cue.first >= named.last:
                distance, reaches = cue.first - named.last, cue.before
                between = folded[named.last : cue.first]
            elif cue.kind in _WITHIN and cue.reach > 1:
                distance, reaches, between = 0, True, []
            else:
                continue
            if not reaches or distance > cue.reach or not _BREAKS.isdisjoint(between):
                continue
            if cue.kind is CueKind.DECLINED and cue.last <= named.first and not _ENDS_DENIAL.isdisjoint(between):
                continue
            if cue.kind not in found or distance < found[cue.kind][0]:
                found[cue.kind] = (distance, cue)
        return found

    def _span(self, cue: Cue) -> Span:
        tokens = self._reading.tokens
        return Span(tokens.starts[cue.first], tokens.ends[cue.last - 1])

    def _words(self, cue: Cue) -> str:
        return " ".join(self._reading.tokens.folded[cue.first : cue.last]).replace(" - ", "-")


def _takes_out(procedure: Procedure) -> bool:
    text = " ".join((procedure.wording, *procedure.synonyms)).lower()
    return _TAKING_OUT.search(text) is not None


def _nearest(near: _Near, kinds: Sequence[CueKind]) -> tuple[int, Cue] | None:
    return min((near[k] for k in kinds if k in near), default=None, key=lambda x: x[0])
