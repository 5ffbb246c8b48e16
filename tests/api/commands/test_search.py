import json

import pytest
from typer.testing import CliRunner

from api.cli import main
from tests.api.fakes import FakeSuggester

RUN = CliRunner()


def test_a_table(use_fake: FakeSuggester) -> None:
    result = RUN.invoke(main, ["search", "t2dm neuropathy"])
    assert result.exit_code == 0, result.output
    assert "0.91" in result.stdout
    assert "E11.42" in result.stdout
    assert RUN.invoke(main, ["search", "x", "--system", "cpt"]).stdout.startswith("No code found")


def test_json_is_what_http_answers(use_fake: FakeSuggester) -> None:
    result = RUN.invoke(main, ["search", "x", "-n", "1", "--date-of-service", "2026-09-15", "--json"])
    (hit,) = json.loads(result.stdout)
    assert list(hit) == ["system", "code", "display", "score"]
    assert hit["code"] == "E11.42"


@pytest.mark.parametrize(
    "words", [[" "], ["x" * 201], ["x", "--system", "CANARY"], ["x", "--date-of-service", "CANARY"], ["x", "-n", "0"]]
)
def test_wrong_input_is_exit_code_2(use_fake: FakeSuggester, words: list[str]) -> None:
    result = RUN.invoke(main, ["search", *words])
    assert result.exit_code == 2
    assert "CANARY" not in result.output
