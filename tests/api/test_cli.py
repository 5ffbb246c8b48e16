import subprocess
import sys

import pytest
from typer.testing import CliRunner

from api.cli import BROKEN, main
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
    assert ended.value.code == BROKEN
    said = capsys.readouterr()
    assert said.err.startswith("chartcoder: unexpected RuntimeError at ")
    assert said.err.count("\n") == 1
    assert "CANARY" not in said.err + said.out
