"""What a note says of procedures: where it names them, the words that tell codes apart, those of being done."""

from dataclasses import dataclass
from enum import StrEnum

from nlp.tokens import Tokens
from nlp.types import Section, Sentence


class Part(StrEnum):
    """What a section is to the services of its note."""

    TITLE = "title"
    BODY = "body"
    ASIDE = "aside"
    HISTORY = "history"
    PLAN = "plan"
    RESULTS = "results"
    COURSE = "course"
    DIAGNOSIS = "diagnosis"
    OTHER = "other"


class NoteKind(StrEnum):
    """A report of one procedure, an imaging report, or the note of a visit or stay."""

    OPERATIVE = "operative"
    IMAGING = "imaging"
    VISIT = "visit"


class CueKind(StrEnum):
    """What words near a procedure say of its being done."""

    ACT = "act"
    HERE = "here"
    STATED = "stated"
    RESULT = "result"
    TIMED = "timed"
    PLAN = "plan"
    DECLINED = "declined"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name procedures: tokens `first` to `last` (excluded) of a stretch, and the procedures' rows.

    `words` counts the words of the phrase that matched; `agreement` is 1 unless the words only come near a name.
    `said` holds the (key, value) details that are the name's own, as those of a study put together from its report.
    """

    first: int
    last: int
    stretch: int
    procedures: tuple[int, ...]
    words: int
    agreement: float = 1.0
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """A fact in words: `key` and `value` as the facts of a procedure; `denied` after 'no' or 'without'."""

    key: str
    value: str
    first: int
    stretch: int
    denied: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit: `key` is size_cm, area_sqcm, minutes, views, count, weeks, or dose with its `unit`."""

    key: str
    value: float
    unit: str
    start: int
    end: int
    stretch: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at tokens `first` to `last` (excluded)."""

    kind: CueKind
    first: int
    last: int
    after: bool
    before: bool
    reach: int


@dataclass(frozen=True, slots=True)
class ServiceReading:
    """What was read of services; `stretches` are sentences with their headings, `parts` go with them.

    Details and measures are read where a decision asks for them (`details_in`, `measures_in`): most sentences are
    never asked. `text` has uniform line ends and the offsets of the note.
    """

    kind: NoteKind
    text: str
    tokens: Tokens
    sections: tuple[Section, ...]
    parts: tuple[Part, ...]
    stretches: tuple[Sentence, ...]
    named: tuple[Named, ...]
    cues: dict[int, tuple[Cue, ...]]
