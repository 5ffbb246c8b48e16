"""Whether a named procedure was done at this encounter, by the part of the note and the words around the name."""

from collections.abc import Sequence

from codesets.procedures.types import Procedure
from coding.procedures import said
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import (
    done_in_office,
    has_number_result,
    in_house,
    is_procedure_drug,
    monitors,
    part_of_operation,
    read_by_clinician,
    result_line,
    told_in_findings,
    words_of,
)
from coding.procedures.types import Done, Group, Verdict
from nlp.procedures.lists import listed_spans
from nlp.procedures.types import Cue, CueKind, Named, NoteKind, Part
from nlp.types import Setting, Span

_Near = dict[CueKind, tuple[int, Cue]]


class Judge:
    """Judges the names of one note."""

    def __init__(self, place: Surroundings, setting: Setting) -> None:
        self._place = place
        self._reading = place.reading
        self._setting = setting
        self._undone, self._listed = listed_spans(place.reading.text)

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
        undone = self._within(named, self._undone)
        if undone is not None and part is not Part.TITLE:
            return Verdict(Done.NO, "declined", undone)
        if families[0] == said.SEDATION and not self._is_timed(named):
            return Verdict(Done.UNSAID, "no minutes")
        if self._is_in_account(named, part) and all(map(part_of_operation, families)):
            return Verdict(Done.UNSAID, "part of the operation")
        if self._reading.kind is not NoteKind.VISIT:
            return self._in_report(named, part, near, group, families, removes=removes)
        if self._is_conditional(named, near):
            return Verdict(Done.NO, "plan", self._span(near[CueKind.PLAN][1]))
        if self._is_at_home(named, group):
            return Verdict(Done.NO, "past", self._name(named))
        if (
            part in (Part.TITLE, Part.BODY)
            and group in said.OF_SECTION
            and self._kind_of_section(named) == "procedure"
        ):
            return self._in_procedure(near)
        if self._setting is Setting.OUTPATIENT and self._within(named, self._listed):
            against = _nearest(near, said.AGAINST)
            if against is None or against[0] > said.ADJACENT:
                return Verdict(Done.YES, "listed-supply" if group is Group.SUPPLY else "listed")
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
        is_given = group is Group.DRUG and all(map(is_procedure_drug, families)) and self._is_recorded(named)
        if is_given and self._setting is Setting.OUTPATIENT and CueKind.DECLINED not in near:
            return Verdict(Done.YES, "drug-recorded")
        if group in said.PART_OF_REPORTS:
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
            if is_report and planned is not None and planned[0] <= said.ADJACENT and group is not Group.MEDICINE:
                return Verdict(Done.NO, "plan", self._span(planned[1]))
            return self._unless_denied(near, "opening", past=True)
        if part is Part.BODY:
            return self._unless_denied(near, "body", past=True)
        if part is Part.HISTORY and is_report and not said.TAKEN.isdisjoint(self._sentence(named)):
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
            if found is not None and found[0] <= said.ADJACENT:
                return Verdict(Done.NO, kind.value, self._span(found[1]))
        return Verdict(Done.YES, grade)

    def _against(self, near: _Near, grade: str) -> Verdict:
        """Return not done where a cue says so, else that nothing is said."""
        against = _nearest(near, said.AGAINST)
        if against is None:
            return Verdict(Done.UNSAID, grade)
        return Verdict(Done.NO, against[1].kind.value, self._span(against[1]))

    def _in_procedure(self, near: _Near) -> Verdict:
        """Return done for what a visit's section of procedures names, unless the words near it plan or deny it."""
        plan, act = near.get(CueKind.PLAN), near.get(CueKind.ACT)
        prepares = plan is not None and not words_of("preparing").isdisjoint(self._words(plan[1]).split())
        if plan is not None and not prepares and plan[0] <= said.PLAN_REACH and (act is None or plan[0] <= act[0]):
            return Verdict(Done.NO, "plan", self._span(plan[1]))
        return self._unless_denied(near, "procedure-section", past=True)

    def _is_conditional(self, named: Named, near: _Near) -> bool:
        """Tell whether what is named is to be done only if something happens: nothing between them says it was."""
        if CueKind.PLAN not in near:
            return False
        cue = near[CueKind.PLAN][1]
        if self._words(cue) not in words_of("conditions"):
            return False
        act = near.get(CueKind.ACT)
        between = act is not None and act[1].kind is CueKind.ACT and named.last <= act[1].first < cue.first
        return not between

    def _is_at_home(self, named: Named, group: Group) -> bool:
        """Tell whether a thing is the patient's own, as the words just before it say."""
        if group is not Group.SUPPLY:
            return False
        first = max(self._reading.stretches[named.stretch].first, named.first - said.OWNED_REACH)
        return not words_of("owned").isdisjoint(self._reading.tokens.folded[first : named.first])

    def _name(self, named: Named) -> Span:
        tokens = self._reading.tokens
        return Span(tokens.starts[named.first], tokens.ends[named.last - 1])

    def _laboratory(self, named: Named, near: _Near, families: Sequence[str]) -> Verdict:
        """Return done where the practice ran the test itself: it says so, or gives the result of an office test."""
        here, result = near.get(CueKind.HERE), CueKind.RESULT in near
        result = result or (any(map(has_number_result, families)) and self._has_result(named))
        if self._setting is not Setting.OUTPATIENT or self._kind_of_section(named) in said.PAST_SECTIONS:
            return self._against(near, "laboratory")
        against = _nearest(near, said.AGAINST)
        declined = near.get(CueKind.DECLINED)
        is_before = declined is not None and declined[1].last <= named.first
        if declined is not None and declined[0] <= (said.ADJACENT if is_before else 1):
            return Verdict(Done.NO, "declined", self._span(declined[1]))
        if "tb-skin" in families and CueKind.ACT in near and _nearest(near, said.AGAINST) is None:
            return Verdict(Done.YES, "laboratory-here")
        if (
            here is not None
            and self._words(here[1]) in said.IN_HOUSE | said.EXAMINED
            and (against is None or here[0] <= against[0])
        ):
            return Verdict(Done.YES, "laboratory-here")
        if result and against is None and any(map(in_house, families)):
            return Verdict(Done.YES, "laboratory-result")
        return self._against(near, "laboratory")

    def _in_visit(self, named: Named, part: Part, near: _Near, group: Group, families: Sequence[str]) -> Verdict:
        against, act, here = _nearest(near, said.AGAINST), near.get(CueKind.ACT), near.get(CueKind.HERE)
        if group is Group.IMAGING or (group is Group.MEDICINE and read_by_clinician(families[0])):
            act = act if group is Group.MEDICINE else None
            if self._setting is not Setting.OUTPATIENT:
                act = None
                by_me = here is not None and self._words(here[1]) in said.BY_ME
                here = here if by_me and read_by_clinician(families[0]) else None
        if part is Part.HISTORY:
            act = None
        if group is Group.IMAGING and self._is_guidance(named, families):
            return Verdict(Done.UNSAID, "guidance")
        if group is Group.DRUG and families[0].startswith(said.DEVICES) and self._is_taken_out(named):
            return self._against(near, "removal of it")
        if group is Group.VACCINE and self._setting is not Setting.OUTPATIENT:
            return self._against(near, "vaccine")
        if group is Group.DRUG and not words_of("taken").isdisjoint(self._sentence(named)):
            return self._against(near, "drug")
        declined = near.get(CueKind.DECLINED)
        if declined is not None and declined[0] <= 1:
            return Verdict(Done.NO, "declined", self._span(declined[1]))
        if group is Group.DRUG and against is None and self._is_recorded(named):
            return Verdict(Done.YES, "drug-recorded")
        if group is Group.SUPPLY and self._setting is Setting.OUTPATIENT and self._is_dispensed(named, against):
            return Verdict(Done.YES, "supply-dispensed")
        if group is Group.SURGERY and against is None and part is not Part.HISTORY and self._is_injected(named):
            return Verdict(Done.YES, "visit-here-surgery")
        if group is Group.VACCINE and against is None and self._is_vaccinated(named):
            return Verdict(Done.YES, "vaccine-recorded")
        done = min((x for x in (act, here) if x is not None), default=None, key=lambda x: x[0])
        if (
            done is None
            and group is Group.MEDICINE
            and self._is_timed(named)
            and (not against or against[0] > said.ADJACENT)
        ):
            return Verdict(Done.YES, "timed")
        if done is not None and (against is None or done[0] <= against[0]):
            is_mine = here is not None and self._words(here[1]) in said.BY_ME and group is Group.IMAGING
            if group is Group.MEDICINE and act is done and done_in_office(families[0]) and part is not Part.HISTORY:
                return Verdict(Done.YES, "visit-act-office")
            where = (
                "history" if part is Part.HISTORY and not is_mine else "course" if part is Part.COURSE else "visit"
            )
            return Verdict(Done.YES, f"{where}-{'act' if here is None else 'here'}-{group.value}")
        if against is not None:
            return Verdict(Done.NO, against[1].kind.value, self._span(against[1]))
        is_office = self._setting is Setting.OUTPATIENT and self._kind_of_section(named) not in said.PAST_SECTIONS
        if is_office and result_line(families[0]) and (self._is_result_line(named) or self._has_result(named)):
            return Verdict(Done.YES, "visit-line")
        section = self._reading.sections[self._reading.stretches[named.stretch].section]
        if section.kind in said.PAST_SECTIONS and section.kind != "hpi" and section.heading is not None:
            return Verdict(Done.NO, "past", section.heading)
        return Verdict(Done.UNSAID, "visit")

    def _is_guidance(self, named: Named, families: Sequence[str]) -> bool:
        """Tell whether the words of a study are those of the picture that guided, or did not guide, a needle."""
        words = set(self._reading.tokens.folded[named.first : named.last + 1])
        return families[0].startswith("us-") and not words.isdisjoint(("guided", "guidance", "no", "not", "without"))

    def _is_taken_out(self, named: Named) -> bool:
        sentence = set(self._sentence(named))
        return not sentence.isdisjoint(said.REMOVALS) and sentence.isdisjoint(said.PUT_IN)

    def _is_injected(self, named: Named) -> bool:
        """Tell whether an injection is named beside the dose of what was injected."""
        words = self._reading.tokens.folded[named.first : named.last]
        doses = self._place.measures_of([named.stretch], "dose")
        return any(w.startswith("inject") for w in words) and any(m.unit == "mg" for m in doses)

    def _has_result(self, named: Named) -> bool:
        """Tell whether a number follows a test's name, as its result does; a date or a size is none."""
        folded = self._reading.tokens.folded
        last = self._reading.stretches[named.stretch].last
        following = [
            w for w in folded[named.last : min(last, named.last + said.RESULT_REACH)] if w not in said.OF_RESULT
        ]
        number = following[0] if following else ""
        return number[:1].isdigit() and "/" not in following[1:2] and not number.startswith("20")

    def _has_dose(self, named: Named) -> bool:
        start, end = self._name(named).start, self._name(named).end
        doses = [m for m in self._place.measures_of([named.stretch], "dose") if m.unit in ("mg", "units")]
        return any(0 <= m.start - end < said.DOSE_REACH or 0 <= start - m.end < said.DOSE_BEFORE for m in doses)

    def _is_recorded(self, named: Named) -> bool:
        """Tell whether a sentence records a drug as given: its dose, and how or where it went in."""
        sentence = self._sentence(named)
        is_diluted = any(
            word == "in" and unit in said.VOLUMES for word, unit in zip(sentence, sentence[2:], strict=False)
        )
        return self._has_dose(named) and (is_diluted or not words_of("given").isdisjoint(sentence))

    def _is_dispensed(self, named: Named, against: tuple[int, Cue] | None) -> bool:
        """Tell whether the sentence says that the thing was handed out, nearer than anything against it."""
        sentence = self._sentence(named)
        first = self._reading.stretches[named.stretch].first
        places = [first + n for n, word in enumerate(sentence) if word in words_of("dispensed")]
        nearest = min((abs(place - named.first) for place in places), default=None)
        return nearest is not None and nearest <= said.DISPENSED_REACH and (against is None or nearest < against[0])

    def _is_vaccinated(self, named: Named) -> bool:
        """Tell whether a sentence records a dose of a vaccine: how much, and where or of which lot."""
        end = self._reading.tokens.ends[named.last - 1]
        doses = self._place.measures_of([named.stretch], "dose")
        return any(
            0 <= m.start - end < said.VACCINE_REACH and m.unit in ("ml", "mg") for m in doses
        ) and not words_of("vaccinated").isdisjoint(self._sentence(named))

    def _within(self, named: Named, spans: Sequence[Span]) -> Span | None:
        """Return the first of the spans that a name begins in."""
        start = self._reading.tokens.starts[named.first]
        return next((span for span in spans if span.start <= start < span.end), None)

    def _is_result_line(self, named: Named) -> bool:
        """Tell whether the name begins its sentence and a colon follows, as before what a test showed."""
        stretch, folded = self._reading.stretches[named.stretch], self._reading.tokens.folded
        return named.first <= stretch.first + 1 and ":" in folded[named.last : named.last + said.COLON_REACH]

    def _is_date(self, cue: Cue) -> bool:
        return self._reading.tokens.folded[cue.first].isdigit() and cue.last - cue.first > 1

    def _is_removal(self, named: Named) -> bool:
        """Tell whether what is named was taken out, as the words just before it say."""
        first = max(self._reading.stretches[named.stretch].first, named.first - said.REMOVAL_REACH)
        before = self._reading.tokens.folded[first : named.first]
        after = self._reading.tokens.folded[named.last : named.last + 2]
        if len(after) > 1 and after[0] in said.WAS and after[1] in said.REMOVALS:
            return True
        last = max((n for n, word in enumerate(before) if word in said.REMOVALS), default=None)
        if last is None or (before[last] not in said.REMOVING and len(before) - last > said.VERB_REACH):
            return False
        return said.PLACINGS.isdisjoint(before[last:])

    def _is_timed(self, named: Named) -> bool:
        end = self._reading.tokens.ends[named.last - 1]
        return any(0 <= m.start - end < 80 for m in self._place.measures_of([named.stretch], "minutes"))

    def _is_number(self, named: Named) -> bool:
        written = self._reading.tokens.written[named.first]
        return named.words == 1 and len(written) == 5 and written[1:4].isdigit()

    def _is_bracketed(self, named: Named) -> bool:
        """Tell whether a number stands in brackets, alone or in a list."""
        folded = self._reading.tokens.folded
        before = folded[max(0, named.first - said.BRACKET) : named.first]
        after = folded[named.last : named.last + said.BRACKET]
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
            elif cue.reach > 1 and (cue.kind in said.WITHIN or self._words(cue) in said.STILL_TO_COME):
                distance, reaches, between = 0, True, []
            else:
                continue
            if not reaches or distance > cue.reach or not said.BREAKS.isdisjoint(between):
                continue
            if cue.kind is CueKind.DECLINED and cue.last <= named.first and not said.ENDS_DENIAL.isdisjoint(between):
                continue
            if cue.kind not in found or distance < found[cue.kind][0]:
                found[cue.kind] = (distance, cue)
        return self._settled(found)

    def _settled(self, found: _Near) -> _Near:
        """Return the cues, less an act that happened at another time or place: 'given 2023', 'placed by surgery'."""
        act, past, here = found.get(CueKind.ACT), found.get(CueKind.PAST), found.get(CueKind.HERE)
        if act and past and here is None:
            follows = 0 <= past[1].first - act[1].last <= said.ACT_REACH
            precedes = 0 <= act[1].first - past[1].last <= said.ACT_REACH
            if (follows or precedes) and self._words(past[1]) not in words_of("order"):
                del found[CueKind.ACT]
        if here and self._setting is Setting.OUTPATIENT and self._words(here[1]) in said.HOSPITALS:
            found[CueKind.PAST] = here
            del found[CueKind.HERE]
            found.pop(CueKind.ACT, None)
        return found

    def _span(self, cue: Cue) -> Span:
        tokens = self._reading.tokens
        return Span(tokens.starts[cue.first], tokens.ends[cue.last - 1])

    def _words(self, cue: Cue) -> str:
        return " ".join(self._reading.tokens.folded[cue.first : cue.last]).replace(" - ", "-")


def _takes_out(procedure: Procedure) -> bool:
    text = " ".join((procedure.wording, *procedure.synonyms)).lower()
    return said.TAKING_OUT.search(text) is not None


def _nearest(near: _Near, kinds: Sequence[CueKind]) -> tuple[int, Cue] | None:
    return min((near[k] for k in kinds if k in near), default=None, key=lambda x: x[0])
