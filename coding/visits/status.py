"""Whether the patient is new or established: the request says, else the note's words."""

from coding.types import Evidence
from coding.visits.scan import Scan
from nlp.types import PatientStatus

_OPENING = 0.4
_EARLY = frozenset({"unknown", "chief_complaint", "hpi", "other"})


def patient_status(scan: Scan) -> tuple[PatientStatus | None, tuple[Evidence, ...]]:
    """Return the status with the words that told it; None where nothing does.

    'New patient' and 'established' decide; then a consultation that was asked for; then 'follow-up', 'returns'; then
    'referred by'.
    """
    if scan.reading.note.patient.status is not None:
        return scan.reading.note.patient.status, ()
    end = max(600, round(len(scan.text) * _OPENING))
    early = [h for h in scan.of("status") if h.start < end and (h.section in _EARLY or h.start < end / 2)]
    for value, status in (
        ("new", PatientStatus.NEW),
        ("seen", PatientStatus.ESTABLISHED),
        ("asked", PatientStatus.NEW),
        ("back", PatientStatus.ESTABLISHED),
        ("referred", PatientStatus.NEW),
    ):
        said = [h for h in early if h.value == value and scan.is_not_denied(h)]
        if said:
            return status, (scan.evidence(said[0]),)
    return None, ()
