"""The OpenAPI document is data: `python -m tests.api.test_openapi` writes it anew after a wanted change."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.replies import SuggestReply
from api.routes.examples import ANSWER, REQUESTS
from api.settings import Settings
from nlp.types import Note
from tests.api.client import Client
from tests.api.fakes import FakeSuggester

SNAPSHOT = Path(__file__).with_name("openapi.json")


def document() -> dict[str, Any]:
    found = create_app(Settings(), FakeSuggester()).openapi()
    found["info"]["version"] = "of the package"
    return found


def test_the_document_is_the_snapshot() -> None:
    assert document() == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_it_is_served_and_loads_nothing_from_elsewhere(client: Client) -> None:
    response = client.get("/openapi.json")
    assert response.status_code == 200
    assert "http" not in response.text.replace("HTTP", "").replace("https://json-schema", "")


def test_every_reference_has_its_schema() -> None:
    text = json.dumps(document())
    schemas = document()["components"]["schemas"]
    for part in text.split('"#/components/schemas/')[1:]:
        assert part.partition('"')[0] in schemas


@pytest.mark.parametrize("name", REQUESTS)
def test_every_worked_example_is_answered(client: Client, name: str) -> None:
    response = client.post("/suggest", json=REQUESTS[name]["value"])
    assert response.status_code == 200
    assert response.json().get("id") == REQUESTS[name]["value"].get("id")


def test_the_worked_answer_is_an_answer() -> None:
    asked = REQUESTS["encounter"]["value"]
    answer = SuggestReply.model_validate(ANSWER)
    assert answer.model_dump(mode="json") == ANSWER
    assert list(answer.model_dump(mode="json")) == list(ANSWER)
    note = Note(asked["text"], answer.date_of_service)
    assert answer.note_sha256 == note.sha256
    for place in (*answer.suggestions[0].evidence, answer.suppressed[0].evidence, answer.suppressed[0].cue):
        assert place is not None
        assert note.text[place.start : place.end] == place.text


if __name__ == "__main__":
    SNAPSHOT.write_text(json.dumps(document(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
