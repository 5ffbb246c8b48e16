"""What reading a note yields: sections, sentences, mentions with assertion and attributes.

Every offset is a 0-based Unicode code point into the note exactly as received, `end` excluded:
`note.text[start:end] == span.text` always holds.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nlp.tokens import Tokens


class Setting(StrEnum):
    """Where the encounter took place; `ed` follows the outpatient diagnosis rules."""

    OUTPATIENT = "outpatient"
    INPATIENT = "inpatient"
    ED = "ed"


class Sex(StrEnum):
    """Administrative sex, as claims carry it."""

    FEMALE = "F"
    MALE = "M"


class PatientStatus(StrEnum):
    """Whether the patient is new to the practice; office visit levels need it."""

    NEW = "new"
    ESTABLISHED = "established"


@dataclass(frozen=True, slots=True)
class Patient:
    """What the request says of the patient; `age` in years."""

    age: int | None = None
    sex: Sex | None = None
    status: PatientStatus | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note exactly as received and the encounter it belongs to; without a setting, outpatient is assumed."""

    text: str
    date_of_service: date
    setting: Setting | None = None
    patient: Patient = Patient()

    @property
    def sha256(self) -> str:
        """The hex digest of the note's UTF-8 bytes."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the note; offsets are code points, `end` excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the note under one heading: `kind` is canonical (`assessment`, `pmh`), `unknown` before any."""

    kind: str
    heading: Span | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (`last` excluded) of one sentence or list item, and the row of its section."""

    first: int
    last: int
    section: int


class AssertionKind(StrEnum):
    """What the note says of a finding; all but `present` keep it from being coded as current."""

    PRESENT = "present"
    NEGATED = "negated"
    UNCERTAIN = "uncertain"
    HISTORICAL = "historical"
    FAMILY = "family"
    HYPOTHETICAL = "hypothetical"
    CONDITIONAL = "conditional"


class Direction(StrEnum):
    """On which side of its cue a finding stands."""

    FORWARD = "forward"
    BACKWARD = "backward"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Assertion:
    """The assertion of a mention, with the cue that decided it, the cue's scope and direction, and the rule id.

    A present mention has no cue. Where the section decided, the cue is its heading.
    """

    kind: AssertionKind
    rule: str
    cue: Span | None = None
    scope: Span | None = None
    direction: Direction | None = None


PRESENT = Assertion(AssertionKind.PRESENT, "assertion.present")


class Match(StrEnum):
    """How the words of a mention met the lexicon."""

    EXACT = "exact"
    SPREAD = "spread"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase of the note that means a code.

    `core` is the row of the lexicon's core, `terms` the rows of its terms that hold here, `attributes` a mask of
    the attribute table, `nearby` the stem ids of its clause, `quality` (0–1) how well words and core agree.
    """

    start: int
    end: int
    section: str
    sentence: int
    core: int
    terms: tuple[int, ...]
    attributes: int
    nearby: frozenset[int]
    match: Match
    quality: float
    assertion: Assertion


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words that training saw to mean a code: its row in the table of learned phrases, and its length."""

    start: int
    end: int
    row: int
    words: int


class FactKind(StrEnum):
    """What a fact tells: the use of a drug, a measured value, a laboratory value, tobacco, an operation."""

    DRUG = "drug"
    BODY_MASS = "body_mass"
    BODY_MASS_PERCENTILE = "body_mass_percentile"
    GESTATION = "gestation"
    BIRTH_GESTATION = "birth_gestation"
    BIRTH_WEIGHT = "birth_weight"
    TOBACCO = "tobacco"
    OPERATION = "operation"
    LAB = "lab"


@dataclass(frozen=True, slots=True)
class Fact:
    """Words that tell what no disease phrase does.

    `name` is what the fact is about (a drug's generic name, a tobacco product), `value` what is said of it: a role
    (`current`, `allergy`), a number.
    """

    start: int
    end: int
    section: str
    sentence: int
    kind: FactKind
    name: str
    value: str
    assertion: Assertion


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in a note, plain data that outlives the pipeline's memory zone."""

    note: Note
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    tokens: Tokens
    facts: tuple[Fact, ...] = ()
    phrases: tuple[Phrase, ...] = ()
