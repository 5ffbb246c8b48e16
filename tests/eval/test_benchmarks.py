"""The benchmarks: their arithmetic, what they read, and that a peer that is missing does not stop them."""

import json
import os
import sys
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from codesets.errors import BadRequest
from codesets.index.attributes import attribute_table
from coding.suggest import open_suggester
from eval.benchmarks import measure, peer, search, start, suggest
from eval.benchmarks.measure import Timings, figures_table, quantile
from eval.benchmarks.peer import PeerUnavailable, peer_terms, run_medspacy
from eval.benchmarks.plot import write_bars
from eval.benchmarks.start import Start, measure_start

NOTE = "ASSESSMENT: Type 2 diabetes with neuropathy. Denies chest pain. "


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ.setdefault("CHARTCODER_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def _free(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests off one core, and let no fresh process start."""
    for module in (search, suggest):
        monkeypatch.setattr(module, "pin_to_one_core", lambda: None)
    monkeypatch.setattr(suggest, "measure_start", lambda text, day: Start(1, 0.9, 150.0))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    texts = [NOTE * 20, NOTE * 30, NOTE * 2, NOTE * 200]
    lines = (json.dumps({"id": str(i), "text": text}) for i, text in enumerate(texts))
    (tmp_path / "notes" / "mtsamples.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def fake_peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    script = tmp_path / "fake_peer.py"
    script.write_text(code, encoding="utf-8")
    monkeypatch.setattr(peer, "_SCRIPT", script)
    monkeypatch.setattr(peer, "medspacy_python", lambda: Path(sys.executable))


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([1, 2, 3, 4], 0.5, 2), ([1, 2, 3], 0.5, 2), (list(range(1, 101)), 0.99, 99), ([7], 0.99, 7), ([3, 1], 0.0, 1)],
)
def test_quantiles_are_values_that_occurred(values: list[float], share: float, expected: float) -> None:
    assert quantile(values, share) == expected


def test_timings_are_in_milliseconds_and_per_second() -> None:
    timings = Timings.of([0.001, 0.002, 0.003, 0.010])
    assert (timings.calls, timings.p50_ms, timings.p99_ms, timings.max_ms) == (4, 2.0, 10.0, 10.0)
    assert timings.per_second == 250.0
    assert Timings.of([]).calls == 0


def test_a_table_compares_in_the_direction_that_is_better() -> None:
    console = Console(width=120)
    rows = [("p50, ms", 5.0, 40.0, 8.0), ("notes/s", 100.0, 20.0, 120.0), ("other, ms", 1.0, None, None)]
    with console.capture() as captured:
        console.print(figures_table("t", rows))
    lines = captured.get().splitlines()
    assert any("8.0 ×" in line and "≤ 8" in line and "yes" in line for line in lines)
    assert any("5.0 ×" in line and "≥ 120" in line and "no" in line for line in lines)


def test_a_machine_says_what_it_is() -> None:
    machine = measure.this_machine(None)
    assert machine.cpu
    assert "not pinned" in machine.in_words()
    assert "spacy" in machine.versions
    assert measure.peak_memory_mb() >= 0


def test_prefixes_are_what_is_typed() -> None:
    assert search.prefixes("uti x") == ["ut", "uti", "uti ", "uti x"]
    assert search.prefixes("u") == []


def test_cold_means_no_memory_of_earlier_queries() -> None:
    engine = open_suggester().desk(suggest.DAY).search
    engine.search("diabetes with neuropathy")
    caches = search.bounded_caches(engine)
    for clear in caches:
        clear()
    owners = (engine.meanings, engine.lexicon.term, engine.lexicon.concepts_below, engine.lexicon.core_stems.row)
    assert [cache.cache_info().currsize for cache in owners] == [0, 0, 0, 0]
    assert attribute_table.cache_info().currsize == 1


def test_notes_of_the_right_length_are_taken_in_the_same_order(data: Path) -> None:
    path = data / "notes" / "mtsamples.jsonl"
    notes = suggest.read_notes(path, 10)
    assert sorted(map(len, notes)) == [len(NOTE) * 20, len(NOTE) * 30]
    assert suggest.read_notes(path, 10) == notes
    assert suggest.read_notes(path, 1) == notes[:1]


def test_absent_notes_are_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="give --data DIR"):
        suggest.read_notes(tmp_path / "none.jsonl", 1)


def test_the_peer_gets_no_ambiguous_term() -> None:
    lexicon = open_suggester().desk(suggest.DAY).lexicon
    terms = peer_terms(lexicon)
    ambiguous = [lexicon.term(row) for row in range(len(lexicon.term_texts)) if lexicon.term(row).context]
    assert ambiguous
    assert len(terms) == len(lexicon.term_texts) - len(ambiguous)
    assert ("Essential (primary) hypertension", "I10") in terms


def test_the_peer_reads_terms_and_notes_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import json, os, pathlib, sys\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "terms, notes = (json.loads((folder / f'{n}.json').read_text()) for n in ('terms', 'notes'))\n"
        "mode = os.stat(folder).st_mode & 0o077\n"
        "print('noise of a library')\n"
        f"pathlib.Path({str(tmp_path / 'seen')!r}).write_text(str(folder))\n"
        "print(json.dumps({'terms': len(terms), 'notes': len(notes), 'others_may_read': mode}))\n"
    )
    fake_peer(tmp_path, monkeypatch, code)
    figures = run_medspacy([("Gout", "M109")], ["a", "b"], 1)
    assert figures == {"terms": 1, "notes": 2, "others_may_read": 0}
    assert not Path((tmp_path / "seen").read_text(encoding="utf-8")).exists()


@pytest.mark.parametrize("code", ["raise SystemExit(3)", "print('no figures')", ""], ids=["fails", "prose", "silent"])
def test_a_peer_that_does_not_run_says_so_without_note_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    fake_peer(tmp_path, monkeypatch, code)
    with pytest.raises(PeerUnavailable) as caught:
        run_medspacy([], ["zebra"], 1)
    assert "zebra" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_peer_that_cannot_be_installed_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTCODER_CACHE", str(tmp_path))
    monkeypatch.setattr(peer.sys, "executable", str(tmp_path / "no-python"))
    with pytest.raises(PeerUnavailable, match="cannot be installed"):
        peer.medspacy_python()


def test_a_start_is_timed_from_exec_to_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "chartcoder"
    script.write_text(f"#!{sys.executable}\nimport sys\nprint(len(sys.stdin.read()))\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(start, "_console_script", lambda: script)
    measured = measure_start("note", "2026-09-01", runs=2)
    assert measured.runs == 2
    assert 0 < measured.seconds < 10
    assert measured.memory_mb > 1


def test_a_start_that_answers_nothing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "chartcoder"
    script.write_text("#!/bin/sh\ncat > /dev/null\nexit 2\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(start, "_console_script", lambda: script)
    with pytest.raises(BadRequest, match="answered nothing"):
        measure_start("note", "2026-09-01", runs=1)


def test_a_chart_without_matplotlib_names_the_install_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(BadRequest, match=r"pip install 'chartcoder\[plots\]'"):
        write_bars(tmp_path / "x.png", "t", {"a": 1.0})


@pytest.mark.usefixtures("_free")
def test_suggest_is_timed_without_its_peer(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(warm_up: object, notes: object) -> dict[str, float]:
        raise PeerUnavailable("medspaCy cannot be installed here")

    monkeypatch.setattr(suggest, "measure_peer", absent)
    app = typer.Typer()
    app.command()(suggest.bench)
    out = tmp_path / "out.json"
    result = CliRunner().invoke(app, ["--data", str(data), "--notes", "2", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "no peer: medspaCy cannot be installed here" in result.stdout
    assert "neuropathy" not in result.stdout
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["ours"]["notes"]["calls"] == 2
    assert figures["peer"] == {}


@pytest.mark.usefixtures("_free")
def test_suggest_without_data_is_bad_input(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(suggest.bench)
    result = CliRunner().invoke(app, ["--data", str(tmp_path), "--no-peer"])
    assert result.exit_code == 2
    assert "give --data DIR" in result.stderr


@pytest.mark.usefixtures("_free")
def test_search_is_timed_and_no_query_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "queries.tsv"
    path.write_text("id\tgroup\tquery\tcodes\n1\tlay\tgouty toes\tM10.9\n", encoding="utf-8")
    app = typer.Typer()
    app.command()(search.bench)
    out = tmp_path / "out.json"
    result = CliRunner().invoke(app, ["--data", str(path), "--no-peer", "--out", str(out)])
    assert result.exit_code == 0, result.output
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["ours"]["keystrokes, cold"]["calls"] == len("gouty toes") - 1
    assert "gouty" not in result.stdout + out.read_text(encoding="utf-8")
