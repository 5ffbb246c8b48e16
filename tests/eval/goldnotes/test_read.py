"""The gold notes: what they hold, and that every label fits its text and the code set."""

from pathlib import Path

import pytest

from codesets.errors import BadRequest
from codesets.icd10cm.release import IcdRelease
from codesets.types import Code
from eval.goldnotes.read import FOLDER, GoldNote, Label, as_row, read_labels, read_mtsamples, read_own, read_services

LABELS = FOLDER.parents[1] / "training" / "labels"
TRAINING = LABELS / "mtsamples.jsonl"
FILES = [FOLDER / "mtsamples-tune.jsonl", FOLDER / "mtsamples-report.jsonl", TRAINING]
SECONDARY = ("V", "W", "X", "Y")


@pytest.fixture(scope="module")
def own() -> list[GoldNote]:
    return [*read_own("tune"), *read_own("report")]


@pytest.fixture(scope="module")
def labels(own: list[GoldNote]) -> list[Label]:
    return [
        *(g.label for g in own),
        *(x for path in FILES for x in read_labels(path)),
        *read_labels(LABELS / "own.jsonl"),
    ]


def test_there_are_enough_own_notes(own: list[GoldNote]) -> None:
    assert len(own) >= 100
    assert len({g.label.id for g in own}) == len(own)
    services = [*read_services("tune"), *read_services("report")]
    assert {p.stem for p in (FOLDER / "notes").glob("*.txt")} == {g.label.id for g in (*own, *services)}
    assert sum(g.label.setting.value == "inpatient" for g in own) >= 25
    assert {g.label.setting.value for g in own} == {"inpatient", "outpatient", "ed"}
    assert len({g.label.specialty for g in own}) >= 15
    assert all(1000 <= len(g.note.text) <= 6000 for g in own)


def test_there_are_enough_service_notes() -> None:
    services = [*read_services("tune"), *read_services("report")]
    assert len({g.label.id for g in services}) == len(services) >= 60
    lines = [line for g in services for line in g.label.procedures]
    assert sum(line.system == "hcpcs" for line in lines) >= 70
    assert len(lines) >= 200
    assert sum(len(g.label.traps) for g in services) >= 500
    assert all(t.reason == "not_performed" for g in services for t in g.label.traps)


def test_there_are_enough_traps_of_many_kinds(own: list[GoldNote]) -> None:
    traps = [t for g in own for t in g.label.traps]
    assert len(traps) >= 400
    assert {"negated", "uncertain", "historical", "family", "integral_symptom"} <= {t.reason for t in traps}


def test_there_are_enough_labels_of_public_transcriptions() -> None:
    gold = [x for path in FILES[:2] for x in read_labels(path)]
    assert len(gold) >= 80
    assert len(read_labels(TRAINING)) >= 150


def test_the_halves_share_no_note() -> None:
    tune, report, training = ({x.id for x in read_labels(path)} for path in FILES)
    assert not tune & report
    assert not training & (tune | report)
    assert not {g.label.id for g in read_own("tune")} & {g.label.id for g in read_own("report")}


def test_what_is_written_for_training_is_not_measured_on(own: list[GoldNote]) -> None:
    labels = read_labels(LABELS / "own.jsonl")
    assert {x.id for x in labels} == {p.stem for p in (LABELS / "notes").glob("*.txt")}
    assert not {x.id for x in labels} & {g.label.id for g in own}
    measured = {g.note.text for g in own}
    for label in labels:
        text = (LABELS / "notes" / f"{label.id}.txt").read_text(encoding="utf-8")
        assert text not in measured
        for start, end in (span for x in (*label.codes, *label.traps) for span in x.evidence):
            assert text[start:end].strip(), label.id


def test_the_halves_are_alike(own: list[GoldNote]) -> None:
    tune, report = read_own("tune"), read_own("report")
    assert abs(len(tune) - len(report)) <= 1
    stays = [sum(g.label.setting.value == "inpatient" for g in half) for half in (tune, report)]
    assert abs(stays[0] - stays[1]) <= 3


def test_offsets_lie_in_the_note_and_point_at_words(own: list[GoldNote]) -> None:
    for gold in own:
        text, label = gold.note.text, gold.label
        marked = (*label.codes, *label.procedures, *label.traps)
        for start, end in (span for x in marked for span in x.evidence):
            assert 0 <= start < end <= len(text), label.id
            assert text[start:end] == text[start:end].strip(), label.id


def test_every_code_is_billable_and_written_with_its_dot(labels: list[Label], embedded: IcdRelease) -> None:
    for label in labels:
        for row in (*label.codes, *label.traps):
            code = Code.parse(row.code)
            assert code.display == row.code, label.id
            assert embedded.is_billable(code.value), (label.id, row.code)
            assert row.evidence, (label.id, row.code)


def test_traps_and_codes_are_disjoint_and_codes_come_once(labels: list[Label]) -> None:
    for label in labels:
        codes = [x.code for x in label.codes]
        assert len(codes) == len(set(codes)), label.id
        assert not set(codes) & {t.code for t in label.traps}, label.id


def test_the_first_listed_code_is_a_final_code_that_may_lead(labels: list[Label]) -> None:
    for label in labels:
        assert (label.first_listed is None) == (not label.codes), label.id
        if label.first_listed is not None:
            assert label.first_listed in {x.code for x in label.codes}, label.id
            assert not label.first_listed.startswith(SECONDARY), label.id


def test_labels_of_transcriptions_hold_no_words() -> None:
    for path in FILES:
        for label in read_labels(path):
            assert set(as_row(label)) == set(Label.model_fields)
            marked = (*label.codes, *label.procedures, *label.traps)
            assert all(0 <= s < e for x in marked for s, e in x.evidence), label.id


def test_labels_of_transcriptions_lie_in_their_texts() -> None:
    try:
        notes = [*read_mtsamples("tune"), *read_mtsamples("report")]
    except BadRequest:
        pytest.skip("CHARTCODER_DATA does not hold the transcriptions")
    for gold in notes:
        for start, end in (span for x in (*gold.label.codes, *gold.label.traps) for span in x.evidence):
            assert gold.note.text[start:end].strip(), gold.label.id


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("zebra", id="no JSON"),
        pytest.param('{"id": "zebra"}', id="fields are missing"),
        pytest.param("[]", id="no object"),
    ],
)
def test_a_line_that_is_no_label_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    good = (FOLDER / "own-tune.jsonl").read_text(encoding="utf-8").splitlines()[0]
    path = tmp_path / "labels.jsonl"
    path.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadRequest, match=r"labels\.jsonl: line 2") as caught:
        read_labels(path)
    assert "zebra" not in str(caught.value)


@pytest.mark.parametrize("folder", ["absent", "."], ids=["no folder", "a folder without the file"])
def test_without_the_public_data_transcriptions_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setenv("CHARTCODER_DATA", str(tmp_path / folder))
    with pytest.raises(BadRequest, match="CHARTCODER_DATA"):
        read_mtsamples("tune")


def test_a_note_comes_with_what_its_label_knows(own: list[GoldNote]) -> None:
    gold = own[0]
    assert (gold.note.setting, gold.note.date_of_service) == (gold.label.setting, gold.label.date_of_service)
    assert (gold.note.patient.age, gold.note.patient.sex) == (gold.label.age, gold.label.sex)
