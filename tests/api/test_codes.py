from pathlib import Path

import pytest

from api.code_replies import CodeReply
from codesets.index.search import Hit
from codesets.procedures.starter import starter_set
from codesets.procedures.types import CptUse
from codesets.types import CodeSystem
from tests.api.client import Client
from tests.api.fakes import FakeSuggester
from tests.api.test_app import assert_problem


def test_search(client: Client) -> None:
    response = client.get("/codes/search", params={"q": "t2dm neuropathy", "date_of_service": "2026-09-15"})
    assert response.status_code == 200
    body = response.json()
    assert body[0] == {
        "system": "icd10cm",
        "code": "E11.42",
        "display": "Type 2 diabetes mellitus with diabetic polyneuropathy",
        "score": 0.9124,
    }
    assert len(client.get("/codes/search?q=x&n=1&system=icd10cm").json()) == 1


def test_search_over_all_systems_or_one(client: Client) -> None:
    found = client.get("/codes/search?q=knee&date_of_service=2026-09-15").json()
    assert [(h["system"], h["code"]) for h in found] == [
        ("icd10cm", "E11.42"),
        ("icd10cm", "E11.40"),
        ("cpt", "20610"),
    ]
    (hit,) = client.get("/codes/search?q=knee&system=cpt&date_of_service=2026-09-15").json()
    assert hit["display"] == starter_set(CodeSystem.CPT).procedures["20610"].wording


def test_search_in_a_system_without_a_code_set_is_what_its_codes_get(
    client: Client, suggester: FakeSuggester
) -> None:
    suggester.cpt = CptUse.OFF
    asked = client.get("/codes/search?q=x&system=cpt")
    assert_problem(asked, "code_set_missing", 404)
    assert asked.content == client.get("/codes/cpt/99213").content


def test_search_offers_no_retired_code_and_fills_its_place(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHARTCODER_HOME", str(tmp_path))
    hits = [Hit("M722", 0.9, "x"), Hit("D691", 0.8, "x"), Hit("I10", 0.7, "x"), Hit("E119", 0.6, "x")]
    monkeypatch.setattr(FakeSuggester, "search", lambda _self, _t, n, s, _d: hits[:n] if s == "icd10cm" else [])

    def found(day: str, n: int) -> list[str]:
        return [h["code"] for h in client.get(f"/codes/search?q=x&n={n}&date_of_service={day}").json()]

    assert found("2026-09-30", 2) == ["M72.2", "D69.1"]
    assert found("2026-10-01", 1) == ["I10"]
    assert found("2026-10-01", 2) == ["I10", "E11.9"]
    assert found("2026-10-01", 10) == ["I10", "E11.9"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "q: field required"),
        ("q=", "q: "),
        ("q=" + "x" * 201, "q: "),
        ("q=x&n=0", "n: "),
        ("q=x&n=101", "n: "),
        ("q=x&n=CANARY", "n: "),
        ("q=x&system=CANARY", "system: expected 'icd10cm', 'cpt' or 'hcpcs'"),
        ("q=x&date_of_service=CANARY", "date_of_service: expected a date"),
        ("q=x&CANARY=1", "an unknown field"),
    ],
)
def test_a_wrong_query_is_named(client: Client, query: str, words: str) -> None:
    response = client.get(f"/codes/search?{query}")
    assert words in assert_problem(response, "bad_request", 422)["detail"]
    assert "CANARY" not in response.text


def test_a_code(client: Client) -> None:
    response = client.get("/codes/icd10cm/e1142", params={"date_of_service": "2026-09-15"})
    assert response.status_code == 200
    body = response.json()
    assert body["code"] == "E11.42"
    assert body["billable"] is True
    assert body["hierarchy"][-1]["name"] == "E11.42"
    assert client.get("/codes/icd10cm/E11.42?date_of_service=2026-09-15").content == response.content


def test_a_procedure(client: Client) -> None:
    body = client.get("/codes/hcpcs/j1885", params={"date_of_service": "2026-09-15"}).json()
    assert (body["system"], body["code"], body["billable"], body["release"]) == (
        "hcpcs",
        "J1885",
        True,
        "starter-2026",
    )
    assert (body["procedure"]["unit"], body["procedure"]["facts"]["drug"]) == ("15mg", "ketorolac")
    assert (body["hierarchy"][-1]["name"], body["children"], body["problems"]) == ("J1885", [], [])
    CodeReply.model_validate(body)
    CodeReply.model_validate(client.get("/codes/icd10cm/E11.42").json())


def test_codes_that_are_none(client: Client) -> None:
    assert_problem(client.get("/codes/icd10cm/CANARY-7"), "bad_code", 404)
    assert_problem(client.get("/codes/icd10cm/Z99.9Q"), "unknown_code", 404)
    assert_problem(client.get("/codes/cpt/99999"), "unknown_code", 404)
    assert_problem(client.get("/codes/cpt/CANARY"), "bad_code", 404)
    assert_problem(client.get("/codes/snomed/1"), "bad_request", 422)
    assert_problem(client.get("/codes/icd10cm/" + "E" * 21), "bad_request", 422)
    assert_problem(client.get("/codes/icd10cm/E11.42?day=1"), "bad_request", 422)
    assert_problem(client.get("/codes/icd10cm"), "not_found", 404)
