"""Reads what a note says of procedures: names, details, measures, cues, and the parts of the note they stand in."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from codesets.procedures.phrases import PhraseIndex
from nlp.procedures.finder import find_named, find_near
from nlp.procedures.heart_studies import HeartStudyFinder
from nlp.procedures.parts import parts_of_stretches, read_kind, read_parts, told_parts
from nlp.procedures.report_words import ReportWords
from nlp.procedures.stretches import read_stretches
from nlp.procedures.studies import find_studies
from nlp.procedures.tables import cue_table
from nlp.procedures.types import Cue, CueKind, Named, NoteKind, Part, ServiceReading
from nlp.tokens import Tokens, tokenize, uniform_lines
from nlp.types import Reading, Section, Sentence

_DATE_REACH = 5
_MOST_ITEMS = 4
_EXACT = 3
_FIRST_YEAR = 1950
_MONTHS, _DAYS, _PARTS = 12, 31, 3


class ServiceReader:
    """Finds what names procedures by one index of phrases. Stateless between notes."""

    def __init__(self, index: PhraseIndex) -> None:
        self._index = index

    def read(self, reading: Reading) -> ServiceReading:
        """Return what the note of a reading says of procedures."""
        text = uniform_lines(reading.note.text)
        day = reading.note.date_of_service
        return self.read_words(text, tokenize(text), reading.sentences, reading.sections, day)

    def read_words(
        self,
        text: str,
        tokens: Tokens,
        sentences: Sequence[Sentence],
        sections: tuple[Section, ...],
        day: date,
    ) -> ServiceReading:
        """Return the same of a note's words as the pipeline has them; `day` is the date of service."""
        stretches = read_stretches(tokens, sentences, sections)
        parts = read_parts(text, sections)
        kind = read_kind(text, sections, parts)
        stretch_parts = parts_of_stretches(tokens, stretches, sections, told_parts(kind, text, sections, parts))
        named = find_named(self._index, tokens, stretches)
        if kind is not NoteKind.VISIT:
            heart = HeartStudyFinder(self._index, tokens, stretches, stretch_parts)
            studies = list(heart.find(of_test=kind is NoteKind.IMAGING))
            if kind is NoteKind.IMAGING and not studies:
                titled = any(stretch_parts[n.stretch] is Part.TITLE for n in named)
                report = ReportWords(tokens, stretches, sections, stretch_parts)
                studies = find_studies(self._index, report, titled=titled)
            named = _with_studies(named, studies)
        if kind is not NoteKind.VISIT:
            named += self._near(tokens, stretches, sections, stretch_parts, {n.stretch for n in named})
        rows = sorted({n.stretch for n in named})
        return ServiceReading(
            kind,
            text,
            tokens,
            sections,
            stretch_parts,
            stretches,
            tuple(named),
            {row: _cues(tokens, stretches[row], day) for row in rows},
        )

    def _near(
        self,
        tokens: Tokens,
        stretches: Sequence[Sentence],
        sections: Sequence[Section],
        parts: Sequence[Part],
        named: Collection[int],
    ) -> Iterator[Named]:
        """Yield what the items of a title come near to where they hold no name."""
        items: Counter[int] = Counter()
        for row, stretch in enumerate(stretches):
            items[stretch.section] += 1
            if parts[row] is not Part.TITLE or row in named or sections[stretch.section].kind == "exam":
                continue
            if items[stretch.section] > _MOST_ITEMS:
                continue
            heading = sections[stretch.section].heading
            first = stretch.first
            while heading is not None and first < stretch.last and tokens.starts[first] < heading.end:
                first += 1
            found = find_near(self._index, tokens, row, first, stretch.last)
            if found is not None:
                yield found


def _with_studies(named: Sequence[Named], studies: Sequence[Named]) -> list[Named]:
    """Return the names with the studies of a report in place of what names the same less exactly."""
    exact = [
        (n, study)
        for study in studies
        for n in named
        if n.stretch == study.stretch
        and n.words >= _EXACT
        and len(n.procedures) == 1
        and n.procedures[0] in study.procedures
        and len(study.procedures) > 1
        and all(key != "views" for key, _ in study.said)
    ]
    left = [s for s in studies if all(s is not study for _, study in exact)]
    rows = {row for study in studies for row in study.procedures}
    kept = (n for n in named if rows.isdisjoint(n.procedures) or any(n is one for one, _ in exact))
    return [*kept, *left]


def _cues(tokens: Tokens, stretch: Sentence, day: date) -> tuple[Cue, ...]:
    """Return the cues of a sentence; a date is one: of the day of service, or of another."""
    cues = [
        Cue(m.kind, first, last, m.after, m.before, m.reach)
        for first, last, meanings in cue_table().all_in(tokens.folded, stretch.first, stretch.last)
        for m in meanings
    ]
    return (*cues, *_dates(tokens.folded, stretch, day))


def _dates(folded: list[str], stretch: Sentence, day: date) -> Iterator[Cue]:
    place = stretch.first
    while place < stretch.last:
        if not folded[place].isdigit():
            place += 1
            continue
        end = place + 1
        while end + 1 < stretch.last and folded[end] == "/" and folded[end + 1].isdigit():
            end += 2
        numbers = [int(w) for w in folded[place:end:2]]
        kind = _kind_of_date(numbers, day)
        if kind is not None:
            yield Cue(kind, place, end, True, True, _DATE_REACH)
        place = end


def _kind_of_date(numbers: list[int], day: date) -> CueKind | None:
    """Return what numbers with slashes, or a year, say beside a procedure; None for other numbers."""
    if len(numbers) == 1:
        return CueKind.PAST if _FIRST_YEAR <= numbers[0] < day.year else None
    is_day, is_month = 1 <= numbers[0] <= _MONTHS and numbers[1] <= _DAYS, numbers[1] >= _FIRST_YEAR
    if len(numbers) > _PARTS or not (is_day or is_month):
        return None
    if numbers[:2] == [day.month, day.day]:
        return CueKind.HERE
    return CueKind.PAST
