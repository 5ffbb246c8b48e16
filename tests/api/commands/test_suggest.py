import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import main
from api.replies import to_bytes, to_response
from nlp.types import Setting, Sex
from tests.api.fakes import FakeSuggester, open_fake

RUN = CliRunner()
NOTE = "A/P:\r\ndiabetes with polyneuropathy. CT negative for pulmonary embolism.\r\n"


@pytest.fixture
def note(tmp_path: Path) -> str:
    path = tmp_path / "note.txt"
    path.write_bytes(NOTE.encode())
    return str(path)


def test_json_is_the_bytes_of_the_answer(note: str, use_fake: FakeSuggester) -> None:
    words = ["suggest", note, "--date-of-service", "2026-09-15", "--setting", "ed", "--age", "63", "--sex", "M"]
    result = RUN.invoke(main, [*words, "--patient-status", "new", "--json"])
    assert result.exit_code == 0, result.output
    seen = use_fake.seen[0]
    assert seen.text == NOTE
    assert (seen.setting, seen.patient.age, seen.patient.sex) == (Setting.ED, 63, Sex.MALE)
    assert result.stdout_bytes == to_bytes(to_response(use_fake.suggest(seen))) + b"\n"
    assert json.loads(result.stdout)["suppressed"][0]["cue"]["text"] == "negative for"


def test_standard_input(use_fake: FakeSuggester) -> None:
    result = RUN.invoke(main, ["suggest", "-", "--json"], input=NOTE.encode())
    assert result.exit_code == 0
    assert use_fake.seen[0].text == NOTE
    assert use_fake.seen[0].setting is None


def test_the_table_of_a_pipe(note: str, use_fake: FakeSuggester) -> None:
    result = RUN.invoke(main, ["suggest", note, "--date-of-service", "2026-09-15"])
    assert result.exit_code == 0
    assert "«diabetes with polyneuropathy»" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--age", "CANARY"], "--age: expected a number of years in digits"),
        (["--age", "٣"], "--age: expected a number of years in digits"),
        (["--age", "131"], "--age: must be less than or equal to 130"),
        (["--sex", "CANARY"], "--sex: expected 'F' or 'M'"),
        (["--setting", "CANARY"], "--setting: expected 'outpatient', 'inpatient' or 'ed'"),
        (["--date-of-service", "CANARY"], "--date-of-service: expected a date as YYYY-MM-DD"),
        (["--date-of-service", "2026-02-30"], "--date-of-service: no such day in the calendar"),
        (["--patient-status", "CANARY"], "--patient-status: expected 'new' or 'established'"),
        (["--out", "CANARY"], "--out needs --batch"),
        (["--batch", "CANARY", "--out", "x"], "--batch takes --out and --workers only"),
    ],
)
def test_a_wrong_option_is_one_line_and_exit_code_2(
    note: str, use_fake: FakeSuggester, words: list[str], said: str
) -> None:
    result = RUN.invoke(main, ["suggest", note, *words])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"chartcoder: {said}")
    assert result.stderr.count("\n") == 1
    assert "CANARY" not in result.output


def test_bad_notes(tmp_path: Path, use_fake: FakeSuggester) -> None:
    for data in (b"", b" \n", b"\0", b"\xff\xff", b"x" * 3_000_000):
        result = RUN.invoke(main, ["suggest", "-"], input=data)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
    assert RUN.invoke(main, ["suggest"]).exit_code == 2
    assert RUN.invoke(main, ["suggest", str(tmp_path / "absent")]).exit_code == 2


def test_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.batch.run.run_batch.__defaults__", (open_fake,))
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id":1,"text":"diabetes"}\n', encoding="utf-8")
    words = ["suggest", "--batch", str(source), "--out", str(target)]
    result = RUN.invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "1 lines answered, 0 with an error" in result.stderr
    again = RUN.invoke(main, words)
    assert again.exit_code == 0
    assert "nothing to do" in again.stderr
    target.unlink()
    source.write_text('{"id":1,"text":"diabetes"}\n{"id":2}\n', encoding="utf-8")
    assert RUN.invoke(main, words).exit_code == 1
    assert RUN.invoke(main, words).exit_code == 1
    assert RUN.invoke(main, words[:3]).exit_code == 2


def test_an_interrupted_batch_says_how_to_continue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.batch.run.run_batch", interrupted)
    result = RUN.invoke(main, ["suggest", "--batch", "in", "--out", str(tmp_path / "out")])
    assert result.exit_code == 130
    assert "out.part keeps what is answered" in result.stderr
