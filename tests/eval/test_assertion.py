import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import main
from eval.assertion import evaluate, read_marked, read_negex

ROOT = Path(__file__).parents[2]
TUNE = ROOT / "eval" / "gold" / "assertion" / "tune.tsv"
NEGEX = Path(os.environ.get("CHARTCODER_DATA", ROOT.parent / "shared" / "data")) / "labelled" / "negex_dev.tsv"
HEADER = "line number\tCondition\tsentence\tnegation\ttemporality\texperiencer\n"


def test_marks_are_taken_out_and_offsets_kept() -> None:
    marked = read_marked("T1\tNo [pain](negated), [naïve](present) words.")
    assert (marked.id, marked.text) == ("T1", "No pain, naïve words.")
    assert [(marked.text[s:e], label) for s, e, label in marked.findings] == [
        ("pain", "negated"),
        ("naïve", "present"),
    ]


@pytest.mark.parametrize(
    ("row", "words", "reason"),
    [
        ("1\tchest pain\tNo CHEST   PAIN or pain.\tNegated\tRecent\tPatient", "CHEST   PAIN", "spaces differ"),
        ("1\tpain. None\tNo pain.\tNegated\tRecent\tPatient", "No pain.", "the condition runs over the sentence"),
    ],
)
def test_negex_row(row: str, words: str, reason: str) -> None:
    marked, experiencer, temporality = read_negex(row)
    (start, end, label) = marked.findings[0]
    assert (marked.text[start:end], label, experiencer, temporality) == (words, "negated", "Patient", "Recent"), (
        reason
    )


def test_figures_of_a_marked_file(tmp_path: Path) -> None:
    path = tmp_path / "marked.tsv"
    path.write_text(
        "A\tNo [fever](negated). FAMILY HISTORY: [gout](family)\nB\t[Rash](historical) on arm\n", encoding="utf-8"
    )
    found = evaluate(path)
    assert found["negation"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}
    assert found["experiencer"]["f1"] == 1.0
    assert found["historical"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 1}
    assert found["present"]["recall"] == 0.0


def test_figures_of_the_negex_shape(tmp_path: Path) -> None:
    path = tmp_path / "negex.tsv"
    path.write_text(HEADER + "1\tfever\tNo FEVER.\tNegated\tRecent\tPatient\n", encoding="utf-8")
    assert evaluate(path)["negation"]["f1"] == 1.0


def test_command_prints_json_and_a_table(tmp_path: Path) -> None:
    path = tmp_path / "marked.tsv"
    path.write_text("A\tNo [fever](negated).\n", encoding="utf-8")
    printed = CliRunner().invoke(main, ["eval", "assertion", "--data", str(path), "--json"])
    assert printed.exit_code == 0
    assert json.loads(printed.stdout)["negation"]["n"] == 1
    assert "negation" in CliRunner().invoke(main, ["eval", "assertion", "--data", str(path)]).stdout


@pytest.mark.parametrize("text", [None, "", "no marks here\n", HEADER + "short row\n"])
def test_command_refuses_another_shape_without_showing_it(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "file.tsv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["eval", "assertion", "--data", str(path)])
    assert result.exit_code == 2
    assert result.stderr.startswith("chartcoder: --data: ")
    assert result.stderr.count("\n") == 1
    assert "short row" not in result.output and "marks here" not in result.output


def test_tuning_set_stays_learnt() -> None:
    found = evaluate(TUNE)
    low = {axis: row["f1"] for axis, row in found.items() if row["f1"] < 0.95}
    assert not low


@pytest.mark.skipif(not NEGEX.exists(), reason="the NegEx set is not part of the project")
def test_negex_negation() -> None:
    assert evaluate(NEGEX)["negation"]["f1"] >= 0.95
