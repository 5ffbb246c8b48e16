"""Eye examinations of new and known patients, by what was examined."""

from coding.procedures.sets import ServiceSets
from coding.procedures.surroundings import Surroundings
from coding.procedures.types import Service
from nlp.procedures.types import Named, NoteKind
from nlp.types import PatientStatus, Setting

_PRESSURE = frozenset({"iop", "tonometry", "applanation", "tonopen", "ta"})
_LAMP = frozenset({"sle", "slit", "conj", "cornea", "ac", "lens", "biomicroscopy", "k"})
_FUNDUS = frozenset({"dfe", "fundus", "macula", "mac", "disc", "periphery", "periph", "vitreous", "funduscopic"})
_EYES = frozenset({"od", "os", "ou"})
_COMPLETE = {PatientStatus.NEW: "92004", PatientStatus.ESTABLISHED: "92014"}
_PART = {PatientStatus.NEW: "92002", PatientStatus.ESTABLISHED: "92012"}
_NEW = frozenset({"new"})
_OPENING = 60


def eye_visit(place: Surroundings, setting: Setting, sets: ServiceSets) -> Service | None:
    """Return the examination where pressure and slit lamp of both eyes are stated: full with the fundus."""
    reading = place.reading
    words = set(reading.tokens.folded)
    if setting is not Setting.OUTPATIENT or reading.kind is not NoteKind.VISIT:
        return None
    if _EYES.isdisjoint(words) or _PRESSURE.isdisjoint(words) or len(_LAMP & words) < 2:
        return None
    status = place.note.patient.status
    if status is None:
        opening = reading.tokens.folded[:_OPENING]
        status = PatientStatus.NEW if not _NEW.isdisjoint(opening) else PatientStatus.ESTABLISHED
    procedure = sets.by_value.get((_PART if _FUNDUS.isdisjoint(words) else _COMPLETE)[status])
    return None if procedure is None else Service(procedure, [_place(place)], "rule", 1)


def _place(place: Surroundings) -> Named:
    """Return the first word of the examination: that of the pressure."""
    reading = place.reading
    at = next(i for i, word in enumerate(reading.tokens.folded) if word in _PRESSURE)
    rows = (row for row, s in enumerate(reading.stretches) if s.first <= at < s.last)
    return Named(at, at + 1, next(rows, 0), (), 1)
