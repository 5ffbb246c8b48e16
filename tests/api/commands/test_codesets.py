import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.commands.codesets import app
from api.replies import ProblemReply
from codesets.procedures.shelf import PROCEDURE_SYSTEMS
from codesets.procedures.starter import starter_set

DATA = Path(os.environ.get("CHARTCODER_DATA", Path(__file__).parents[4] / "shared" / "data"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("CHARTCODER_HOME", str(folder))
    return folder


def _run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "100"})


def test_list() -> None:
    shown = _run("list")
    assert shown.exit_code == 0
    assert "98,186" in shown.stdout
    listed = json.loads(_run("list", "--json").stdout)
    icd, *starters = [(r["release"], r["codes"], r["billable"], r["embedded"]) for r in listed["releases"]]
    assert icd == ("2026-04-01", 98_186, 74_719, True)
    assert starters == [("starter-2026", len(s), len(s), True) for s in map(starter_set, PROCEDURE_SYSTEMS)]
    assert [(e["table"], e["release"]) for e in listed["edits"]] == [("starter pairs", None)]


def test_the_list_says_whose_cpt_is_unless_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "CPT is the AMA's" in _run("list").stdout
    monkeypatch.setenv("CHARTCODER_CPT", "off")
    shown = _run("list").stdout
    assert "hcpcs" in shown
    assert "cpt" not in shown.lower()


def test_show_a_procedure() -> None:
    shown = json.loads(_run("show", "99213", "--date-of-service", "2026-05-01", "--json").stdout)
    assert (shown["system"], shown["billable"], shown["procedure"]["family"]) == ("cpt", True, "office-visit")
    text = _run("show", "j1885", "--date-of-service", "2026-05-01").stdout
    assert [
        w for w in ("J1885", "Valid on that day", "HCPCS release starter-2026", "toradol", "15mg") if w not in text
    ] == []


def test_a_number_of_two_systems_without_its_dot_is_hcpcs() -> None:
    shown = _run("show", "G0439", "--date-of-service", "2026-05-01", "--json")
    assert json.loads(shown.stdout)["system"] == "hcpcs"
    assert shown.stderr == "chartcoder: G04.39 is a code of icd10cm too\n"
    shown = _run("show", "G04.39", "--date-of-service", "2026-05-01", "--json")
    assert (json.loads(shown.stdout)["system"], shown.stderr) == ("icd10cm", "")


def test_without_cpt_its_codes_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTCODER_CPT", "off")
    shown = _run("show", "99213")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "CHARTCODER_CPT" in shown.stderr
    assert _run("show", "J1885").exit_code == 0


def test_show_a_billable_code() -> None:
    shown = json.loads(_run("show", "e11.42", "--date-of-service", "2026-05-01", "--json").stdout)
    assert (shown["code"], shown["billable"], shown["release"]) == ("E11.42", True, "2026-04-01")
    assert [step["name"] for step in shown["hierarchy"]] == [
        "chapter 4",
        "section E08-E13",
        "E11",
        "E11.4",
        "E11.42",
    ]
    assert {"excludes1", "inclusionTerm"} <= {n["kind"] for n in shown["notes"]}
    assert {(n["printed_at"], n["inherited"]) for n in shown["notes"]} >= {("E11", True), ("E11.42", False)}
    assert (shown["problems"], shown["retired"]) == ([], None)


@pytest.mark.parametrize(
    ("code", "day", "words", "reason"),
    [
        ("E11.42", "2026-05-01", ["E11.4 ", "Billable", "Excludes1", "Printed at"], "place, notes, standing"),
        ("S72.001", "2026-05-01", ["not billable", "S72.001A", "7th character"], "a header with its table"),
        ("Z68.1", "2026-05-01", ["[BMI] 19.9 or less"], "square brackets are no markup"),
        (
            "M72.2",
            "2026-11-10",
            ["Not billable from 2026-10-01", "M72.20", "install FY2027"],
            "a retired code",
        ),
    ],
)
def test_show_as_tables(code: str, day: str, words: list[str], reason: str) -> None:
    shown = _run("show", code, "--date-of-service", day)
    assert shown.exit_code == 0
    assert [w for w in words if w not in shown.stdout] == [], reason


def test_a_retired_code_says_so_in_json() -> None:
    shown = json.loads(_run("show", "D69.1", "--date-of-service", "2026-11-10", "--json").stdout)
    assert shown["billable"] is False
    assert shown["retired"] == {"on": "2026-10-01", "successors": ["D69.11", "D69.19"]}
    (problem,) = shown["problems"]
    assert list(problem) == list(ProblemReply.model_fields)
    assert (problem["rule"], problem["guideline"]) == ("codeset.out_of_date", None)


@pytest.mark.parametrize(
    ("words", "says", "reason"),
    [
        (["show", "x"], "not shaped like a code", "not shaped like a code"),
        (["show", "E99.99"], "search for it", "unknown code"),
        (["show", "I10", "--date-of-service", "1/2/2026"], "--date-of-service: expected a date", "not a date"),
        (["show", "I10", "--date-of-service", "20260915"], "--date-of-service: expected a date", "no hyphens"),
        (["show", "I10", "--date-of-service", "2026-02-29"], "--date-of-service: no such day", "no such day"),
        (["install", "absent.txt"], "no such file", "no file"),
        (["install", "absent.txt", "--effective-from", "soon"], "--effective-from", "not a date"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(words: list[str], says: str, reason: str) -> None:
    shown = _run(*words)
    assert (shown.exit_code, shown.stdout) == (2, ""), reason
    assert says in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_a_refused_file_is_one_line_with_its_line_number(tmp_path: Path) -> None:
    (tmp_path / "icd10cm-codes-2027.txt").write_text("A000    Cholera\nA000    Cholera\n")
    shown = _run("install", str(tmp_path / "icd10cm-codes-2027.txt"))
    assert shown.exit_code == 2
    assert "line 2" in shown.stderr


def test_check() -> None:
    shown = _run("check")
    assert (shown.exit_code, "No findings" in shown.stdout) == (0, True)


def test_check_with_findings(home: Path) -> None:
    folder = home / "icd10cm" / "2026-10-01"
    folder.mkdir(parents=True)
    (folder / "release.json").write_text("{}")
    assert _run("check").exit_code == 1
    shown = _run("check", "--json")
    assert shown.exit_code == 1
    assert [f["check"] for f in json.loads(shown.stdout)["findings"]] == ["opens"]
    assert _run("list").exit_code == 2


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here: set CHARTCODER_DATA")
def test_install_then_show() -> None:
    path = str(DATA / "codesets" / "icd10cm_order_addenda_2027.txt")
    report = json.loads(_run("install", path, "--json").stdout)
    assert (report["release"], report["codes"], report["billable"]) == ("2026-10-01", 98_403, 74_879)
    shown = json.loads(_run("show", "M72.2", "--date-of-service", "2026-11-10", "--json").stdout)
    assert (shown["billable"], shown["problems"], len(shown["children"])) == (False, [], 3)
    assert "74,879" in _run("list").stdout


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here: set CHARTCODER_DATA")
def test_a_terminated_code_answers_by_date_of_service() -> None:
    shown = _run("install", str(DATA / "codesets" / "2019-Alpha-Numeric-HCPCS-File.zip"))
    assert "6,440 codes (506 with a last day) and 360 modifiers" in " ".join(shown.stdout.split())
    valid = json.loads(_run("show", "G0503", "--date-of-service", "2017-12-31", "--json").stdout)
    ended = json.loads(_run("show", "G0503", "--date-of-service", "2018-01-01", "--json").stdout)
    assert (valid["billable"], valid["retired"]) == (True, None)
    assert (ended["billable"], ended["retired"]) == (False, {"on": "2018-01-01", "successors": []})
    assert ended["procedure"]["valid_to"] == "2017-12-31"
    assert "Not valid on that day (from 2017-01-01 to 2017-12-31)" in " ".join(
        _run("show", "G0503", "--date-of-service", "2018-01-01").stdout.split()
    )
