import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.client import Client, client_of
from tests.api.fakes import FakeSuggester


@pytest.fixture
def suggester() -> FakeSuggester:
    return FakeSuggester()


@pytest.fixture
def settings() -> Settings:
    return Settings(max_note_bytes=2_000, request_timeout_s=5)


@pytest.fixture
def client(suggester: FakeSuggester, settings: Settings) -> Iterator[Client]:
    with client_of(create_app(settings, suggester)) as client:
        for _ in range(200):
            if client.get("/health/ready").status_code == 200:
                break
            time.sleep(0.01)
        yield client


@pytest.fixture
def use_fake(monkeypatch: pytest.MonkeyPatch, suggester: FakeSuggester) -> FakeSuggester:
    """The commands open this suggester instead of the installed one."""
    monkeypatch.setattr("api.ports.open_installed", lambda: suggester)
    return suggester


@pytest.fixture
def home_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is installed, whatever is on this machine."""
    monkeypatch.setenv("CHARTCODER_HOME", str(tmp_path / "home"))
