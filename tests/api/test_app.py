import json
import threading
import time
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.guard import HEADERS
from api.problems import KINDS
from api.replies import to_bytes, to_response
from api.settings import Settings
from codesets.errors import ChartcoderError, CodeSetError, ModelMissing
from tests.api.client import Client, client_of, in_chunks
from tests.api.fakes import FakeSuggester, open_broken, open_damaged, open_failing

JSON = {"Content-Type": "application/json"}
NOTE = {"text": "diabetes, negative for pulmonary embolism", "date_of_service": "2026-09-15"}


def assert_problem(response: httpx.Response, code: str, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert list(body) == ["type", "title", "status", "detail", "code"]
    assert body["type"] == f"urn:chartcoder:problem:{code}"
    assert body["code"] == code
    assert body["status"] == status == KINDS[code].status
    assert body["detail"]
    return body


def test_a_note_gets_its_answer(client: Client, suggester: FakeSuggester) -> None:
    response = client.post("/suggest", json={**NOTE, "id": "a-1", "patient": {"age": 63}})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.content == to_bytes(to_response(suggester.suggest(suggester.seen[0])), "a-1")
    assert suggester.seen[0].patient.age == 63
    assert response.json()["suggestions"][0]["code"] == "E11.42"


def test_every_reply_has_the_security_headers(client: Client) -> None:
    for response in (client.get("/health/live"), client.get("/nowhere"), client.post("/suggest")):
        for name, value in HEADERS.items():
            assert response.headers[name] == value


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"text":"x","patient":{"age":NaN}}', id="NaN"),
        pytest.param(b'{"text":"\\ud800"}', id="lone surrogate"),
        pytest.param(b'{"text":"a\\u0000b"}', id="NUL"),
        pytest.param(b'{"text":"a","text":"b"}', id="duplicate key"),
        pytest.param(b'{"text":' + b"[" * 100_0 + b"]" * 100_0 + b"}", id="deep nesting"),
        pytest.param(b'{"text":"x","id":' + b"1" * 5000 + b"}", id="5,000 digits"),
        pytest.param(b'{"text":"\xff"}', id="bad UTF-8"),
        pytest.param(b'{"text":7}', id="wrong type"),
        pytest.param(b'{"text":"x","more":1}', id="unknown field"),
        pytest.param(b'{"text":"x"', id="cut off"),
        pytest.param(b"[]", id="no object"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_bad_body_is_422(client: Client, body: bytes) -> None:
    assert_problem(client.post("/suggest", content=body, headers=JSON), "bad_request", 422)


def test_an_empty_note_is_a_bad_note(client: Client) -> None:
    assert_problem(client.post("/suggest", json={"text": " \n"}), "bad_note", 422)
    assert_problem(client.post("/suggest", json={"text": ""}), "bad_note", 422)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Content-Type": "text/plain"}, {"Content-Type": "application/json; charset=latin-1"},
     {"Content-Type": "multipart/form-data"}, {**JSON, "Content-Encoding": "gzip"}],
)  # fmt: skip
def test_another_content_is_415(client: Client, headers: dict[str, str]) -> None:
    assert_problem(client.post("/suggest", content=b"{}", headers=headers), "unsupported_media_type", 415)


@pytest.mark.parametrize(
    "kind", ["application/json; charset=UTF-8", "Application/JSON", 'application/json;charset="utf-8"']
)
def test_json_by_other_spellings(client: Client, kind: str) -> None:
    content = json.dumps(NOTE).encode()
    assert client.post("/suggest", content=content, headers={"Content-Type": kind}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("*/*", 200),
        ("application/*", 200),
        ("text/html, application/json;q=0.5", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
        ("application/json;q=0.00, text/html", 406),
        ("nonsense", 406),
        ("", 200),
    ],
)
def test_accept(client: Client, accept: str, status: int) -> None:
    response = client.get("/health/live", headers={"Accept": accept})
    assert response.status_code == status
    if status == 406:
        assert_problem(response, "not_acceptable", 406)


def test_addresses_and_methods(client: Client) -> None:
    assert_problem(client.get("/nowhere"), "not_found", 404)
    assert_problem(client.post("/suggest/", json=NOTE), "not_found", 404)
    assert_problem(client.get("/docs"), "not_found", 404)
    assert_problem(client.get("/redoc"), "not_found", 404)
    response = client.get("/suggest")
    assert_problem(response, "method_not_allowed", 405)
    assert response.headers["allow"] == "POST"


def test_a_large_note_is_413(client: Client, suggester: FakeSuggester, settings: Settings) -> None:
    note = "é" * 1000
    assert client.post("/suggest", json={"text": note}).status_code == 200
    assert_problem(client.post("/suggest", json={"text": note + "e"}), "too_large", 413)
    escaped = json.dumps({"text": "é" * 1000}).encode()
    assert len(escaped) > settings.max_note_bytes
    assert client.post("/suggest", content=escaped, headers=JSON).status_code == 200
    assert len(suggester.seen) == 2


def test_a_large_body_is_413_before_it_is_read(client: Client, settings: Settings) -> None:
    body = b" " * (settings.max_body_bytes + 1)
    assert_problem(client.post("/suggest", content=body, headers=JSON), "too_large", 413)
    for length in (str(settings.max_body_bytes + 1), "9" * 5000):
        lying = client.post("/suggest", content=b"{}", headers={**JSON, "Content-Length": length})
        assert_problem(lying, "too_large", 413)


def test_a_large_body_without_a_length_is_413_while_it_comes(client: Client, settings: Settings) -> None:
    came = 0

    async def endless() -> Any:
        nonlocal came
        while True:
            came += 1000
            yield b" " * 1000

    assert_problem(client.post("/suggest", content=endless(), headers=JSON), "too_large", 413)
    assert came < settings.max_body_bytes + 5000


def test_a_body_in_chunks_is_read_whole(client: Client) -> None:
    body = json.dumps({**NOTE, "text": "diabetes " * 100}).encode()
    assert client.post("/suggest", content=in_chunks(body), headers=JSON).status_code == 200


def test_an_unexpected_exception_is_a_500_without_words(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    body = assert_problem(client.post("/suggest", json={"text": "BOOM CANARY"}), "internal", 500)
    assert "CANARY" not in json.dumps(body)
    assert "CANARY" not in caplog.text
    assert "RuntimeError" in caplog.text
    assert_problem(client.get("/codes/search", params={"q": "BOOM CANARY"}), "internal", 500)
    assert "CANARY" not in caplog.text


def test_ready_only_when_the_indexes_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = threading.Event()

    def slowly() -> FakeSuggester:
        loaded.wait(5)
        return FakeSuggester()

    monkeypatch.setattr("api.app.open_loaded", slowly)
    with client_of(create_app(Settings())) as client:
        assert client.get("/health/live").json() == {"status": "live"}
        response = client.get("/health/ready")
        assert_problem(response, "not_ready", 503)
        assert response.headers["retry-after"] == "1"
        assert_problem(client.post("/suggest", json=NOTE), "not_ready", 503)
        assert_problem(client.get("/codes/search", params={"q": "x"}), "not_ready", 503)
        loaded.set()
        wait_until(lambda: client.get("/health/ready").status_code == 200)
        assert client.get("/health/ready").json() == {"status": "ready"}
        assert client.post("/suggest", json=NOTE).status_code == 200


def wait_until(true: Any) -> None:
    for _ in range(300):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come true in 3 s")


def test_why_it_is_not_ready(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("api.app.open_loaded", open_broken)
    with client_of(create_app(Settings())) as client:
        wait_until(lambda: "being loaded" not in client.get("/health/ready").text)
        assert "install one" in assert_problem(client.get("/health/ready"), "not_ready", 503)["detail"]
    monkeypatch.setattr("api.app.open_loaded", open_damaged)
    with client_of(create_app(Settings())) as client:
        wait_until(lambda: "being loaded" not in client.get("/health/ready").text)
        for response in (client.get("/health/ready"), client.post("/suggest", json=NOTE)):
            detail = assert_problem(response, "not_ready", 503)["detail"]
            assert detail == "a code set cannot be read: see the log of the service"
    assert "remove /srv/somewhere" in caplog.text
    monkeypatch.setattr("api.app.open_loaded", open_failing)
    with client_of(create_app(Settings())) as client:
        wait_until(lambda: "being loaded" not in client.get("/health/ready").text)
        assert "see the log" in assert_problem(client.get("/health/ready"), "not_ready", 503)["detail"]
    assert "RuntimeError" in caplog.text
    assert "CANARY" not in caplog.text


def test_a_full_queue_and_a_slow_note() -> None:
    settings = Settings(max_waiting=2, request_timeout_s=0.2)
    with client_of(create_app(settings, FakeSuggester())) as client:
        wait_until(lambda: client.get("/health/ready").status_code == 200)
        slow = [client.post_soon("/suggest", json={"text": "SLEEP 600"}) for _ in range(2)]
        time.sleep(0.1)
        response = client.post("/suggest", json=NOTE)
        assert_problem(response, "busy", 503)
        assert response.headers["retry-after"] == "1"
        begun = time.perf_counter()
        assert client.get("/health/live").status_code == 200
        assert client.get("/codes/search", params={"q": "x"}).status_code == 200
        assert time.perf_counter() - begun < 0.5
        for future in slow:
            late = future.result(3)
            assert_problem(late, "timeout", 503)
            assert late.headers["retry-after"] == "1"
        wait_until(lambda: client.post("/suggest", json=NOTE).status_code == 200)


@pytest.mark.parametrize(
    ("error", "code", "detail"),
    [(CodeSetError, "code_set_error", "a code set"), (ModelMissing, "model_missing", "a model")],
)
def test_a_damaged_file_on_the_way_is_named_in_the_log_alone(
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
    caplog: pytest.LogCaptureFixture,
    error: type[ChartcoderError],
    code: str,
    detail: str,
) -> None:
    def fail(*_: object) -> None:
        raise error("the file is damaged: remove /srv/somewhere/file")

    monkeypatch.setattr(FakeSuggester, "suggest", fail)
    body = assert_problem(client.post("/suggest", json=NOTE), code, 503)
    assert body["detail"] == f"{detail} cannot be read: see the log of the service"
    assert "/srv/somewhere/file" in caplog.text
