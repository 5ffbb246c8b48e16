"""The OpenAPI document and its worked answer are data: `python -m tests.api.test_openapi` writes them anew.

The answer is what chartcoder with the embedded release answers; a wanted change of an answer needs the command too.
"""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from api.app import create_app
from api.ports import Suggests
from api.replies import SuggestReply, to_bytes, to_response
from api.routes.examples import ANSWER, REQUESTS
from api.schemas import read_request, to_note
from api.settings import Settings
from codesets.registry import CodeSets
from coding.suggest import Suggester
from tests.api.client import Client, client_of
from tests.api.fakes import FakeSuggester

SNAPSHOT = Path(__file__).with_name("openapi.json")
EXAMPLE = Path(__file__).parents[2] / "api" / "routes" / "example_answer.json"


def document() -> dict[str, Any]:
    found = create_app(Settings(), FakeSuggester()).openapi()
    found["info"]["version"] = "of the package"
    return found


def answer_to(suggester: Suggests, name: str) -> dict[str, Any]:
    """What the suggester answers to a worked request."""
    asked = read_request(REQUESTS[name]["value"])
    answer = suggester.suggest(to_note(asked, date(2026, 9, 15), 1_000))
    found: dict[str, Any] = json.loads(to_bytes(to_response(answer), asked.id))
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


def test_the_worked_answer_is_what_chartcoder_answers(real_suggester: Suggester) -> None:
    real = answer_to(real_suggester, "encounter")
    assert json.dumps(real, indent=1) == json.dumps(ANSWER, indent=1), "run python -m tests.api.test_openapi"
    assert real["suggestions"] and real["suppressed"]


def test_the_service_answers_the_worked_request_with_the_worked_answer(real_suggester: Suggester) -> None:
    with client_of(create_app(Settings(), real_suggester)) as client:
        while client.get("/health/ready").status_code != 200:
            pass
        assert client.post("/suggest", json=REQUESTS["encounter"]["value"]).json() == ANSWER


def test_the_worked_answer_has_the_fields_of_the_contract_and_quotes_the_note() -> None:
    asked = REQUESTS["encounter"]["value"]
    fields = {name: value for name, value in ANSWER.items() if name != "id"}
    assert next(iter(ANSWER)) == "id"
    answer = SuggestReply.model_validate(fields)
    assert json.dumps(answer.model_dump(mode="json")) == json.dumps(fields)
    places = [place for said in answer.suggestions for place in said.evidence]
    places += [left.evidence for left in answer.suppressed]
    cues = [left.cue for left in answer.suppressed if left.cue]
    for place in (*places, *cues):
        assert asked["text"][place.start : place.end] == place.text


@pytest.mark.parametrize(("name", "codes"), [("inpatient", True), ("nothing", False)])
def test_the_other_examples_are_what_their_summaries_say(real_suggester: Suggester, name: str, codes: bool) -> None:
    answer = answer_to(real_suggester, name)
    assert bool(answer["suggestions"]) is codes
    assert codes or not answer["suppressed"]


if __name__ == "__main__":
    with TemporaryDirectory() as home:
        answer = answer_to(Suggester(CodeSets.open(Path(home))), "encounter")
    EXAMPLE.write_text(json.dumps(answer, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    ANSWER.clear()
    ANSWER.update(answer)
    SNAPSHOT.write_text(json.dumps(document(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
