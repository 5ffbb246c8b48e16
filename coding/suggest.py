"""From a note to an answer: the main job."""

from dataclasses import replace
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from codesets.index.lexicon import Lexicon, open_lexicon
from codesets.index.search import CodeSearch, Hit
from codesets.registry import CodeSets
from codesets.types import Code, CodeSystem
from coding.candidates import evidence_of, make_candidates
from coding.linking import Link, link_mention
from coding.protocols import Ranker
from coding.ranking.plain import PlainRanker
from coding.sequencing import first_listed
from coding.specificity import displaced_by
from coding.status import status_links
from coding.suppression import REASONS, ended_since, guideline_of, is_kept
from coding.types import (
    Alternative,
    Answer,
    Candidate,
    Cue,
    Problem,
    Reason,
    Severity,
    Suggestion,
    Suppressed,
)
from nlp.pipeline import NoteReader
from nlp.types import AssertionKind, Note, Patient, Reading, Setting

RULES_VERSION = "1"


class Desk:
    """What answers for one release: its lexicon, reader and search."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.reader = NoteReader(lexicon)
        self.search = CodeSearch(lexicon)


class Suggester:
    """Reads notes and suggests codes. One per process and thread: it holds the pipeline and the indexes."""

    def __init__(self, code_sets: CodeSets, ranker: Ranker | None = None) -> None:
        self.code_sets = code_sets
        self._ranker: Ranker = ranker or PlainRanker()
        self._desks: dict[tuple[str, Path | None], Desk] = {}
        self._opening = Lock()

    def desk(self, day: date) -> Desk:
        """Return the desk of the release, and of the Index, that answer on a date of service."""
        release = self.code_sets.icd10cm(day)
        index_terms = self.code_sets.index_terms(day)
        key = (release.identity, index_terms)
        with self._opening:
            if key not in self._desks:
                self._desks[key] = Desk(open_lexicon(release, index_terms))
            return self._desks[key]

    def search(
        self, text: str, limit: int = 10, system: CodeSystem = CodeSystem.ICD10CM, day: date | None = None
    ) -> list[Hit]:
        """Return the codes that `text` most likely means on a day, best first; none for systems without a set."""
        if system is not CodeSystem.ICD10CM:
            return []
        return self.desk(day or date.today()).search.search(text, limit)

    def suggest(self, note: Note) -> Answer:
        """Return the ranked suggestions, what was left out, and problems.

        Raises BadNote where the text is empty, binary or too large.
        """
        desk = self.desk(note.date_of_service)
        setting = note.setting or Setting.OUTPATIENT
        reading = desk.reader.read(note)
        kept, stopped = _by_assertion(desk.lexicon, reading, setting)
        values = desk.lexicon.release.values
        current = {values[x.best.code] for x in kept}
        kept += status_links(desk.lexicon, [x for x in stopped if values[x.best.code] not in current])
        negated = frozenset(values[x.best.code] for x in stopped)
        candidates = make_candidates(desk.lexicon, note, kept, negated)
        suppressed = _stopped(desk.lexicon, note, stopped, setting, {c.code.value for c in candidates})
        problems = self._problems(note)
        candidates, retired = self._retire(note, candidates, problems)
        candidates, combined = _combine(desk.lexicon, candidates)
        ordered = sorted([*suppressed, *retired, *combined], key=lambda s: (s.evidence.start, s.code.value))
        return Answer(
            note.sha256,
            note.date_of_service,
            setting,
            self._versions(note),
            self._rank(candidates, {x.code for x in ordered}, note.date_of_service),
            tuple(ordered),
            tuple(problems),
        )

    def _rank(self, candidates: list[Candidate], left_out: set[Code], day: date) -> tuple[Suggestion, ...]:
        taken = left_out | {c.code for c in candidates}
        scores = [round(s, 4) for s in self._ranker.score(candidates)]
        first = first_listed(candidates, scores)
        order = sorted(range(len(candidates)), key=lambda i: (-scores[i], candidates[i].code.value))
        return tuple(
            Suggestion(
                rank,
                candidates[i].code,
                candidates[i].display,
                scores[i],
                candidates[i].code == first,
                candidates[i].evidence,
                self._alternatives(candidates[i], scores[i], taken, day),
                prompts=candidates[i].prompts,
                why=candidates[i].why,
            )
            for rank, i in enumerate(order, 1)
        )

    def _alternatives(
        self, candidate: Candidate, score: float, taken: set[Code], day: date
    ) -> tuple[Alternative, ...]:
        """Return the alternatives that stand in neither list and are valid, each below the suggestion's score."""
        return tuple(
            replace(a, score=round(a.score * score, 4))
            for a in candidate.alternatives
            if a.code not in taken and self.code_sets.retired(a.code.value, day) is None
        )

    def _retire(
        self, note: Note, candidates: list[Candidate], problems: list[Problem]
    ) -> tuple[list[Candidate], list[Suppressed]]:
        kept: list[Candidate] = []
        out: list[Suppressed] = []
        for candidate in candidates:
            retired = self.code_sets.retired(candidate.code.value, note.date_of_service)
            if retired is None:
                kept.append(candidate)
                continue
            successors = [Code(CodeSystem.ICD10CM, v).display for v in retired.successors]
            message = f"{candidate.code} is not valid from {retired.retired_on}: choose {', '.join(successors)}"
            problems.append(Problem("codeset.retired_code", Severity.WARNING, (candidate.code.display,), message))
            out.append(
                Suppressed(
                    candidate.code,
                    candidate.display,
                    candidate.evidence[0],
                    Reason.RETIRED_CODE,
                    "codeset.retired_code",
                    because=successors[0],
                )
            )
        return kept, out

    def _problems(self, note: Note) -> list[Problem]:
        problems = []
        warning = self.code_sets.answer_warning(note.date_of_service)
        if warning is not None:
            problems.append(Problem("codeset.out_of_date", Severity.WARNING, (), warning.message))
        if note.setting is None:
            message = "no setting was given: outpatient rules apply"
            problems.append(Problem("setting.assumed", Severity.INFO, (), message))
        return problems

    def _versions(self, note: Note) -> dict[str, str]:
        return {
            "chartcoder": _version(),
            "ranker": self._ranker.version,
            "rules": RULES_VERSION,
            "icd10cm": self.code_sets.icd10cm(note.date_of_service).code_set.release,
            "cpt": "none",
            "hcpcs": "none",
        }


@cache
def _version() -> str:
    return version("chartcoder")


def _by_assertion(lexicon: Lexicon, reading: Reading, setting: Setting) -> tuple[list[Link], list[Link]]:
    """Return the links that may be coded, and those that assertion stops."""
    kept: list[Link] = []
    stopped: list[Link] = []
    for mention in reading.mentions:
        is_relative = mention.assertion.kind is AssertionKind.FAMILY
        for link in link_mention(lexicon, mention, Patient() if is_relative else reading.note.patient):
            value = lexicon.release.values[link.best.code]
            ended = ended_since(reading.note, mention.assertion)
            may_stand = is_kept(mention.assertion.kind, value, setting, mention.section, ended_since=ended)
            (kept if may_stand else stopped).append(link)
    return _without_ruled_out(lexicon, kept, stopped)


def _without_ruled_out(lexicon: Lexicon, kept: list[Link], stopped: list[Link]) -> tuple[list[Link], list[Link]]:
    """Return the links with those stopped that an inpatient note calls possible here and ruled out there (II.H)."""
    values = lexicon.release.values
    negated = {values[x.best.code] for x in stopped if x.mention.assertion.kind is AssertionKind.NEGATED}
    ruled_out = [
        x for x in kept if x.mention.assertion.kind is AssertionKind.UNCERTAIN and values[x.best.code] in negated
    ]
    return [x for x in kept if x not in ruled_out], [*ruled_out, *stopped]


def _stopped(
    lexicon: Lexicon, note: Note, stopped: list[Link], setting: Setting, suggested: set[str]
) -> list[Suppressed]:
    """Return the stopped findings, each code and assertion once, unless the code is suggested elsewhere."""
    found: dict[tuple[str, Reason], Suppressed] = {}
    for link in stopped:
        assertion = link.mention.assertion
        value = lexicon.release.values[link.best.code]
        reason = REASONS[assertion.kind]
        if value in suggested or (value, reason) in found:
            continue
        cue = assertion.cue
        found[value, reason] = Suppressed(
            Code(CodeSystem.ICD10CM, value),
            lexicon.release.title(value),
            evidence_of(note, link.mention),
            reason,
            assertion.rule,
            Cue(cue.start, cue.end, note.text[cue.start : cue.end]) if cue else None,
            guideline=guideline_of(assertion.kind, value, setting, link.mention.section),
        )
    return list(found.values())


def _combine(lexicon: Lexicon, candidates: list[Candidate]) -> tuple[list[Candidate], list[Suppressed]]:
    displaced = displaced_by(lexicon, [c.code.value for c in candidates])
    kept = [c for c in candidates if c.code.value not in displaced]
    out = [
        Suppressed(
            c.code,
            c.display,
            c.evidence[0],
            Reason.COMBINED,
            "specificity.less_specific",
            because=Code(CodeSystem.ICD10CM, displaced[c.code.value]).display,
            guideline="I.B.2",
        )
        for c in candidates
        if c.code.value in displaced
    ]
    return kept, out


def open_suggester() -> Suggester:
    """Return a suggester over the embedded and the installed code sets."""
    return Suggester(CodeSets.open())
