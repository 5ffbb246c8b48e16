"""Everything a user can type or call is in the documents, the documents name nothing else, and their examples run.

In README.md and docs/*.md, a block marked `python` runs as it stands (or as a doctest, where it has prompts); a block
marked `console` is a transcript: each `$ chartcoder …` prints the lines below it into a pipe (80 columns), where a
line `...` stands for any lines (a command with nothing below it is not run). The options of each command shown, in
any block, exist; each `curl` is a request that the service answers with 200.
"""

import doctest
import json
import os
import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer.main

from api.app import create_app
from api.cli import _FORWARDED, main
from api.settings import Settings
from coding.types import Reason
from tests.api.client import client_of
from tests.api.fakes import FakeSuggester

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
ROOMS = ("api", "claims", "codesets", "coding", "eval", "models", "nlp", "review", "training")
FOLDERS = {"CHARTCODER_HOME", "CHARTCODER_CACHE", "CHARTCODER_DATA"}
ROUTES_BESIDE_OPENAPI = {("GET", "/openapi.json")}
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
VARIABLE = re.compile(r"\bCHARTCODER_[A-Z_]*[A-Z]\b")


class Command(NamedTuple):
    group: str
    name: str
    options: frozenset[str]

    def __str__(self) -> str:
        return " ".join(filter(None, ("chartcoder", self.group, self.name)))


class Block(NamedTuple):
    page: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}-{self.text.strip().splitlines()[0][:40]}"


def options_of(command: Any) -> frozenset[str]:
    names = chain.from_iterable(p.opts for p in command.params if p.param_type_name == "option")
    return frozenset(names) - {"--help"}


def _commands() -> Iterator[Command]:
    for name, command in typer.main.get_command(main).commands.items():  # type: ignore[attr-defined]
        if name not in _FORWARDED:
            yield Command("", name, options_of(command))
            continue
        forwarded = typer.main.get_command(import_module(_FORWARDED[name][0]).app)
        for below, subcommand in forwarded.commands.items():  # type: ignore[attr-defined]
            yield Command(name, below, options_of(subcommand))


COMMANDS = sorted(_commands())


def section(group: str, name: str) -> str:
    """The text under the heading that names the command, or the table row that does under its group's heading."""
    whole = f"chartcoder {group} {name}" if group else f"chartcoder {name}"
    found = sections(whole)
    if group and not found:
        rows = sections(f"chartcoder {group}").splitlines()
        found = "\n".join(row for row in rows if re.match(rf"\|\s*`{name}\b", row))
    return found


def sections(title: str) -> str:
    parts = re.split(r"^(#+ .*)$", DOCUMENTS, flags=re.MULTILINE)
    return "\n".join(
        text for heading, text in zip(parts[1::2], parts[2::2], strict=True) if re.search(rf"`{title}\b", heading)
    )


def blocks(*kinds: str) -> list[Block]:
    fence = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    found = (Block(p.name, k, t) for p in PAGES for k, t in fence.findall(p.read_text(encoding="utf-8")))
    return [block for block in found if not kinds or block.kind in kinds]


def transcripts() -> list[tuple[str, list[str]]]:
    """Each `$` command of the console blocks, with the lines below it."""
    found: list[tuple[str, list[str]]] = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block.text.replace("\\\n", ""), flags=re.MULTILINE)[1:]:
            command, *said = part.splitlines()
            found.append((command, said))
    return [(line, said) for line, said in found if "chartcoder " in line and "".join(said).strip()]


def commands_shown() -> list[str]:
    lines = chain.from_iterable(block.text.replace("\\\n", "").splitlines() for block in blocks())
    return [line.removeprefix("$ ") for line in lines if re.match(r"(\$ )?chartcoder ", line)]


def requests() -> list[str]:
    lines = chain.from_iterable(block.text.replace("\\\n", "").splitlines() for block in blocks())
    return [line.removeprefix("$ ").strip() for line in lines if re.search(r"(^|[\s|])curl\s", line)]


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_every_command_and_option_is_documented(command: Command) -> None:
    text = section(command.group, command.name)
    assert text, f"no heading or row of `{command}`"
    assert command.options - set(OPTION.findall(text)) == set()


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_no_other_option_is_documented(command: Command) -> None:
    spans = re.findall(r"`([^`\n]+)`", section(command.group, command.name))
    named = set(chain.from_iterable(OPTION.findall(span) for span in spans if not span.startswith("curl")))
    assert named - command.options <= {"--help", "-"}


def test_every_setting_is_documented_with_its_default() -> None:
    for name, field in Settings.model_fields.items():
        rows = [row for row in DOCUMENTS.splitlines() if f"`CHARTCODER_{name.upper()}`" in row]
        default = f"{field.default:g}" if isinstance(field.default, float) else str(field.default)
        assert any(default in row.replace(",000", "000") for row in rows), f"CHARTCODER_{name.upper()} = {default}"


def test_the_documented_variables_are_those_that_are_read() -> None:
    read = {f"CHARTCODER_{name.upper()}" for name in Settings.model_fields} | FOLDERS
    code = "\n".join(path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    assert set(VARIABLE.findall(code)) - {"CHARTCODER"} <= read
    assert set(VARIABLE.findall(DOCUMENTS)) == read


def test_the_documented_addresses_are_those_that_answer() -> None:
    paths = create_app(Settings(), FakeSuggester()).openapi()["paths"]
    answered = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    named = set(re.findall(r"\b(GET|POST|PUT|PATCH|DELETE) (/[\w/{}.-]*)", DOCUMENTS))
    assert named == answered | ROUTES_BESIDE_OPENAPI


@pytest.mark.parametrize("reason", list(Reason), ids=str)
def test_every_reason_for_leaving_a_code_out_is_documented(reason: Reason) -> None:
    assert f"`{reason.value}`" in DOCUMENTS


@pytest.mark.parametrize("name", ["edits", "rules", "trails"])
def test_a_written_page_is_what_its_script_writes(name: str) -> None:
    script = runpy.run_path(str(ROOT / "docs" / f"{name}.py"))
    assert (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") == script["page"]()


def test_every_dependency_is_listed_in_architecture() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values())
    names = {re.split(r"[^\w.-]", requirement)[0] for requirement in wanted}
    listed = set(re.findall(r"[\w.-]*\w", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")))
    assert names - listed == set()


def test_the_readme_shows_python_a_transcript_and_a_request() -> None:
    assert [block for block in blocks("python") if block.page == "README.md"]
    assert transcripts()
    assert requests()


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_python_examples_run(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    if ">>> " not in block.text:
        exec(compile(block.text, block.page, "exec"), {"__name__": "example"})  # noqa: S102
        return
    test = doctest.DocTestParser().get_doctest(block.text, {}, str(block), block.page, 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=said.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


@pytest.mark.parametrize("line", commands_shown())
def test_commands_shown_have_the_options_they_use(line: str) -> None:
    words = re.split(r" [|>] ", line)[0].split()
    found = [c for c in COMMANDS if str(c).split() == words[: len(str(c).split())]]
    assert found, "no such command"
    assert set(OPTION.findall(line)) & set(words) <= found[0].options | {"--help"}


@pytest.mark.parametrize(("command", "expected"), transcripts(), ids=lambda value: str(value)[:60])
def test_transcripts_are_what_is_printed(command: str, expected: list[str]) -> None:
    env = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    env["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), env.get("PATH", "")))
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    said = "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())
    lines = [line.rstrip() for line in "\n".join(expected).strip().splitlines()]
    pattern = "\n".join(r"(?:.*\n)*?.*" if line.strip() in ("...", "…") else re.escape(line) for line in lines)
    assert re.fullmatch(pattern, said), said


@pytest.mark.parametrize("request_line", requests(), ids=lambda line: line[:60])
def test_requests_are_answered(request_line: str) -> None:
    words = shlex.split(request_line.partition("curl ")[2].partition(" | ")[0])
    url = next(word for word in words if re.match(r"(http://)?(localhost|127\.0\.0\.1)\b", word))
    flags = dict(pairwise(words))
    data = next((flags[flag] for flag in ("-d", "--data", "--json", "--data-binary") if flag in flags), None)
    if data == "@-":
        data = json.dumps({"text": "Diabetes."})
    elif data and data.startswith("@"):
        data = (ROOT / data[1:]).read_text(encoding="utf-8")
    with client_of(create_app(Settings(), FakeSuggester())) as client:
        method = flags.get("-X", "GET" if data is None else "POST")
        address = "/" + url.removeprefix("http://").partition("/")[2]
        headers = {"content-type": "application/json"} if data is not None else {}
        answer = client.request(method, address, content=data, headers=headers)
    assert answer.status_code == 200, answer.text
