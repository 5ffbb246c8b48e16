from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import main

RUN = CliRunner()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr("uvicorn.run", lambda _app, **options: calls.append(options))
    return calls


def test_this_machine_alone_by_default(served: list[dict[str, Any]]) -> None:
    result = RUN.invoke(main, ["serve"])
    assert result.exit_code == 0, result.output
    assert result.output == ""
    assert (served[0]["host"], served[0]["port"]) == ("127.0.0.1", 8000)
    assert served[0]["access_log"] is False


def test_options_win_over_the_environment(served: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTCODER_PORT", "9000")
    monkeypatch.setenv("CHARTCODER_HOST", "::1")
    RUN.invoke(main, ["serve", "--port", "0"])
    assert (served[0]["host"], served[0]["port"]) == ("::1", 0)


def test_a_warning_beyond_this_machine(served: list[dict[str, Any]]) -> None:
    assert "plain HTTP beyond this machine" in RUN.invoke(main, ["serve", "--host", "0.0.0.0"]).stderr  # noqa: S104


def test_a_wrong_variable(served: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTCODER_PORT", "CANARY")
    result = RUN.invoke(main, ["serve"])
    assert result.exit_code == 2
    assert "CANARY" not in result.output
