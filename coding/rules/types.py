"""What a rule is, what it sees and what it may change."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from codesets.icd10cm.release import IcdRelease
from codesets.index.lexicon import Lexicon
from codesets.index.words import stem
from coding.rules.causes import Cause
from coding.types import Candidate, Evidence, Problem, Prompt, Reason
from nlp.types import Fact, Note, Setting

FIRST_DAY = date(2015, 10, 1)
"""The first date of service that ICD-10-CM answers for."""
_ALWAYS_ON = ("codeset.", "model.", "setting.")
_LEVELS = {
    3: ("assessment", "assessment_plan", "discharge_diagnosis", "postop_diagnosis"),
    1: ("pmh", "medications", "exam", "ros", "labs", "vitals", "social", "family", "allergies", "immunizations"),
    0: ("consent", "instructions", "developmental"),
}
_LEVEL_OF = {section: level for level, sections in _LEVELS.items() for section in sections}
_CONCLUDED = max(_LEVELS)
_BEFORE_CHARS, _AFTER_CHARS = 30, 60
_PHRASE_END = re.compile(r"[;\n]|\.\s|\.$")
_DENIED = re.compile(
    r"\b(?:no|not|without|w/o|denies|negative for|rule out|r/o|possible|history of|prior)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """`code` stands: made of `sources` where it is not there yet; `drops` leave because of it, for `reason`.

    `sources` say where the evidence of a made code comes from, its lead first; `evidence` adds words that no code
    of the list holds.
    """

    code: str
    detail: str
    sources: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    reason: Reason = Reason.COMBINED
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What rules read: the codes that stand now, by value, and what the note says of them.

    `words` are the stem ids of the clause of each evidence, by its span; `causes` what the note calls due to what;
    `denied` the codes that the note negates, which no rule may make.
    """

    note: Note
    lexicon: Lexicon
    codes: Mapping[str, Candidate]
    words: Mapping[tuple[int, int], frozenset[int]]
    causes: tuple[Cause, ...]
    denied: frozenset[str]

    @property
    def release(self) -> IcdRelease:
        """The release that answers for the note."""
        return self.lexicon.release

    def starting(self, *prefixes: str) -> list[str]:
        """Return the standing codes that start with one of the prefixes, sorted."""
        return sorted(v for v in self.codes if v.startswith(prefixes))

    def level(self, value: str) -> int:
        """Return how firmly a code stands by its best section: 3 concluded, 2 narrated, 1 listed or observed."""
        return max(_LEVEL_OF.get(e.section, 2) for e in self.codes[value].evidence)

    def is_doubted(self, value: str) -> bool:
        """Tell whether the note negates the finding elsewhere; a history of what it concludes is no doubt."""
        features = self.codes[value].features
        is_firm = bool(features.get("past_elsewhere")) and self.level(value) == _CONCLUDED
        return bool(features.get("negated_elsewhere")) and not is_firm

    def is_said_near(self, value: str, words: Iterable[str], unless: Iterable[str] = ()) -> bool:
        """Tell whether one clause of the code's evidence holds all the (folded) words and none of `unless`."""
        wanted, against = _stem_ids(self.lexicon, tuple(words)), _stem_ids(self.lexicon, tuple(unless))
        clauses = (self.words.get((e.start, e.end), frozenset()) for e in self.codes[value].evidence)
        return any(wanted <= clause and not against & clause for clause in clauses)

    def is_said_beside(self, value: str, words: re.Pattern[str]) -> bool:
        """Tell whether the words stand in the phrase of the evidence, with no finding of another chapter between."""
        return any(self._is_beside(value, e.start, e.end, words) for e in self.codes[value].evidence)

    def _is_beside(self, value: str, start: int, end: int, words: re.Pattern[str]) -> bool:
        first, last = self._phrase(start, end)
        others = {(e.start, e.end) for v, c in self.codes.items() if v[0] != value[0] for e in c.evidence}
        for match in words.finditer(self.note.text[first:last].lower()):
            a, b = first + match.start(), first + match.end()
            if _DENIED.search(self.note.text[first:a]) is None and not any(
                x < max(b, start) and min(a, end) < y for x, y in others
            ):
                return True
        return False

    def is_joined(self, first: str, words: re.Pattern[str], second: str) -> bool:
        """Tell whether the words, and nothing else, stand between two findings."""
        return any(
            one.end <= other.start and words.fullmatch(self.note.text, one.end, other.start)
            for one in self.codes[first].evidence
            for other in self.codes[second].evidence
        )

    def phrases(self, value: str) -> list[str]:
        """Return the phrase of each evidence of a code, in lower case: what stands beside it up to a stop."""
        spans = [self._phrase(e.start, e.end, _AFTER_CHARS) for e in self.codes[value].evidence]
        return [self.note.text[first:last].lower() for first, last in spans]

    def _phrase(self, start: int, end: int, before_chars: int = _BEFORE_CHARS) -> tuple[int, int]:
        text = self.note.text
        before = _PHRASE_END.split(text[max(0, start - before_chars) : start])[-1]
        after = _PHRASE_END.split(text[end : end + _AFTER_CHARS])[0]
        return start - len(before), end + len(after)

    def causes_of(self, effect: str) -> list[str]:
        """Return the standing codes that the note names as the cause of `effect`, sorted."""
        spans = {c.cause for c in self.causes if not c.is_denied and self._holds(effect, c.effect)}
        return sorted(v for v in self.codes if v != effect and any(self._holds(v, s) for s in spans))

    def is_denied_cause(self, effect: str, cause: str) -> bool:
        """Tell whether the note says that `effect` is not due to `cause`, or that they are unrelated."""
        denied = [(c.effect, c.cause) for c in self.causes if c.is_denied]
        return any(
            self._holds(effect, a) and self._holds(cause, b)
            for one, other in denied
            for a, b in ((one, other), (other, one))
        )

    def _holds(self, value: str, span: tuple[int, int]) -> bool:
        return any(e.start <= span[0] and span[1] <= e.end for e in self.codes[value].evidence)


@lru_cache(maxsize=4096)
def _stem_ids(lexicon: Lexicon, words: tuple[str, ...]) -> frozenset[int]:
    """Return the ids of the stems of folded words; -1, which no clause holds, for a word of no term."""
    return frozenset(lexicon.stem_ids.get(stem(w), -1) for w in words)


@dataclass(frozen=True, slots=True)
class Listed:
    """What checks and questions read: the listed codes by value, the one that stands first, the facts of the note."""

    note: Note
    setting: Setting
    release: IcdRelease
    codes: Mapping[str, Candidate]
    first: str | None
    facts: tuple[Fact, ...] = ()

    def starting(self, *prefixes: str) -> list[str]:
        """Return the listed codes that start with one of the prefixes, sorted."""
        return sorted(v for v in self.codes if v.startswith(prefixes))


class Act(StrEnum):
    """What a rule may do to the list."""

    SUPPRESS = "suppress"
    REPLACE = "replace"
    ADD = "add"
    REORDER = "reorder"
    PROMPT = "prompt"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class RuleCard:
    """What is said of a rule: where it comes from, what it reads, what it may do, and for whom it holds.

    `guideline` is a section of the ICD-10-CM Official Guidelines or the source that the summary names; None where
    the rule is this product's own. `since` is the first date of service.
    """

    id: str
    guideline: str | None
    summary: str
    acts: tuple[Act, ...] = field(kw_only=True)
    reads: str = field(kw_only=True, default="codes")
    settings: frozenset[Setting] = field(kw_only=True, default=frozenset(Setting))
    since: date = field(kw_only=True, default=FIRST_DAY)

    @property
    def can_be_disabled(self) -> bool:
        """Whether a site may switch the rule off: one that only says something, about more than the answer itself."""
        return {*self.acts} <= {Act.PROMPT, Act.PROBLEM} and not self.id.startswith(_ALWAYS_ON)

    def holds(self, setting: Setting, day: date) -> bool:
        """Tell whether the rule holds for a note of a setting on a date of service."""
        return setting in self.settings and day >= self.since


@dataclass(frozen=True, slots=True)
class Rule(RuleCard):
    """One rule of the Official Guidelines; `decide` is pure and is asked again until nothing changes."""

    decide: Callable[[Findings], Iterable[Change]]

    @property
    def can_be_disabled(self) -> bool:
        """Whether a site may switch the rule off."""
        return True


@dataclass(frozen=True, slots=True)
class Check(RuleCard):
    """A test of the finished list; `find` returns what is wrong with it."""

    find: Callable[[Listed], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Question(RuleCard):
    """Something to look up or ask of a listed code; `ask` yields the code's value with the prompt."""

    ask: Callable[[Listed], Iterable[tuple[str, Prompt]]]


ListRule = Check | Question
