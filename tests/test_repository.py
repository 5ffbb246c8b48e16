"""What the repository promises as a whole: its rooms, its dependencies, what its files hold."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import distributions, packages_distributions
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("api", "claims", "codesets", "coding", "eval", "models", "nlp", "review", "training")
RUN_TIME_ROOMS = tuple(room for room in ROOMS if room not in ("eval", "training"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MOST_LINES = 400
TEXT = {".cfg", ".css", ".html", ".ini", ".js", ".json", ".md", ".py", ".svg", ".toml", ".tsv", ".txt", ".yml", ""}

# Read by their data files, not imported; or a program that is run.
NOT_IMPORTED = {"simple-icd-10-cm", "pyspellchecker"}
PROGRAMS = {"build", "hatchling", "import-linter", "mypy", "pytest-xdist", "ruff", "types-pyyaml"}
# Not named by a test, but by what a test runs: plots, and the conversion of scikit-learn models.
RUN_BY_TESTS = {"matplotlib", "onnx", "protobuf", "scikit-learn", "skl2onnx"}
# Measured beside chartcoder by eval/benchmarks where somebody has installed them.
PEERS = {"medspacy"}


def files() -> list[Path]:
    """The files of the project, none of them built or installed."""
    folders = [ROOT / name for name in (*ROOMS, "docs", "examples", "tests", ".ci")]
    found = chain(ROOT.iterdir(), *(folder.rglob("*") for folder in folders))
    skipped = {"__pycache__", ".hypothesis"}
    return sorted(p for p in found if p.is_file() and not skipped & set(p.parts) and p.suffix != ".pyc")


def text_files() -> Iterable[tuple[str, str]]:
    for path in files():
        if path.suffix in TEXT and path.name not in (".git", ".coverage"):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()  # type: ignore[index]


def imported(rooms: Iterable[str]) -> set[str]:
    """The top-level modules that the Python files of the rooms import, wherever in the file."""
    found = set()
    for path in chain(*((ROOT / room).rglob("*.py") for room in rooms)):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - {"__future__", "tests", *ROOMS, *sys.stdlib_module_names}


def test_rooms_import_what_the_table_of_architecture_allows() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_dependency_ships_a_module_named_like_ours() -> None:
    ours = {*ROOMS, "tests"}
    clashes = {
        (found.name, file.parts[0])
        for found in distributions()
        if found.name != "chartcoder"
        for file in found.files or []
        if file.parts[0].removesuffix(".py") in ours
    }
    assert not clashes


def test_every_import_is_declared_and_every_dependency_used() -> None:
    shipped_by = packages_distributions()
    extras = PROJECT["optional-dependencies"]
    optional = {plain(d) for name, extra in extras.items() if name != "dev" for d in extra}
    needed = {plain(d) for d in PROJECT["dependencies"]}
    dev = {plain(d) for d in extras["dev"]}

    def used(rooms: Iterable[str]) -> set[str]:
        names = chain(*(shipped_by.get(module, [module]) for module in imported(rooms)))
        return {plain(name) for name in names}

    assert used(RUN_TIME_ROOMS) - optional - needed == set()
    assert used(["eval"]) - optional - needed == PEERS & used(["eval/benchmarks"])
    assert used(["training", "tests"]) - optional - needed - dev == set()
    assert needed - used(RUN_TIME_ROOMS) == NOT_IMPORTED
    assert dev - used(["tests"]) == PROGRAMS | RUN_BY_TESTS


def test_every_dependency_is_pinned_by_name_and_version_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9][\w.-]*==[0-9][0-9a-z.]*", line), line
    pinned = [plain(line.partition("==")[0]) for line in lines]
    assert len(pinned) == len(set(pinned))
    declared = {plain(d) for d in chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())}
    assert declared - set(pinned) == set()


def test_no_python_file_is_too_long() -> None:
    lines = {str(path): len(path.read_bytes().splitlines()) for path in files() if path.suffix == ".py"}
    assert len(lines) > 100
    assert {path: n for path, n in lines.items() if n > MOST_LINES} == {}


def test_only_the_files_of_the_root_speak_of_licences() -> None:
    named = re.compile(r"(licen[cs]e|copying|notice|patents)(\.\w+)?", re.IGNORECASE)
    foreign = re.compile(
        r"SPDX-License-Identifier: (?!Apache-2\.0)|Copyright (\(c\)|©|\d{4})|All rights reserved"
        r"|GNU (\w+ )?General Public"
    )
    for path in files():
        assert path.parent == ROOT or not named.fullmatch(path.name), path
    for name, text in text_files():
        if name not in ("LICENSE", "NOTICE", "tests/test_repository.py"):
            assert not foreign.search(text), name


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    machine = re.compile(r"(?<![\w.~/<-])/(work|home|root|Users|opt|mnt)/\w|\b[A-Z]:\\{1,2}(Users|Windows)\b")
    registry = re.compile(r"\b(pypi|pythonhosted|npmjs|anaconda|debian|crates)\.(org|com|io)\b", re.IGNORECASE)
    for name, text in text_files():
        if name != "LICENSE":
            assert not machine.search(text), name
            assert not registry.search(text), name


def test_suggest_needs_none_of_the_heavy_or_serving_packages(tmp_path: Path) -> None:
    """With these packages made impossible to import, a note is coded all the same."""
    heavy = ["torch", "transformers", "sklearn", "skl2onnx", "onnx", "matplotlib", "ray", "playwright"]
    absent = [*heavy, "fastapi", "starlette", "uvicorn", "eval", "training"]
    note = ROOT / "examples" / "notes" / "office_visit.txt"
    code = (
        f"import sys\nsys.modules.update(dict.fromkeys({absent!r}))\n"
        f"from api.cli import main\nmain(['suggest', {str(note)!r}, '--date-of-service', '2026-09-15', '--json'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"CHARTCODER_CACHE": str(tmp_path), **os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["suggestions"]
