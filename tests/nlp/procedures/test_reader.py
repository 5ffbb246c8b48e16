import pytest

from nlp.procedures.details import details_in
from nlp.procedures.numbers import measures_in
from nlp.procedures.types import CueKind, NoteKind, Part
from tests.nlp.procedures.conftest import ReadsServices

OPERATIVE = """PREOPERATIVE DIAGNOSIS: Gallstones.
POSTOPERATIVE DIAGNOSIS: Same.
PROCEDURE: 1. Laparoscopic cholecystectomy.
ANESTHESIA: General.
DESCRIPTION OF PROCEDURE: The patient was taken to the operating room and the gallbladder was removed.
"""
IMAGING = "EXAM: CT HEAD WITHOUT CONTRAST\nTECHNIQUE: Axial images.\nFINDINGS: Normal.\nIMPRESSION: Normal."
VISIT = "HPI: Knee pain.\nMedications: none\nROS: negative\nProcedure: Right knee injection.\nPlan: return."


@pytest.mark.parametrize(
    ("text", "kind"), [(OPERATIVE, NoteKind.OPERATIVE), (IMAGING, NoteKind.IMAGING), (VISIT, NoteKind.VISIT)]
)
def test_kinds(read_services: ReadsServices, text: str, kind: NoteKind) -> None:
    assert read_services(text).kind is kind


def test_parts_of_a_report(read_services: ReadsServices) -> None:
    reading = read_services(OPERATIVE)
    assert set(reading.parts) == {Part.DIAGNOSIS, Part.TITLE, Part.ASIDE, Part.BODY}


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        pytest.param("excised a 1.2 x 0.8 cm lesion", "size_cm", 1.2, id="larger of two"),
        pytest.param("8 mm polyp removed by colonoscopy", "size_cm", 0.8, id="millimetres"),
        pytest.param("debridement of 12 sq cm", "area_sqcm", 12.0, id="area"),
        pytest.param("psychotherapy for 45 minutes", "minutes", 45.0, id="minutes"),
        pytest.param("Kenalog 40mg", "dose", 40.0, id="no space"),
        pytest.param("fentanyl 50 mcg", "dose", 0.05, id="micrograms in milligrams"),
        pytest.param("knee x-ray three views", "views", 3.0, id="a number in words"),
        pytest.param("cryotherapy of 4 plantar warts", "count", 4.0, id="a count"),
    ],
)
def test_measures(read_services: ReadsServices, text: str, key: str, value: float) -> None:
    reading = read_services(text)
    found = [m for row in range(len(reading.stretches)) for m in measures_in(reading, row) if m.key == key]
    assert [m.value for m in found][:1] == [pytest.approx(value)]
    assert reading.text[found[0].start : found[0].end]


def test_a_detail_may_be_denied(read_services: ReadsServices) -> None:
    reading = read_services("Colonoscopy with snare polypectomy, no biopsy.")
    found = {(d.value, d.denied) for d in details_in(reading, 0) if d.key == "with"}
    assert ("snare", False) in found
    assert ("biopsy", True) in found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("EKG done today", CueKind.HERE, id="today"),
        pytest.param("EKG 6/1/26", CueKind.HERE, id="the day of service"),
        pytest.param("EKG 3/14", CueKind.PAST, id="another day"),
        pytest.param("CABG in 2011", CueKind.PAST, id="a year"),
        pytest.param("will schedule colonoscopy", CueKind.PLAN, id="planned"),
        pytest.param("declined colonoscopy", CueKind.DECLINED, id="declined"),
    ],
)
def test_cues(read_services: ReadsServices, text: str, kind: CueKind) -> None:
    assert kind in {cue.kind for cues in read_services(text).cues.values() for cue in cues}
