import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import main

RUN = CliRunner()
EXAMPLES = Path(__file__).parents[3] / "examples"
CODES = ["--codes", str(EXAMPLES / "accepted.json"), "--fees", str(EXAMPLES / "fees.csv"), "--today", "2026-09-20"]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    out = tmp_path / "claim.837"
    result = RUN.invoke(
        main, ["claim", "build", str(EXAMPLES / "encounter.json"), *CODES, "--out", str(out), "--check"]
    )
    assert result.exit_code == 0, result.output
    return out


def scrubbed(path: Path, code: int, *more: str) -> list[dict[str, str]]:
    result = RUN.invoke(main, ["claim", "scrub", str(path), "--json", "--today", "2026-09-20", *more])
    assert result.exit_code == code, result.output
    whole = json.loads(result.stdout)
    assert list(whole) == ["findings"]
    keys = ["id", "severity", "loop", "segment", "element", "message", "status_code", "likely_denial"]
    assert all(list(f) == keys for f in whole["findings"])
    findings: list[dict[str, str]] = whole["findings"]
    return findings


def test_the_example_becomes_a_file_without_findings_that_its_owner_alone_may_read(written: Path) -> None:
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert scrubbed(written, 0) == []
    assert RUN.invoke(main, ["claim", "check", str(written)]).stdout == "passed\n"


def test_an_encounter_is_scrubbed_with_its_codes() -> None:
    assert scrubbed(EXAMPLES / "encounter.json", 0, *CODES[:4]) == []
    assert {f["id"] for f in scrubbed(EXAMPLES / "encounter.json", 1)} >= {"required.diagnosis", "required.line"}


def test_a_fault_is_told_and_the_validator_refuses(written: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.837"
    broken.write_text(written.read_text().replace("\nSE*", "\nSE*9"))
    assert [f["id"] for f in scrubbed(broken, 1)] == ["x12.count"]
    assert RUN.invoke(main, ["claim", "scrub", str(broken)]).exit_code == 1
    checked = RUN.invoke(main, ["claim", "check", str(broken), "--json"])
    assert (checked.exit_code, json.loads(checked.stdout)["passed"]) == (1, False)


def test_an_error_keeps_the_claim_from_being_written(tmp_path: Path) -> None:
    encounter = json.loads((EXAMPLES / "encounter.json").read_text())
    encounter["billing"]["npi"] = "1234567890"
    path, out = tmp_path / "encounter.json", tmp_path / "claim.837"
    path.write_text(json.dumps(encounter))
    result = RUN.invoke(main, ["claim", "build", str(path), *CODES, "--out", str(out), "--json"])
    assert result.exit_code == 1
    assert [f["id"] for f in json.loads(result.stdout)["findings"]] == ["npi.check_digit"]
    assert "nothing was written" in result.stderr
    assert not out.exists()


@pytest.mark.parametrize("content", ["", "a letter", "{"])
def test_what_cannot_be_read_is_said_in_the_same_shape(content: str, tmp_path: Path) -> None:
    for name in ("file.837", "file.json"):
        path = tmp_path / name
        path.write_text(content)
        assert scrubbed(path, 2)[-1]["severity"] == "error"
    assert scrubbed(tmp_path / "absent.837", 2)[0]["id"] == "file.unreadable"


@pytest.mark.parametrize("name", ["absent.837", "letter.837"])
def test_check_needs_an_interchange(name: str, tmp_path: Path) -> None:
    (tmp_path / "letter.837").write_text("a letter")
    result = RUN.invoke(main, ["claim", "check", str(tmp_path / name)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"transmission": None}, "names no transmission"),
        ({"kind": "institutional"}, "the encounter is institutional"),
        ({"date_of_service": "SECRET"}, "date_of_service"),
    ],
)
def test_a_wrong_encounter_is_refused(change: dict[str, object], words: str, tmp_path: Path) -> None:
    path = tmp_path / "encounter.json"
    path.write_text(json.dumps(json.loads((EXAMPLES / "encounter.json").read_text()) | change))
    result = RUN.invoke(main, ["claim", "build", str(path), *CODES, "--out", str(tmp_path / "x")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert "SECRET" not in result.stderr


def test_the_schema_describes_the_example() -> None:
    schema = json.loads(RUN.invoke(main, ["claim", "schema"]).stdout)
    assert set(json.loads((EXAMPLES / "encounter.json").read_text())) <= set(schema["properties"])
    assert schema["additionalProperties"] is False


def test_the_coder_accepts_some_of_an_answer(tmp_path: Path) -> None:
    answer, out = tmp_path / "answer.json", tmp_path / "claim.837"
    answer.write_text(json.dumps({"suggestions": json.loads((EXAMPLES / "accepted.json").read_text())}))
    build = [
        "claim",
        "build",
        str(EXAMPLES / "encounter.json"),
        "--codes",
        str(answer),
        *CODES[2:],
        "--out",
        str(out),
    ]
    result = RUN.invoke(main, [*build, "--accept", "i12.9, E1122 99214"])
    assert result.exit_code == 0, result.output
    assert "HI*ABK:I129*ABF:E1122~" in out.read_text()
    assert "SV1*HC:99214*142.5*UN*1***2~" in out.read_text()
    refused = RUN.invoke(main, [*build, "--accept", "SECRET"])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "SECRET" not in refused.stderr


def test_a_repair_of_format_is_told(tmp_path: Path) -> None:
    encounter = json.loads((EXAMPLES / "encounter.json").read_text())
    encounter["billing"]["contact"]["phone"] = "(937) 555-0100"
    path, out = tmp_path / "encounter.json", tmp_path / "claim.837"
    path.write_text(json.dumps(encounter))
    result = RUN.invoke(main, ["claim", "build", str(path), *CODES, "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "format repaired: billing.contact.phone" in result.stderr
    assert "TE*9375550100~" in out.read_text()
