import pytest

from tests.api.client import Client
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
    assert client.get("/codes/search?q=x&system=cpt").json() == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "q: field required"),
        ("q=", "q: "),
        ("q=" + "x" * 201, "q: "),
        ("q=x&n=0", "n: "),
        ("q=x&n=101", "n: "),
        ("q=x&n=CANARY", "n: "),
        ("q=x&system=CANARY", "system: 'icd10cm', 'cpt' or 'hcpcs'"),
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


def test_codes_that_are_none(client: Client) -> None:
    assert_problem(client.get("/codes/icd10cm/CANARY-7"), "bad_code", 404)
    assert_problem(client.get("/codes/icd10cm/Z99.9Q"), "unknown_code", 404)
    assert_problem(client.get("/codes/cpt/99213"), "code_set_missing", 404)
    assert_problem(client.get("/codes/cpt/CANARY"), "bad_code", 404)
    assert_problem(client.get("/codes/snomed/1"), "bad_request", 422)
    assert_problem(client.get("/codes/icd10cm/" + "E" * 21), "bad_request", 422)
    assert_problem(client.get("/codes/icd10cm/E11.42?day=1"), "bad_request", 422)
    assert_problem(client.get("/codes/icd10cm"), "not_found", 404)
