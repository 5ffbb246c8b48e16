"""The code of an anesthesia record: by the operation that it was for, one line and none for the operation."""

import re
from collections.abc import Iterable, Iterator

from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.tables import anesthesia_of
from coding.procedures.types import Group, Service, group_of
from coding.types import Step
from nlp.procedures.types import CueKind, Part

_RECORD = re.compile(
    r"(?<!pre)(?<!pre-)(?<!pre )(?<!post)(?<!post-)\ban(?:a)?esthe(?:sia|tic) (?:care |intraoperative )?"
    r"(?:record|report|chart|log|flow ?sheet|billing (?:record|sheet)|note)\b",
    re.IGNORECASE,
)
_OPENING = 300
_OPENERS = frozenset({"for", "operation", "procedure", "surgery", "case", "undergoing", "operative", "surgical"})


def is_anesthesia_record(text: str) -> bool:
    """Tell whether a note opens as the record of an anesthesia.

    >>> is_anesthesia_record("ANESTHESIA RECORD: knee arthroscopy"), is_anesthesia_record("Anesthesia: MAC")
    (True, False)
    """
    return _RECORD.search(text, 0, _OPENING) is not None


def anesthesia_line(place: Surroundings, operations: Iterable[Service], sets: ServiceSets) -> list[Service]:
    """Return the line for giving the anesthesia of the first operation, of the title before others."""
    ordered = sorted(operations, key=lambda s: (place.part(s.named[0]) is not Part.TITLE, s.named[0].first))
    for operation in (*ordered, *_named_first(place, sets)):
        is_own = group_of(operation.procedure) is Group.ANESTHESIA
        procedure = sets.by_value.get(operation.value if is_own else anesthesia_of(operation.value) or "")
        if procedure is not None:
            line = Service(procedure, list(operation.named), "rule", 1)
            line.why.append(Step("anesthesia", f"by the part of the body of {operation.value}"))
            return [line]
    return []


def _named_first(place: Surroundings, sets: ServiceSets) -> Iterator[Service]:
    """Yield the operations that sentences with words such as 'for' name, in the order of the record."""
    reading = place.reading
    for named in reading.named:
        stretch = reading.stretches[named.stretch]
        words = reading.tokens.folded[stretch.first : named.last]
        against = any(c.kind in (CueKind.PAST, CueKind.DECLINED) for c in reading.cues.get(named.stretch, ()))
        if against or _OPENERS.isdisjoint(words):
            continue
        for procedure in (sets.procedures[row] for row in named.procedures):
            if group_of(procedure) is Group.ANESTHESIA or anesthesia_of(procedure.code.value):
                yield Service(procedure, [named], "title", 1)
