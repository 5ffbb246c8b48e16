import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import main
from codesets.procedures.types import CptUse
from tests.api.fakes import FakeSuggester

RUN = CliRunner()


def test_a_table(use_fake: FakeSuggester) -> None:
    result = RUN.invoke(main, ["search", "t2dm neuropathy"])
    assert result.exit_code == 0, result.output
    assert "0.91" in result.stdout
    assert "E11.42" in result.stdout


def test_a_system_without_a_code_set_is_refused(use_fake: FakeSuggester) -> None:
    use_fake.cpt = CptUse.OFF
    for more in ([], ["--json"]):
        result = RUN.invoke(main, ["search", "x", "--system", "cpt", *more])
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("chartcoder: no cpt code set is at hand")
        assert result.stderr.count("\n") == 1


def test_one_system(use_fake: FakeSuggester) -> None:
    result = RUN.invoke(main, ["search", "knee injection", "--system", "cpt", "--json"])
    assert [(h["system"], h["code"]) for h in json.loads(result.stdout)] == [("cpt", "20610")]
    assert result.stderr == ""


@pytest.mark.parametrize(("system", "warned"), [("cpt", "CPT release"), ("icd10cm", "ICD-10-CM release")])
def test_the_release_of_the_system_asked_for_is_told(use_fake: FakeSuggester, system: str, warned: str) -> None:
    result = RUN.invoke(main, ["search", "x", "--system", system, "--date-of-service", "2020-01-01"])
    assert result.stderr.startswith(f"chartcoder: {warned}")
    assert result.stderr.count("\n") == 1


def test_no_code_found(use_fake: FakeSuggester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeSuggester, "search", lambda *_: [])
    assert RUN.invoke(main, ["search", "x"]).stdout.startswith("No code found")


@pytest.mark.parametrize(("day", "out_of_date"), [("2026-09-30", False), ("2026-10-01", True)])
def test_a_release_out_of_date_is_told_beside_the_codes(
    use_fake: FakeSuggester, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str, out_of_date: bool
) -> None:
    monkeypatch.setenv("CHARTCODER_HOME", str(tmp_path))
    result = RUN.invoke(main, ["search", "x", "--date-of-service", day, "--json"])
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)) == 2
    assert result.stderr.startswith("chartcoder: ICD-10-CM release 2026-04-01 answers for") is out_of_date
    assert result.stderr.count("\n") == out_of_date


def test_json_is_what_http_answers(use_fake: FakeSuggester) -> None:
    result = RUN.invoke(main, ["search", "x", "-n", "1", "--date-of-service", "2026-09-15", "--json"])
    (hit,) = json.loads(result.stdout)
    assert list(hit) == ["system", "code", "display", "score"]
    assert hit["code"] == "E11.42"


@pytest.mark.parametrize(
    "words",
    [
        [" "],
        ["x" * 201],
        ["x", "--system", "CANARY"],
        ["x", "--date-of-service", "CANARY"],
        ["x", "-n", "0"],
        ["x", "--date-of-service", "20260915"],
    ],
)
def test_wrong_input_is_exit_code_2(use_fake: FakeSuggester, words: list[str]) -> None:
    result = RUN.invoke(main, ["search", *words])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "CANARY" not in result.output
