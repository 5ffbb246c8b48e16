"""Search against queries with known answers: what counts as a hit, and what a bad file is told."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.cli import main
from codesets.errors import BadRequest
from eval.retrieval import evaluate_search, first_hit, read_queries, search_command

ROWS = (
    "id\tgroup\tquery\tcodes\n"
    "1\tlay\tsugar disease\tE11.9|E10.9\n"
    "2\tlay\tbroken wrist\tS62.101A\n"
    "3\tmisspelled\tasthmaa\tj45.909\n"
    "4\tmisspelled\tnothing like it\tI10\n"
)
ANSWERS = {
    "sugar disease": ["E109", "E119"],
    "broken wrist": ["S52501A", "S62102A", "S62101A"],
    "asthmaa": ["J4520", "J4521", "J4530", "J4531", "J4540", "J45909"],
}


def answer(text: str) -> Sequence[str]:
    return ANSWERS.get(text, [])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "queries.tsv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_any_code_of_the_gold_counts(data: Path) -> None:
    results = evaluate_search(data, answer)
    assert list(results) == ["all", "lay", "misspelled"]
    lay = results["lay"]
    assert (lay["n"], lay["top1"], lay["top5"]) == (2, 0.5, 1.0)
    assert lay["mrr"] == pytest.approx((1 + 1 / 3) / 2, abs=1e-4)


def test_a_hit_beyond_the_fifth_counts_in_the_reciprocal_rank_alone(data: Path) -> None:
    misspelled = evaluate_search(data, answer)["misspelled"]
    assert (misspelled["top1"], misspelled["top5"]) == (0.0, 0.0)
    assert misspelled["mrr"] == pytest.approx(1 / 6 / 2, abs=1e-4)


def test_all_is_the_mean_over_queries_not_over_groups(data: Path) -> None:
    results = evaluate_search(data, answer)
    assert results["all"]["n"] == 4
    assert results["all"]["top1"] == 0.25
    assert 0 <= results["all"]["p50_ms"] <= results["all"]["p99_ms"]


def test_times_come_from_a_pass_of_their_own(data: Path) -> None:
    asked: list[str] = []

    def search(text: str) -> Sequence[str]:
        asked.append(text)
        return []

    evaluate_search(data, search)
    assert len(asked) == 8
    assert asked[:4] == asked[4:]


def test_a_first_hit_is_counted_from_one() -> None:
    assert first_hit(["A", "B"], frozenset({"A"})) == 1
    assert first_hit(["A", "B"], frozenset({"B", "C"})) == 2
    assert first_hit([], frozenset({"A"})) is None


def test_empty_lines_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "queries.tsv"
    path.write_text(ROWS + "\n\n", encoding="utf-8")
    assert len(read_queries(path)) == 4


HEADER = "id\tgroup\tquery\tcodes\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("query\tcodes\nasthma\tJ45.909\n", id="another header"),
        pytest.param(HEADER, id="no query"),
        pytest.param(HEADER + "1\tlay\tzebra\n", id="a column is missing"),
        pytest.param(HEADER + "1\tlay\tzebra\t\n", id="no code"),
        pytest.param(HEADER + "1\tlay\t \tI10\n", id="no words"),
    ],
)
def test_a_bad_file_is_refused_without_its_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "queries.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRequest) as caught:
        read_queries(path)
    assert "zebra" not in str(caught.value)


def test_an_unreadable_file_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        read_queries(tmp_path / "absent.tsv")


def test_the_command_prints_figures_and_no_query(data: Path) -> None:
    app = typer.Typer()
    app.command()(search_command)
    runner = CliRunner()
    printed = runner.invoke(app, ["--data", str(data), "--json"])
    assert printed.exit_code == 0, printed.output
    results = json.loads(printed.stdout)
    assert set(results["all"]) == {"n", "top1", "top5", "mrr", "p50_ms", "p99_ms"}
    table = runner.invoke(app, ["--data", str(data)])
    assert table.exit_code == 0
    for text in ANSWERS:
        assert text not in printed.output + table.output


def test_the_command_says_what_is_wrong_with_its_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["eval", "search", "--data", str(tmp_path / "absent.tsv")])
    assert result.exit_code == 2
    assert result.stderr.startswith("chartcoder: --data: ")
    assert result.stderr.count("\n") == 1
