"""`chartcoder eval gold` on two notes of the tuning half."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codesets.errors import BadRequest
from coding.suggest import Suggester
from eval.cli import app
from eval.goldnotes import command
from eval.goldnotes.read import GoldNote, Split, read_own

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def _two_notes(monkeypatch: pytest.MonkeyPatch, real_suggester: Suggester) -> None:
    def own(split: Split) -> list[GoldNote]:
        return read_own(split)[:2]

    def absent(split: Split) -> list[GoldNote]:
        raise BadRequest("no data")

    monkeypatch.setattr(command, "read_own", own)
    monkeypatch.setattr(command, "read_services", own)
    monkeypatch.setattr(command, "read_mtsamples", absent)
    monkeypatch.setattr(command, "open_suggester", lambda: real_suggester)


def test_a_table_of_figures_and_what_is_not_measured() -> None:
    done = RUNNER.invoke(app, ["gold", "--split", "tune"])
    assert done.exit_code == 0, done.output
    assert "own, tune half" in done.stdout
    assert "Rules off" in done.stdout
    assert "first-listed" in done.stdout
    assert "MTSamples is not measured" in done.stderr
    assert "CHARTCODER_DATA" in done.stderr


def test_json_is_one_document_with_versions() -> None:
    done = RUNNER.invoke(app, ["gold", "--split", "tune", "--json"])
    document = json.loads(done.stdout)
    assert document["split"] == "tune"
    assert document["versions"]["ranker"].startswith("ranker-")
    assert set(document["figures"]) == {"own", "own, rules off", "services"}
    assert "icd10cm exact F1" not in document["figures"]["services"]
    assert set(document["figures"]["own"]["icd10cm exact F1"]) == {"value", "n", "low", "high"}


def test_the_transcriptions_stand_beside_the_own_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "read_mtsamples", lambda split: read_own(split)[2:4])
    done = RUNNER.invoke(app, ["gold", "--split", "tune", "--json"])
    assert set(json.loads(done.stdout)["figures"]) == {"own", "own, rules off", "mtsamples", "services"}
    assert done.stderr == ""


def test_out_writes_the_figures_and_the_plots(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra plots is not installed")
    done = RUNNER.invoke(app, ["gold", "--split", "tune", "--out", str(tmp_path / "new")])
    assert done.exit_code == 0, done.output
    names = {p.name for p in (tmp_path / "new").iterdir()}
    assert names == {"figures.json", "chapters.png", "precision-recall.png", "reliability.png"}
    assert json.loads((tmp_path / "new" / "figures.json").read_text(encoding="utf-8"))["split"] == "tune"


def test_the_reported_half_is_the_default() -> None:
    done = RUNNER.invoke(app, ["gold", "--json"])
    assert json.loads(done.stdout)["split"] == "report"


def test_an_unknown_half_is_refused_without_repeating_it() -> None:
    done = RUNNER.invoke(app, ["gold", "--split", "zebra"])
    assert isinstance(done.exception, BadRequest)
    assert "tune or report" in str(done.exception)
    assert "zebra" not in str(done.exception)
