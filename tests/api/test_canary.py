"""A marker goes through every way that an error can take, and must come out of none."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.batch.run import part_of, run_batch
from api.cli import main
from api.settings import Settings
from codesets.errors import BadRequest
from tests.api.client import Client, client_of
from tests.api.fakes import FakeSuggester, open_fake

MARK = "CANARY"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(autouse=True)
def nothing_is_logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    # httpx and its pool log the addresses that the test itself asks for; they are no part of the product
    ours = [r for r in caplog.get_records("call") if not r.name.startswith(("httpx", "httpcore"))]
    assert not [r for r in ours if MARK in logging.Formatter().format(r)]
    assert MARK not in "".join(capfd.readouterr())


def fields(**more: Any) -> bytes:
    return json.dumps({"text": "x", **more}).encode()


BODIES: list[bytes] = [
    b"CANARY",
    b'"CANARY"',
    b'["CANARY"]',
    b'{"text":"CANARY"',
    b'{"text":"CANARY","text":"CANARY"}',
    b'{"CANARY":1,"CANARY":2}',
    b'{"text":"CANARY\\ud800"}',
    b'{"text":"CANARY\\u0000"}',
    b'{"CANARY\\u0000":1}',
    b'{"text":"CANARY\xff"}',
    b'{"text":"CANARY","id":NaN}',
    b'{"text":"CANARY\\q"}',
    fields(CANARY=1),
    fields(patient={"CANARY": 1}),
    fields(patient="CANARY"),
    fields(patient={"age": "CANARY"}),
    fields(patient={"sex": "CANARY"}),
    fields(patient={"status": "CANARY"}),
    fields(setting="CANARY"),
    fields(date_of_service="CANARY"),
    fields(text=["CANARY"]),
    fields(text={"CANARY": "CANARY"}),
    fields(id=["CANARY"]),
    fields(id="CANARY" * 100),
    fields(text="CANARY " * 400),
    fields(text="CANARY " * 4000),
    fields(text="BOOM CANARY"),
]


@pytest.mark.parametrize("body", BODIES)
def test_bodies(client: Client, body: bytes) -> None:
    refused(client.post("/suggest", content=body, headers=JSON))
    refused(client.post("/suggest", content=body))
    refused(client.post("/suggest", content=body, headers={"Content-Type": "text/CANARY"}))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/CANARY"),
        ("CANARY", "/suggest"),
        ("GET", "/suggest?CANARY=CANARY"),
        ("GET", "/codes/search?CANARY=CANARY"),
        ("GET", "/codes/search?q=BOOM+CANARY"),
        ("GET", "/codes/search?q=MISSING+CANARY"),
        ("GET", "/codes/search?q=" + "CANARY" * 40),
        ("GET", "/codes/search?q=x&n=CANARY"),
        ("GET", "/codes/search?q=x&system=CANARY"),
        ("GET", "/codes/search?q=x&date_of_service=CANARY"),
        ("GET", "/codes/CANARY/x"),
        ("GET", "/codes/icd10cm/CANARY"),
        ("GET", "/codes/icd10cm/CANARY-9"),
        ("GET", "/codes/cpt/CANARY"),
        ("GET", "/codes/icd10cm/I10?date_of_service=CANARY"),
        ("POST", "/health/live?CANARY"),
    ],
)
def test_addresses(client: Client, method: str, path: str) -> None:
    refused(client.request(method, path))
    refused(client.request(method, path, headers={"Accept": "text/CANARY"}))


def refused(response: httpx.Response) -> None:
    assert response.status_code >= 400
    assert MARK not in response.text
    assert MARK not in str(response.headers)


def test_a_full_queue_and_a_slow_note() -> None:
    with client_of(create_app(Settings(max_waiting=1, request_timeout_s=0.05), FakeSuggester())) as client:
        while client.get("/health/ready").status_code != 200:
            pass
        slow = client.post_soon("/suggest", json={"text": "SLEEP 300 CANARY"})
        refused(client.post("/suggest", json={"text": "SLEEP 300 CANARY"}))
        refused(slow.result(3))


def test_the_command_line(tmp_path: Path, use_fake: FakeSuggester) -> None:
    note = tmp_path / "CANARY.txt"
    note.write_text("diabetes", encoding="utf-8")
    runs = [
        (["suggest", str(tmp_path / "CANARY")], b""),
        (["suggest", "-"], b"CANARY\0"),
        (["suggest", "-"], b"CANARY\xff"),
        (["suggest", "-"], b"CANARY " * 200_000),
        *(
            (["suggest", str(note), option, MARK], b"")
            for option in ("--age", "--sex", "--setting", "--date-of-service", "--patient-status")
        ),
        (["suggest", "--batch", str(note), "--out", str(note)], b""),
        (["search", "x", "--system", MARK], b""),
        (["search", "MISSING CANARY"], b""),
        (["codesets", "show", "CANARY-9"], b""),
    ]
    for words, standard_input in runs:
        result = CliRunner().invoke(main, words, input=standard_input)
        assert result.exit_code == 2, (words, result.output)
        assert MARK not in result.output


def test_a_batch(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [*BODIES, fields(id=1, text="BOOM CANARY"), fields(id=2, text="CRASH CANARY")]
    source.write_bytes(b"\n".join(lines))
    assert run_batch(source, target, 2, open_fake).failed == len(lines)
    written = target.read_text(encoding="utf-8")
    assert MARK not in written
    target.rename(part_of(target))
    source.write_bytes(fields(id=MARK))
    with pytest.raises(BadRequest) as caught:
        run_batch(source, target, 1, open_fake)
    assert MARK not in str(caught.value)
