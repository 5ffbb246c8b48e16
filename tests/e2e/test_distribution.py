"""The sdist and the wheel: what is in them, and that the wheel codes a note in an environment of its own."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("CHARTCODER_DATA", ROOT.parent / "shared" / "data"))
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
ROOMS = {"api", "claims", "codesets", "coding", "eval", "models", "nlp", "review", "training"}
INFO = f"chartcoder-{VERSION}.dist-info"
EXAMPLES = "api/examples/"
UNREACHABLE = re.compile(r"connection broken|NewConnectionError|NameResolutionError|timed? ?out", re.IGNORECASE)
LONGEST_S = 400


class Built(NamedTuple):
    sdist: dict[str, bytes]
    wheel: dict[str, bytes]
    wheel_path: Path


def read_sdist(path: Path) -> dict[str, bytes]:
    """The files of the sdist by their path below its one folder."""
    with tarfile.open(path) as archive:
        members = [m for m in archive if m.isfile()]
        assert {m.name.partition("/")[0] for m in members} == {f"chartcoder-{VERSION}"}
        found = {m.name.partition("/")[2]: archive.extractfile(m) for m in members}
        return {name: file.read() for name, file in found.items() if file}


def read_wheel(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist, and the wheel built from it."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_S)
    assert done.returncode == 0, done.stdout + done.stderr
    wheel = out / f"chartcoder-{VERSION}-py3-none-any.whl"
    return Built(read_sdist(out / f"chartcoder-{VERSION}.tar.gz"), read_wheel(wheel), wheel)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment that holds the wheel and its pinned dependencies."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    options = ["--disable-pip-version-check", "--retries", "1"]
    pins = ["--constraint", str(ROOT / "constraints.txt")]
    command = [str(programs / "python"), "-m", "pip", "install", *options, *pins, str(built.wheel_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_S)
    if done.returncode and UNREACHABLE.search(done.stderr + done.stdout):
        pytest.skip("the package index cannot be reached: the wheel's dependencies cannot be installed")
    assert done.returncode == 0, done.stderr
    return programs


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env.setdefault("CHARTCODER_CACHE", str(folder / "cache"))
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False, timeout=LONGEST_S)


def test_the_wheel_holds_every_file_of_the_rooms_and_nothing_else(built: Built) -> None:
    ignored = {"__pycache__"}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and not ignored & set(path.parts)
    }
    held = {name for name in built.wheel if not name.startswith((INFO, EXAMPLES))}
    assert held == wanted
    assert {name.partition("/")[0] for name in built.wheel} == {*ROOMS, INFO}


@pytest.mark.parametrize(
    "name",
    [
        *(f"{room}/py.typed" for room in sorted(ROOMS)),
        "codesets/data/aliases.tsv",
        "codesets/data/attributes.tsv",
        "codesets/data/retired.tsv",
        "codesets/data/weak_words.txt",
        "nlp/assertion/cues.tsv",
        "nlp/sections/headings.tsv",
        "nlp/sentences/abbreviations.txt",
    ],
)
def test_the_wheel_holds_the_files_that_a_run_reads(built: Built, name: str) -> None:
    assert built.wheel[name] == (ROOT / name).read_bytes()


def test_the_wheel_holds_the_example_notes(built: Built) -> None:
    notes = {path.name: path.read_bytes() for path in (ROOT / "examples" / "notes").iterdir()}
    assert notes
    assert {n.removeprefix(EXAMPLES): data for n, data in built.wheel.items() if n.startswith(EXAMPLES)} == notes


@pytest.mark.parametrize("name", ["LICENSE", "NOTICE"])
def test_both_hold_the_licence_and_the_notice(built: Built, name: str) -> None:
    text = (ROOT / name).read_bytes()
    assert text.strip()
    assert built.sdist[name] == text
    assert built.wheel[f"{INFO}/licenses/{name}"] == text


def test_the_sdist_holds_what_its_own_tests_need(built: Built) -> None:
    for name in ("pyproject.toml", "README.md", "Makefile", "constraints.txt", ".importlinter", "tests/test_docs.py"):
        assert built.sdist[name] == (ROOT / name).read_bytes()
    assert {n.partition("/")[0] for n in built.sdist if "/" in n} <= {*ROOMS, ".ci", "docs", "examples", "tests"}


def test_neither_holds_a_file_of_the_shared_data(built: Built) -> None:
    if not DATA.is_dir():
        pytest.skip("the shared data is not here: set CHARTCODER_DATA")
    theirs = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in DATA.rglob("*")
        if path.is_file() and path.stat().st_size
    }
    for archive in (built.sdist, built.wheel):
        assert [name for name, data in archive.items() if hashlib.sha256(data).hexdigest() in theirs] == []


def test_the_installed_command_codes_a_note(installed: Path, tmp_path: Path) -> None:
    python = str(installed / "python")
    where = run([python, "-c", "import api, pathlib; print(pathlib.Path(api.__file__).parent)"], tmp_path)
    folder = Path(where.stdout.decode().strip())
    assert ROOT not in folder.parents
    note = folder / "examples" / "office_visit.txt"
    options = ["--date-of-service", "2026-09-15", "--age", "63", "--sex", "M", "--json"]
    first, again = (run([str(installed / "chartcoder"), "suggest", str(note), *options], tmp_path) for _ in range(2))
    assert first.returncode == 0, first.stderr.decode()
    answer = json.loads(first.stdout)
    assert answer["versions"]["chartcoder"] == VERSION
    assert answer["note_sha256"] == hashlib.sha256(note.read_bytes()).hexdigest()
    text = note.read_bytes().decode()
    places = [evidence for suggestion in answer["suggestions"] for evidence in suggestion["evidence"]]
    assert places
    assert answer["suppressed"]
    assert all(text[p["start"] : p["end"]] == p["text"] for p in places)
    assert again.stdout == first.stdout


def test_a_wrong_call_of_the_installed_command_is_one_line(installed: Path, tmp_path: Path) -> None:
    done = run([str(installed / "chartcoder"), "suggest", "absent.txt"], tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1


def test_the_installed_environment_has_no_tests_and_no_conflicts(installed: Path, tmp_path: Path) -> None:
    python = str(installed / "python")
    assert run([python, "-m", "pip", "check"], tmp_path).returncode == 0
    assert run([python, "-c", "import tests"], tmp_path).returncode == 1
    told = run([python, "-c", "from importlib.metadata import version; print(version('chartcoder'))"], tmp_path)
    assert told.stdout.decode().strip() == VERSION
