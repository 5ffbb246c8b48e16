"""The names of a note with what they may mean, whether it was done, and which of them a report is of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from codesets.procedures.types import Procedure
from coding.procedures.choose import Choice, choose
from coding.procedures.grades import THRESHOLD, grade_score
from coding.procedures.lesions import closes_injury
from coding.procedures.performed import Judge
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import (
    has_own_names,
    in_ladder,
    is_incidental,
    is_never_billed,
    is_office_only,
    is_repair,
    words_of,
)
from coding.procedures.types import Done, Group, Verdict, group_of
from nlp.procedures.types import Named, NoteKind
from nlp.types import Setting

_FEW_CODES = 2
_TOLD_LATE = frozenset({"findings", "impression"})
_OPERATIONS = ("000", "010", "090")
_MAIN = {
    NoteKind.OPERATIVE: frozenset({Group.SURGERY, Group.MEDICINE}),
    NoteKind.IMAGING: frozenset({Group.IMAGING, Group.MEDICINE}),
}
_SHORTEST_ACRONYM = 4
_UNTITLED = ("body", "findings")
_CHOSEN_ELSEWHERE = frozenset({Group.VISIT, Group.ANESTHESIA})


@dataclass(frozen=True, slots=True)
class Judged:
    """A name with one group of the procedures it may mean, whether it was done, and the codes by fit.

    `is_own` tells whether the best of them is called so itself, rather than another of its family.
    """

    named: Named
    verdict: Verdict
    choices: list[Choice]
    is_own: bool = False


def judge_names(place: Surroundings, setting: Setting, sets: ServiceSets) -> Iterable[Judged]:
    """Yield what the names of a note may mean, by group of procedures, and whether it was done."""
    judge = Judge(place, setting)
    is_away = setting is not Setting.OUTPATIENT
    for named in place.reading.named:
        groups: dict[Group, list[Procedure]] = {}
        for row in named.procedures:
            procedure = sets.procedures[row]
            if is_never_billed(procedure.family) or (is_away and is_office_only(procedure.family)):
                continue
            groups.setdefault(group_of(procedure), []).append(procedure)
        for group, procedures in groups.items():
            if group in _CHOSEN_ELSEWHERE:
                continue
            families = list(dict.fromkeys(p.family for p in procedures))
            verdict = judge.judge(named, group, procedures)
            if verdict.done is Done.UNSAID:
                continue
            done = verdict.done is Done.YES
            wider = (family for family in families if not _is_own(family, procedures))
            siblings = [p for family in wider for p in sets.families.get(family, ())]
            choices = choose(procedures, siblings if done else [], place.around(named, families[0]), setting)
            yield Judged(named, verdict, choices, choices[0].procedure in procedures)


def _is_own(family: str, named: Sequence[Procedure]) -> bool:
    """Tell whether a name is that of one code or two of a family whose codes have names of their own."""
    return has_own_names(family) and sum(p.family == family for p in named) <= _FEW_CODES


def is_titled(judged: Judged) -> bool:
    """Tell whether a name was surely done, so that the report need not be searched for what it is of."""
    return judged.verdict.done is Done.YES and grade_score(judged.verdict.grade) >= THRESHOLD


def with_main(place: Surroundings, judged: Sequence[Judged]) -> list[Judged]:
    """Return the judged names, those of the body or findings of a report without a title as what it is of."""
    grades = _UNTITLED if place.reading.kind is NoteKind.OPERATIVE else _UNTITLED[:1]
    scoped = any(in_ladder(j.choices[0].procedure.family) and j.verdict.done is Done.YES for j in judged)
    only_scopes = scoped and words_of("cutting").isdisjoint(place.report_words)
    promoted = [_promoted(place, j, grades, only_scopes=only_scopes) for j in judged]
    return _with_concluded(promoted, place.reading.kind)


def _promoted(place: Surroundings, judged: Judged, grades: Sequence[str], *, only_scopes: bool) -> Judged:
    """Return a procedure named in the body of a report whose title names none as one that the report is of.

    Where scopes were passed and nothing was cut, only what is done through scopes is.
    """
    best, reading = judged.choices[0].procedure, place.reading
    if only_scopes and not in_ladder(best.family):
        return judged
    written = reading.tokens.written[judged.named.first]
    is_acronym = judged.named.words == 1 and written.isupper() and len(written) < _SHORTEST_ACRONYM
    if reading.kind is NoteKind.OPERATIVE and (is_incidental(best.family) or is_acronym):
        return judged
    is_named_well = judged.named.words > 1 or reading.kind is NoteKind.IMAGING
    is_main = group_of(best) in _MAIN[reading.kind] and (is_named_well or best.global_days in _OPERATIONS)
    is_closing = is_repair(best.family) and not closes_injury(place, [judged.named])
    if judged.verdict.done is not Done.YES or judged.verdict.grade not in grades or not is_main or is_closing:
        return judged
    return replace(judged, verdict=replace(judged.verdict, grade="body-only"))


def _with_concluded(judged: Sequence[Judged], kind: NoteKind) -> list[Judged]:
    """Return the judged names with the longest that findings or impression of a test's report say as what it is of.

    Where title, opening or technique say what was done, nothing changes.
    """
    said = [
        j for j in judged if j.verdict.done is Done.YES and group_of(j.choices[0].procedure) in _MAIN.get(kind, ())
    ]
    late = [j for j in said if j.verdict.grade in _TOLD_LATE]
    if kind is not NoteKind.IMAGING or len(late) < len(said) or not late:
        return list(judged)
    best = max(late, key=lambda j: (j.named.words, -j.named.first))
    concluded = replace(best, verdict=replace(best.verdict, grade="concluded"))
    return [concluded if j is best else j for j in judged]


def without_vague(done: Sequence[Judged]) -> list[Judged]:
    """Return what was done, less the names of a whole family beside one of a code of its own in a report's title."""
    own = {one.choices[0].procedure.family for one in done if one.choices[0].vouched and is_titled(one)}
    vague = {family for family in own if has_own_names(family)}
    return [one for one in done if one.choices[0].vouched or one.choices[0].procedure.family not in vague]
