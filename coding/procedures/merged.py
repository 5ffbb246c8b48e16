"""Two services that one code covers, and services that what was found makes another: the rows of `merged.tsv`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from codesets.procedures.parts import Codes
from codesets.procedures.types import Procedure
from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import merged_rows, scores
from coding.procedures.types import Service
from nlp.procedures.types import Part

_PASSING = frozenset({"body", "findings"})
_GRAMS = re.compile(r"\b(?P<grams>\d{2,4})[ -]?(?:g|gm|gms|grams?)\b", re.IGNORECASE)
_WEIGHED = re.compile(r"\b(?:uter(?:us|ine)|fibroids?|myomas?|specimen)\b", re.IGNORECASE)
_HEAVY = 250
_PARTS = frozenset({Part.TITLE, Part.BODY, Part.DIAGNOSIS, Part.RESULTS, Part.OTHER})


class _Merge(NamedTuple):
    """A code that becomes another beside a second service or a detail; which of the two stay."""

    becomes: dict[str, str]
    beside: Codes
    detail: tuple[str, str] | None
    keeps: bool
    adds: bool


def merged(place: Surroundings, services: Sequence[Service], sets: ServiceSets) -> list[Service]:
    """Return the services with those that belong together under their common code."""
    body = [s for s in services if s.grade in _PASSING]
    found = [s for s in services if s.grade not in _PASSING]
    for merge in _merges():
        for service in [s for s in found if s.value in merge.becomes]:
            other = next((s for s in found if s is not service and s.value in merge.beside), None)
            if other is None and not (merge.detail and _states(place, *merge.detail)):
                continue
            target = sets.by_value.get(merge.becomes[service.value])
            if target is None or service not in found:
                continue
            same = next((s for s in found if s.procedure is target), None)
            gone = [] if merge.adds else [service] if merge.keeps or other is None else [service, other]
            new = _joined(target, gone or [service], same)
            dropped = {id(s) for s in (*gone, same)}
            found = [s for s in found if id(s) not in dropped] + [new]
    values = {s.value for s in found}
    return found + [s for s in body if s.value not in values]


def _joined(target: Procedure, services: Sequence[Service], same: Service | None) -> Service:
    """Return the service of a code that stands for others, or is there already."""
    named = [n for s in services for n in s.named]
    if same is None:
        return replace(services[0], procedure=target, named=named)
    grade = max(same.grade, services[0].grade, key=lambda grade: scores().get(grade, 0.0))
    return replace(same, named=[*same.named, *named], grade=grade)


def _states(place: Surroundings, key: str, value: str) -> bool:
    reading = place.reading
    if key == "uterus":
        return any(_is_heavy(place, row) for row in range(len(reading.stretches)) if reading.parts[row] in _PARTS)
    anywhere = key == "care"
    rows = [row for row in range(len(reading.stretches)) if anywhere or reading.parts[row] in _PARTS]
    return value in place.details_of(rows).get(key, ())


def _is_heavy(place: Surroundings, row: int) -> bool:
    """Tell whether a sentence weighs a womb or what was cut from it at more than the limit of the lesser codes."""
    reading = place.reading
    stretch = reading.stretches[row]
    text = reading.text[reading.tokens.starts[stretch.first] : reading.tokens.ends[stretch.last - 1]]
    weights = [int(m["grams"]) for m in _GRAMS.finditer(text)]
    return any(w > _HEAVY for w in weights) and _WEIGHED.search(text) is not None


@cache
def _merges() -> tuple[_Merge, ...]:
    return tuple(_read())


def _read() -> Iterator[_Merge]:
    for codes, beside, becomes, keeps in merged_rows():
        pairs = dict(zip(codes.split("|"), becomes.split("|"), strict=True))
        key, _, value = beside.partition("=")
        yield _Merge(
            pairs, Codes("" if value else beside), (key, value) if value else None, keeps == "keeps", keeps == "adds"
        )


__all__ = ["merged"]
