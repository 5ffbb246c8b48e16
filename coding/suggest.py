"""From a note to an answer: the main job."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TypeVar

from codesets.errors import ModelMissing
from codesets.index.lexicon import open_lexicon
from codesets.index.search import Hit
from codesets.procedures.search import open_search
from codesets.procedures.shelf import PROCEDURE_SYSTEMS
from codesets.procedures.types import CptUse
from codesets.registry import CodeSets
from codesets.types import Code, CodeSystem
from coding.billing import Billing
from coding.collection import collection_paused
from coding.consider import Considered, Settled, consider, settle
from coding.desk import Desk
from coding.protocols import Ranker
from coding.ranking.doubt import open_doubt
from coding.ranking.learned import open_ranker
from coding.ranking.linker import open_linker
from coding.ranking.plain import PlainRanker
from coding.rules import Listed, review_list
from coding.rules.site import NO_SITE, Site
from coding.sequencing import First, first_listed, is_disease_or_complaint
from coding.types import (
    Alternative,
    Answer,
    Candidate,
    Problem,
    Reason,
    Severity,
    Suggestion,
    Suppressed,
)
from models.phrases import open_phrases
from nlp.types import Note

RULES_VERSION = "3"
_FALLBACK = 0.4
Model = TypeVar("Model")


class Suggester:
    """Reads notes and suggests codes. One per process and thread: it holds the pipeline and the indexes."""

    def __init__(
        self,
        code_sets: CodeSets,
        ranker: Ranker | None = None,
        threshold: float | None = None,
        site: Site = NO_SITE,
    ) -> None:
        self.code_sets = code_sets
        self._site = site
        self._missing: list[str] = []
        self._phrases = self._if_there(open_phrases)
        self._linker = self._if_there(open_linker)
        self._doubt = self._if_there(open_doubt)
        self._ranker: Ranker = ranker or self._if_there(open_ranker) or PlainRanker()
        self._threshold = self._ranker.threshold if threshold is None else threshold
        self._least_line = threshold or 0.0
        self._floor = _FALLBACK * self._threshold if threshold is None else threshold
        self._billing = Billing(code_sets)
        self._desks: dict[tuple[str, Path | None], Desk] = {}
        self._opening = Lock()

    def _if_there(self, open_model: Callable[[], Model]) -> Model | None:
        try:
            return open_model()
        except ModelMissing as error:
            self._missing.append(str(error))
            return None

    def desk(self, day: date) -> Desk:
        """Return the desk of the release, and of the Index, that answer on a date of service."""
        release = self.code_sets.icd10cm(day)
        index_terms = self.code_sets.index_terms(day)
        key = (release.identity, index_terms)
        with self._opening:
            if key not in self._desks:
                lexicon = open_lexicon(release, index_terms, self._site.synonyms)
                self._desks[key] = Desk(lexicon, self._phrases, self._doubt)
            return self._desks[key]

    def search(
        self, text: str, limit: int = 10, system: CodeSystem = CodeSystem.ICD10CM, day: date | None = None
    ) -> list[Hit]:
        """Return the codes that `text` most likely means on a day, best first; none for systems without a set."""
        day = day or date.today()
        if system is CodeSystem.ICD10CM:
            return self.desk(day).search.search(text, limit)
        procedures = self.code_sets.procedures(system, day)
        return open_search(procedures).search(text, limit) if procedures else []

    def suggest(self, note: Note) -> Answer:
        """Return the ranked suggestions, what was left out, and problems.

        Raises BadNote where the text is empty, binary or too large.
        """
        with collection_paused():
            return self._suggest(note)

    def _suggest(self, note: Note) -> Answer:
        desk = self.desk(note.date_of_service)
        considered, retired, problems = self._consider(desk, note)
        site = self._site.of(considered.setting)
        settled = settle(desk, considered, disabled=site.disabled)
        scores = self._scores(settled.candidates)
        weak: frozenset[str] = frozenset()
        while new := _unlisted_causes(settled, scores, self._threshold) - weak:
            weak |= new
            settled = settle(desk, considered, weak, site.disabled)
            scores = self._scores(settled.candidates)
        left_out = sorted([*settled.suppressed, *retired], key=lambda s: (s.evidence.start, s.code.value))
        listed = self._above(settled.candidates, scores)
        first = first_listed(
            desk.lexicon.release, note.text, considered.setting, [c for c, _ in listed], [s for _, s in listed]
        )
        taken = {c.code for c in settled.candidates} | {x.code for x in left_out}
        suggestions = self._list(listed, first, taken, note.date_of_service)
        standing = {c.code.value: c for c, _ in listed}
        found, questions = review_list(
            Listed(
                note,
                considered.setting,
                desk.lexicon.release,
                standing,
                first.code.value if first else None,
                considered.reading.facts,
            )
        )
        billed = self._billing.bill(considered.reading, suggestions, desk.reader.language.asserter)
        lines = tuple(
            replace(s, prompts=site.prompts(s.code.value, (*s.prompts, *questions.get(s.code.value, ()))))
            for s in (*suggestions, *(x for x in billed.lines if x.score >= self._least_line))
        )
        return Answer(
            note.sha256,
            note.date_of_service,
            considered.setting,
            self._versions(desk, note.date_of_service),
            _ranked(lines),
            (*left_out, *billed.suppressed),
            site.problems((*self._problems(note), *problems, *found, *billed.problems)),
        )

    def candidates(self, note: Note) -> tuple[Candidate, ...]:
        """Return what ranking scores, whatever the score. Raises BadNote like `suggest`."""
        desk = self.desk(note.date_of_service)
        return settle(desk, self._consider(desk, note)[0]).candidates

    def _consider(self, desk: Desk, note: Note) -> tuple[Considered, list[Suppressed], list[Problem]]:
        """Return what the note states, less the codes that are retired on its day."""
        considered = consider(desk, self._linker, note)
        valid, retired, problems = self._retire(note, considered.candidates)
        return replace(considered, candidates=tuple(valid)), retired, problems

    def _scores(self, candidates: Sequence[Candidate]) -> list[float]:
        return [round(score, 4) for score in self._ranker.score(candidates)]

    def _above(self, candidates: Sequence[Candidate], scores: Sequence[float]) -> list[tuple[Candidate, float]]:
        """Return what reaches the threshold, best first.

        Where none of it says what is the matter, the likeliest candidate that does is listed too, unless it is far
        below the ranker's own threshold or a threshold was asked for: a visit has a reason.
        """
        ranked = sorted(zip(candidates, scores, strict=True), key=lambda pair: (-pair[1], pair[0].code.value))
        above = [pair for pair in ranked if pair[1] >= self._threshold]
        if any(is_disease_or_complaint(c) for c, _ in above):
            return above
        below = (p for p in ranked[len(above) :] if p[1] >= self._floor)
        return [*above, *islice((p for p in below if is_disease_or_complaint(p[0])), 1)]

    def _list(
        self, listed: Sequence[tuple[Candidate, float]], first: First | None, taken: set[Code], day: date
    ) -> tuple[Suggestion, ...]:
        reasons = self._ranker.explain([c for c, _ in listed])
        leads = [(first.step,) if first and candidate.code == first.code else () for candidate, _ in listed]
        return tuple(
            Suggestion(
                rank,
                candidate.code,
                candidate.display,
                score,
                bool(lead),
                candidate.evidence,
                self._alternatives(candidate, score, taken, day),
                prompts=candidate.prompts,
                why=(*candidate.why, *lead, *((reason,) if reason else ())),
            )
            for rank, ((candidate, score), reason, lead) in enumerate(zip(listed, reasons, leads, strict=True), 1)
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
        self, note: Note, candidates: Sequence[Candidate]
    ) -> tuple[list[Candidate], list[Suppressed], list[Problem]]:
        problems: list[Problem] = []
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
        return kept, out, problems

    def _problems(self, note: Note) -> list[Problem]:
        problems = [
            Problem("model.missing", Severity.WARNING, (), f"{message}; suggestions are ranked without it")
            for message in self._missing
        ]
        day = note.date_of_service
        warnings = (
            self.code_sets.answer_warning(day),
            *(self.code_sets.procedure_warning(system, day) for system in PROCEDURE_SYSTEMS),
        )
        problems += [Problem(w.rule, Severity.WARNING, (), w.message) for w in warnings if w is not None]
        if note.setting is None:
            message = "no setting was given: outpatient rules apply"
            problems.append(Problem("setting.assumed", Severity.INFO, (), message))
        return problems

    def _versions(self, desk: Desk, day: date) -> dict[str, str]:
        return {
            "chartcoder": _version(),
            "ranker": self._ranker.version,
            "rules": f"{RULES_VERSION}+{self._site.version}" if self._site.version else RULES_VERSION,
            "icd10cm": desk.lexicon.release.code_set.release,
            "cpt": self._billing.release(CodeSystem.CPT, day),
            "hcpcs": self._billing.release(CodeSystem.HCPCS, day),
        }


def _ranked(suggestions: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    ordered = sorted(suggestions, key=lambda s: (-s.score, s.code.value))
    return tuple(replace(s, rank=rank) for rank, s in enumerate(ordered, 1))


@cache
def _version() -> str:
    return version("chartcoder")


def _unlisted_causes(settled: Settled, scores: Sequence[float], threshold: float) -> frozenset[str]:
    """Return the candidates that displaced another code and are themselves not listed."""
    causes = {s.because for s in settled.suppressed}
    scored = zip(settled.candidates, scores, strict=True)
    return frozenset(c.code.value for c, score in scored if score < threshold and c.code.display in causes)


def open_suggester(
    threshold: float | None = None, cpt: CptUse = CptUse.STARTER, site: Path | None = None
) -> Suggester:
    """Return a suggester over the code sets at hand; without a threshold, the ranker's own.

    `site` is the file of a site's own rules; raises BadRequest where it is not sound.
    """
    own = NO_SITE
    if site is not None:
        from coding.rules.site_file import read_site

        own = read_site(site)
    return Suggester(CodeSets.open(cpt=cpt), threshold=threshold, site=own)
