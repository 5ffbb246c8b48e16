import subprocess
import sys
from importlib.metadata import version

import pytest
from typer.testing import CliRunner

from api.cli import main
from api.failures import FAILED
from tests.api.fakes import FakeSuggester

RUN = CliRunner()
COMMANDS = ["suggest", "search", "serve", "codesets", "eval"]
HEAVY = ("spacy", "numpy", "fastapi", "pydantic", "rapidfuzz", "uvicorn", "codesets.registry")


def test_every_command_is_listed_and_has_help() -> None:
    listed = RUN.invoke(main, ["--help"]).stdout
    for command in COMMANDS:
        assert command in listed
    for command in COMMANDS[:4]:
        result = RUN.invoke(main, [command, "--help"])
        assert result.exit_code == 0
        assert "--help" in result.stdout


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom api.cli import main\n"
        "try:\n    main(['suggest', '--help'])\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    allowed = ["pydantic"]  # typer's own dependency
    assert [m for m in eval(done.stderr) if m not in allowed] == []  # noqa: S307


def test_the_version() -> None:
    result = RUN.invoke(main, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"chartcoder {version('chartcoder')}\n")


def test_nothing_asked_gets_help_and_one_line() -> None:
    result = RUN.invoke(main, [])
    assert result.exit_code == 2
    assert "suggest" in result.stdout
    assert result.stderr == "chartcoder: name a command\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--bogus"], "no such option --bogus: see chartcoder --help"),
        (["--CANARY"], "no such option: see chartcoder --help"),
        (["CANARY"], "no such command: see chartcoder --help"),
        (
            ["suggest", "n.txt", "--bogus"],
            "no such option --bogus (did you mean --out?): see chartcoder suggest --help",
        ),
        (["suggest", "n.txt", "CANARY"], "there are more words than the command takes"),
        (["suggest", "n.txt", "--age"], "--age: expected a value"),
        (["suggest", "n.txt", "--json=CANARY"], "--json: takes no value"),
        (["suggest", "--workers", "CANARY"], "--workers: expected a valid integer"),
        (["search"], "WORDS is missing: see chartcoder search --help"),
        (["search", "x", "-n", "0"], "-n: must be greater than or equal to 1: see chartcoder search --help"),
        (["serve", "--port", "CANARY"], "--port: expected a valid integer"),
        (["codesets"], "name a command: see chartcoder codesets --help"),
        (["codesets", "CANARY"], "no such command: see chartcoder codesets --help"),
        (["codesets", "show", "I10", "--bogus"], "no such option --bogus: see chartcoder codesets show --help"),
        (["eval"], "name a command: see chartcoder eval --help"),
        (["eval", "linking"], "--data is missing: see chartcoder eval linking --help"),
        (["eval", "linking", "--data", "absent"], "--data: the file cannot be read"),
    ],
)
def test_a_wrong_call_is_one_line_that_repeats_no_value(words: list[str], said: str) -> None:
    result = RUN.invoke(main, words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"chartcoder: {said}")
    assert result.stderr.count("\n") == 1
    assert "CANARY" not in result.stderr


def test_sub_commands_offer_no_completion() -> None:
    for group in ("codesets", "eval"):
        assert "completion" not in RUN.invoke(main, [group, "--help"]).stdout


def test_ctrl_c_is_exit_code_130(use_fake: FakeSuggester, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(FakeSuggester, "suggest", interrupted)
    assert RUN.invoke(main, ["suggest", __file__]).exit_code == 130


def test_codesets_is_forwarded() -> None:
    result = RUN.invoke(main, ["codesets", "show", "E11.42", "--date-of-service", "2026-09-15"])
    assert result.exit_code == 0
    assert "E11.42" in result.stdout
    assert RUN.invoke(main, ["codesets", "show", "nonsense"]).exit_code == 2


def test_an_unexpected_exception_shows_its_type_and_place_only(
    use_fake: FakeSuggester, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_self: FakeSuggester, note: object) -> None:
        raise RuntimeError("CANARY")

    monkeypatch.setattr(FakeSuggester, "suggest", fail)
    with pytest.raises(SystemExit) as ended:
        main(["suggest", __file__])
    assert ended.value.code == FAILED
    said = capsys.readouterr()
    assert said.err.startswith("chartcoder: unexpected RuntimeError at ")
    assert said.err.count("\n") == 1
    assert "CANARY" not in said.err + said.out
