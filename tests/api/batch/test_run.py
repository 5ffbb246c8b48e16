import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.batch.pool import CHUNK
from api.batch.run import BatchResult, part_of, run_batch
from codesets.errors import BadRequest, ChartcoderError
from tests.api.fakes import open_broken, open_dying, open_failing, open_fake


def write_notes(source: Path, count: int) -> None:
    """Write `count` lines: answers, errors, and unreadable ones among them."""
    with source.open("w", encoding="utf-8") as file:
        for number in range(count):
            note = {"id": f"n{number}", "text": f"diabetes {number}", "date_of_service": "2026-09-15"}
            if number % 7 == 3:
                note["text"] = ""
            file.write("not json\n" if number % 31 == 5 else json.dumps(note) + "\n")


def ids(target: Path) -> list[object]:
    return [json.loads(line)["id"] for line in target.read_bytes().splitlines()]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "in.jsonl"
    write_notes(source, 3 * CHUNK + 5)
    return source


@pytest.fixture
def whole(tmp_path: Path, source: Path) -> bytes:
    target = tmp_path / "whole.jsonl"
    run_batch(source, target, 1, open_fake)
    return target.read_bytes()


def test_one_and_three_processes_write_the_same_bytes(tmp_path: Path, source: Path, whole: bytes) -> None:
    target = tmp_path / "out.jsonl"
    result = run_batch(source, target, 3, open_fake)
    assert target.read_bytes() == whole
    assert ids(target) == [None if n % 31 == 5 else f"n{n}" for n in range(3 * CHUNK + 5)]
    failed = sum(n % 7 == 3 or n % 31 == 5 for n in range(3 * CHUNK + 5))
    assert result == BatchResult(3 * CHUNK + 5, failed, 0)
    assert not part_of(target).exists()


@pytest.mark.parametrize("kept", ["nothing", "one line", "a line and a half", "a chunk", "all"])
def test_a_part_is_continued(tmp_path: Path, source: Path, whole: bytes, kept: str) -> None:
    target = tmp_path / "out.jsonl"
    lines = whole.splitlines(keepends=True)
    keep = {
        "nothing": b"",
        "one line": lines[0],
        "a line and a half": lines[0] + lines[1][:40],
        "a chunk": b"".join(lines[:CHUNK]),
        "all": whole,
    }[kept]
    part_of(target).write_bytes(keep)
    result = run_batch(source, target, 1, open_fake)
    assert target.read_bytes() == whole
    assert result.before == keep.count(b"\n")


def test_what_is_done_is_left_alone(tmp_path: Path, source: Path, whole: bytes) -> None:
    target = tmp_path / "whole.jsonl"
    result = run_batch(source, target, 1, open_broken)
    assert result.nothing_to_do
    assert "nothing to do" in result.summary()
    assert target.read_bytes() == whole


@pytest.mark.parametrize("change", ["other id", "other text", "fewer lines", "foreign", "more lines"])
def test_answers_to_other_notes_are_refused(tmp_path: Path, source: Path, whole: bytes, change: str) -> None:
    lines = source.read_bytes().splitlines(keepends=True)
    if change == "other id":
        lines[1] = lines[1].replace(b'"n1"', b'"m1"')
    if change == "other text":
        lines[1] = lines[1].replace(b"diabetes", b"asthma")
    if change == "fewer lines":
        lines = lines[:-1]
    if change == "more lines":
        lines.append(b'{"id":"z","text":"z"}\n')
    source.write_bytes(b"".join(lines))
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"mine\n" if change == "foreign" else whole)
    before = target.read_bytes()
    with pytest.raises(BadRequest, match="does not answer these notes"):
        run_batch(source, target, 1, open_fake)
    assert target.read_bytes() == before
    target.rename(part_of(target))
    if change == "more lines":
        assert run_batch(source, target, 1, open_fake).before == len(lines) - 1
        return
    with pytest.raises(BadRequest, match="holds answers to other notes"):
        run_batch(source, target, 1, open_fake)
    assert part_of(target).read_bytes() == before


def test_files_that_cannot_be_used(tmp_path: Path, source: Path) -> None:
    with pytest.raises(BadRequest, match="--batch is not a file"):
        run_batch(tmp_path / "absent", tmp_path / "out", 1, open_fake)
    with pytest.raises(BadRequest, match="the input itself"):
        run_batch(source, source, 1, open_fake)
    with pytest.raises(BadRequest, match="--out cannot be written"):
        run_batch(source, tmp_path / "absent" / "out", 1, open_fake)


def test_an_empty_batch(tmp_path: Path) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(b"\n\n")
    assert run_batch(source, target, 2, open_broken) == BatchResult(0, 0, 0)
    assert target.read_bytes() == b""


def test_a_process_that_dies_costs_one_line(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    notes = [{"id": n, "text": "CRASH CANARY" if n in (0, 5, 6) else "diabetes"} for n in range(CHUNK + 8)]
    source.write_text("".join(json.dumps(n) + "\n" for n in notes), encoding="utf-8")
    result = run_batch(source, target, 2, open_fake)
    assert result == BatchResult(CHUNK + 8, 3, 0)
    assert ids(target) == [n["id"] for n in notes]
    errors = [json.loads(line).get("error", {}).get("code") for line in target.read_bytes().splitlines()]
    assert [n for n, code in enumerate(errors) if code] == [0, 5, 6]
    assert errors[0] == "worker_died"
    assert b"CANARY" not in target.read_bytes()


@pytest.mark.parametrize(
    ("opener", "words"),
    [(open_broken, "install one"), (open_dying, "ended while it loaded"), (open_failing, "unexpected RuntimeError")],
)
def test_a_process_that_cannot_open_is_no_hang(
    tmp_path: Path, source: Path, opener: object, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ChartcoderError, match=words):
        run_batch(source, tmp_path / "out.jsonl", 2, opener)  # type: ignore[arg-type]
    assert "CANARY" not in "".join(capfd.readouterr())


SCRIPT = """
import sys
from pathlib import Path
import api.ports, api.batch.run
from tests.api.fakes import open_fake

def main():
    api.batch.run.run_batch.__defaults__ = (open_fake,)
    from api.cli import main
    main()

if __name__ == "__main__":
    main()
"""


def start_batch(tmp_path: Path, source: Path, target: Path) -> subprocess.Popen[str]:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    words = ["suggest", "--batch", str(source), "--out", str(target), "--workers", "2"]
    return subprocess.Popen([sys.executable, str(script), *words], stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_batch_is_continued(tmp_path: Path, number: signal.Signals) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    notes = [{"id": n, "text": "SLEEP 40 diabetes", "date_of_service": "2026-09-15"} for n in range(6 * CHUNK)]
    source.write_text("".join(json.dumps(n) + "\n" for n in notes), encoding="utf-8")
    with start_batch(tmp_path, source, target) as process:
        for _ in range(1000):
            if part_of(target).exists() and part_of(target).stat().st_size:
                break
            time.sleep(0.02)
        with pytest.raises(BadRequest, match="another chartcoder"):
            run_batch(source, target, 1, open_fake)
        process.send_signal(number)
        said = process.communicate(timeout=20)[1]
    if number is signal.SIGINT:
        assert process.returncode == 130
        assert "the same command continues" in said
        assert "Traceback" not in said
    kept = ids(part_of(target))
    assert kept == list(range(len(kept)))
    assert 0 < len(kept) < len(notes)
    result = run_batch(source, target, 1, open_fake)
    assert (result.before, result.answered) == (len(kept), len(notes))
    assert ids(target) == list(range(len(notes)))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_may_read_the_answers(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "out.jsonl"
    with pytest.raises(ChartcoderError):
        run_batch(source, target, 1, open_broken)
    assert part_of(target).stat().st_mode & 0o777 == 0o600
    run_batch(source, target, 1, open_fake)
    assert target.stat().st_mode & 0o777 == 0o600
