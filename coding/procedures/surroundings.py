"""What stands around a named procedure: the details, measures and words of its sentence, and of its part."""

import re
from collections.abc import Iterable
from functools import cached_property

from codesets.index.words import stem
from coding.procedures.excised import excised_size
from coding.procedures.scopes import Scopes
from coding.procedures.sides import side_of
from coding.procedures.tables import site_words, ways_need, words_of
from nlp.procedures.details import details_in
from nlp.procedures.numbers import measures_in
from nlp.procedures.types import Detail, Measure, Named, NoteKind, Part, ServiceReading
from nlp.types import Note

_AGE = re.compile(
    r"\b(?:(?P<years>\d{1,3})[ -]?(?:years?|yrs?|y)[ -]?(?:old|o\b|/o)|(?P<short>\d{1,3}) ?yo\b"
    r"|under (?:the )?age (?:of )?(?P<under>\d{1,2})|(?P<months>\d{1,2})[ -](?:months?|weeks?|days?)[ -]old)",
    re.IGNORECASE,
)
_KEYHOLE = frozenset({"laparoscopic", "robotic"})
_GENERAL = re.compile(
    r"\bgeneral(?:ized)?\W+(?:\w+\W+){0,3}?(?:an(?:a)?esth\w*|endotracheal|intubation|mask|lma|laryngeal mask)"
    r"|\ban(?:a)?esthesia(?: type)?\W{1,4}general|\bgeta\b|\bunder general\b",
    re.IGNORECASE,
)
_NEAR = 1.0
_WIDE = 0.6
_FAINT = 0.4
_EARLIER_REACH = 3
_DEPTHS = ("bone", "muscle", "fascia", "subcutaneous", "skin")
_PROCEDURE_PARTS = frozenset({Part.TITLE, Part.BODY})
_SITE_SECTIONS = frozenset({"assessment", "assessment_plan", "chief_complaint", "discharge_diagnosis"})
_REPORT_PARTS = frozenset({Part.TITLE, Part.BODY, Part.RESULTS, Part.OTHER})


class Surroundings:
    """The details of a note by sentence, and which sentences speak of the same procedure."""

    def __init__(self, note: Note, reading: ServiceReading, scopes: Scopes | None = None) -> None:
        self.note = note
        self.reading = reading
        self.scopes = scopes
        self._details: dict[int, list[Detail]] = {}
        self._measures: dict[int, list[Measure]] = {}
        self._stems: dict[int, frozenset[str]] = {}
        self._wide: dict[int, tuple[int, ...]] = {}

    @cached_property
    def age(self) -> int | None:
        """The patient's age in years, from the request or from the note's words."""
        if self.note.patient.age is not None:
            return self.note.patient.age
        stated = _AGE.search(self.note.text)
        if stated is None:
            return None
        if stated["months"]:
            return 0
        return int(stated["under"]) - 1 if stated["under"] else int(stated["years"] or stated["short"])

    @cached_property
    def _report(self) -> tuple[int, ...]:
        reading = self.reading
        return tuple(row for row, s in enumerate(reading.stretches) if reading.parts[row] in _REPORT_PARTS)

    def wide(self, stretch: int) -> tuple[int, ...]:
        """Return the sentences that speak of the same matter: the report, or the section of a visit's note."""
        if self.reading.kind is not NoteKind.VISIT:
            return self._report
        section = self.reading.stretches[stretch].section
        if section not in self._wide:
            rows = enumerate(self.reading.stretches)
            parts = self.reading.parts
            self._wide[section] = tuple(r for r, s in rows if s.section == section or parts[r] in _PROCEDURE_PARTS)
        return self._wide[section]

    @cached_property
    def assessed(self) -> frozenset[str]:
        """The stems of what a visit's note says of complaints and diagnoses, where it says what site it is about."""
        reading = self.reading
        if reading.kind is not NoteKind.VISIT:
            return frozenset()
        rows = (r for r, s in enumerate(reading.stretches) if reading.sections[s.section].kind in _SITE_SECTIONS)
        return frozenset().union(*(self.stems(row) for row in rows))

    @cached_property
    def diagnosed(self) -> tuple[int, ...]:
        """The sentences of the diagnoses of a report."""
        if self.reading.kind is NoteKind.VISIT:
            return ()
        return tuple(row for row, part in enumerate(self.reading.parts) if part is Part.DIAGNOSIS)

    @cached_property
    def diagnosed_stems(self) -> frozenset[str]:
        """The stems of the diagnoses of a report."""
        return frozenset().union(*(self.stems(row) for row in self.diagnosed))

    @cached_property
    def anesthetized(self) -> bool:
        """Whether a report says that the patient was under general anesthesia."""
        return self.reading.kind is not NoteKind.VISIT and _GENERAL.search(self.reading.text) is not None

    def part(self, named: Named) -> Part:
        """Return the part of the note that a name stands in."""
        return self.reading.parts[named.stretch]

    def stems(self, stretch: int) -> frozenset[str]:
        """Return the stems of a sentence."""
        if stretch not in self._stems:
            s = self.reading.stretches[stretch]
            self._stems[stretch] = frozenset(map(stem, self.reading.tokens.folded[s.first : s.last]))
        return self._stems[stretch]

    def words(self, stretch: int) -> list[str]:
        """Return the folded words of a sentence."""
        s = self.reading.stretches[stretch]
        return self.reading.tokens.folded[s.first : s.last]

    def around(self, named: Named, family: str = "") -> "Around":
        """Return what stands around a name of a family."""
        return Around(self, named, family)

    def details_of(self, rows: Iterable[int], family: str = "") -> dict[str, set[str]]:
        """Return key → the values that sentences state and do not deny; for a scope those of its part."""
        found: dict[str, set[str]] = {}
        for row in rows:
            for detail in self._details_in(row):
                if not detail.denied and self._covers(family, detail.first):
                    found.setdefault(detail.key, set()).add(detail.value)
        return found

    def nearest(self, named: Named, key: str) -> str | None:
        """Return the value of a key that the sentence states nearest to a name, what follows it before all else."""
        found = [d for d in self._details_in(named.stretch) if d.key == key and not d.denied]
        after = [d for d in found if d.first >= named.last]
        best = min(after or found, key=lambda d: abs(d.first - named.last), default=None)
        return best.value if best else None

    def stated_in(self, rows: Iterable[int], key: str) -> list[Detail]:
        """Return where sentences state a key and do not deny it."""
        return [d for row in rows for d in self._details_in(row) if d.key == key and not d.denied]

    def denied_of(self, row: int, key: str) -> set[str]:
        """Return the values of a key that a sentence denies and does not state as well."""
        details = [d for d in self._details_in(row) if d.key == key]
        return {d.value for d in details if d.denied} - {d.value for d in details if not d.denied}

    def places_of(self, key: str, value: str, family: str = "") -> list[Detail]:
        """Return where a report states a value and does not deny it; for a scope in its part of the report."""
        details = (d for row in self._report for d in self._details_in(row) if self._covers(family, d.first))
        return [d for d in details if d.key == key and d.value == value and not d.denied]

    def shows_need(self, detail: Detail, way: str) -> bool:
        """Tell whether the sentence of a detail, or one beside it, says what a way through a scope was used for."""
        needed = ways_need().get(way)
        stretches, folded = self.reading.stretches, self.reading.tokens.folded
        before = folded[max(stretches[detail.stretch].first, detail.first - _EARLIER_REACH) : detail.first]
        if not words_of("earlier").isdisjoint(before):
            return False
        if needed is None:
            return True
        rows = range(max(0, detail.stretch - 1), min(len(stretches), detail.stretch + 2))
        return any(not needed.isdisjoint(folded[stretches[row].first : stretches[row].last]) for row in rows)

    def _covers(self, family: str, token: int) -> bool:
        return self.scopes is None or self.scopes.covers(family, token)

    @cached_property
    def report_words(self) -> frozenset[str]:
        """The words of the title and the body of a report; of a visit all."""
        folded, stretches = self.reading.tokens.folded, self.reading.stretches
        if self.reading.kind is NoteKind.VISIT:
            return frozenset(folded)
        return frozenset(w for row in self._report for w in folded[stretches[row].first : stretches[row].last])

    def measures_of(self, rows: Iterable[int], key: str) -> list[Measure]:
        """Return the measures of a key in sentences."""
        return [m for row in rows for m in self._measures_in(row) if m.key == key]

    def _details_in(self, row: int) -> list[Detail]:
        if row not in self._details:
            self._details[row] = details_in(self.reading, row)
        return self._details[row]

    def _measures_in(self, row: int) -> list[Measure]:
        if row not in self._measures:
            self._measures[row] = measures_in(self.reading, row)
        return self._measures[row]


def _of_scopes(values: set[str]) -> set[str]:
    """Return the approaches, less the cuts and needles that every operation through the belly's scope has."""
    if values.isdisjoint(_KEYHOLE):
        return values
    return (values & _KEYHOLE) | {"laparoscopic"}


class Around:
    """The details near a name and in its part, and how much each counts."""

    def __init__(self, of: Surroundings, named: Named, family: str = "") -> None:
        self.of = of
        self.named = named
        self._family = family
        self._wide_rows = of.wide(named.stretch)
        self._near = of.details_of([named.stretch], family) | {key: {value} for key, value in named.said}

    @cached_property
    def _wide(self) -> dict[str, set[str]]:
        return self.of.details_of(self._wide_rows, self._family)

    @cached_property
    def _told(self) -> dict[str, set[str]]:
        """What is told of the operation itself: findings also tell of earlier ones."""
        parts = self.of.reading.parts
        return self.of.details_of(row for row in self._wide_rows if parts[row] is not Part.RESULTS)

    @cached_property
    def _diagnosed(self) -> dict[str, set[str]]:
        return self.of.details_of(self.of.diagnosed)

    @cached_property
    def _wide_stems(self) -> frozenset[str]:
        return frozenset().union(*(self.of.stems(row) for row in self._wide_rows))

    @cached_property
    def denied_ways(self) -> set[str]:
        """The ways of doing it that the sentence of the name denies, as an attempted cholangiogram."""
        return self.of.denied_of(self.named.stretch, "with")

    @cached_property
    def side(self) -> str:
        """The side in the sentence of the name: left, right, both, or ''."""
        said = dict(self.named.said).get("side")
        if said is not None:
            return said
        stretch = self.of.reading.stretches[self.named.stretch]
        return side_of(self.of.reading.tokens.folded[stretch.first : stretch.last])

    @cached_property
    def wide_side(self) -> str:
        """The one side that a report names anywhere: left or right, '' where it names both or none."""
        if self.of.reading.kind is NoteKind.VISIT:
            return ""
        stretches = (self.of.reading.stretches[row] for row in self._wide_rows)
        named = {side_of(self.of.reading.tokens.folded[s.first : s.last]) for s in stretches} - {""}
        return next(iter(named)) if len(named) == 1 and "both" not in named else ""

    def stated(self, key: str) -> tuple[set[str], float]:
        """Return the values stated for a key, from the nearest place that states one, and their weight."""
        if key in self._near:
            values, weight = _deepest(key, self._near[key]), _NEAR
        elif key in self._wide:
            values, weight = (self._told if key == "approach" else self._wide).get(key, set()), _WIDE
        else:
            values, weight = self._diagnosed.get(key, set()), _FAINT
        return (_of_scopes(values), weight) if key == "approach" else (values, weight)

    def weight_of(self, key: str, value: str) -> float:
        """Return how surely a value is stated: 0 where it is not."""
        if value in self._near.get(key, ()):
            return _NEAR
        if value in self._wide.get(key, ()):
            return _WIDE
        return _FAINT if value in self._diagnosed.get(key, ()) else 0.0

    def weight_of_words(self, words: frozenset[str]) -> float:
        """Return how surely the stems stand here: 0 where they do not."""
        if words <= self.of.stems(self.named.stretch):
            return _NEAR
        return _WIDE if len(words) == 1 and words <= self._wide_stems else 0.0

    def weight_of_site(self, site: str, words: frozenset[str], *, of_lesion: bool = False) -> float:
        """Return how surely a site is named, by its own words or others for it; of a lesion by its diagnosis too."""
        other = site_words().get(site, words if len(words) == 1 else frozenset())
        if not other.isdisjoint(self.of.stems(self.named.stretch)):
            return _NEAR
        if len(words) > 1 and words <= self.of.stems(self.named.stretch):
            return _NEAR
        if not other.isdisjoint(self._wide_stems):
            return _WIDE
        if of_lesion and not other.isdisjoint(self.of.diagnosed_stems):
            return _FAINT
        return 0.0 if other.isdisjoint(self.of.assessed) else _FAINT

    @cached_property
    def excised(self) -> tuple[float, bool] | None:
        """The size in cm of what was cut out with its margins, and whether the sentence of the name gives it."""
        return excised_size(self)

    def nearest(self, key: str) -> float | None:
        """Return the measure of a key that stands next to the name in its sentence, one after it before others."""
        tokens = self.of.reading.tokens
        begin, end = tokens.starts[self.named.first], tokens.ends[self.named.last - 1]
        found = self.of.measures_of([self.named.stretch], key)
        following = [m for m in found if m.start >= begin]
        if following:
            return min(following, key=lambda m: (max(0, m.start - end), m.start)).value
        return max(found, key=lambda m: m.start).value if found else None

    def numbers(self, key: str) -> tuple[list[float], float]:
        """Return the measures of a key, from the nearest place that has one, and their weight."""
        said = [float(value) for name, value in self.named.said if name == key]
        if said:
            return said, _NEAR
        near = self.of.measures_of([self.named.stretch], key)
        found = near or self.of.measures_of(self._wide_rows, key)
        return [m.value for m in found], _NEAR if near else _WIDE


def _deepest(key: str, values: set[str]) -> set[str]:
    """Return the values of a key; of several depths the deepest, which the ones above it lead to."""
    if key != "depth" or len(values) < 2:
        return values
    return {next((depth for depth in _DEPTHS if depth in values), min(values))}
