"""What the examples must and must not yield; golden.json is data, taken once from examples/keys, never regenerated.

`known_failures` lists by id (note/+code that is missed, note/-code that is wrongly suggested) what is not right yet;
each is a strict xfail, so that a mended one has to be taken off the list.
"""

import json
from pathlib import Path

import pytest

from nlp.types import Patient, Setting, Sex
from tests.conftest import EXAMPLES, Suggests

GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text(encoding="utf-8"))
KEYS = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(EXAMPLES.glob("keys/*.json"))}
CASES = [
    (name, sign, code)
    for name, case in GOLDEN["notes"].items()
    for sign, part in (("+", "suggested"), ("-", "not_suggested"))
    for code in case[part]
]
KNOWN = [(name, code[0], code[1:]) for name, _, code in (case.rpartition("/") for case in GOLDEN["known_failures"])]


def _id(case: tuple[str, str, str]) -> str:
    return f"{case[0]}/{case[1]}{case[2]}"


@pytest.fixture(scope="module")
def suggested(suggest: Suggests) -> dict[str, frozenset[str]]:
    found = {}
    for name, key in KEYS.items():
        text = (EXAMPLES / "notes" / f"{name}.txt").read_text(encoding="utf-8")
        answer = suggest(text, Setting(key["setting"]), patient=Patient(key["age"], Sex(key["sex"])))
        found[name] = frozenset(s.code.display for s in answer.suggestions)
    return found


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_golden(suggested: dict[str, frozenset[str]], case: tuple[str, str, str]) -> None:
    name, sign, code = case
    assert (code in suggested[name]) is (sign == "+")


@pytest.mark.xfail(reason="known failure, listed by id in golden.json")
@pytest.mark.parametrize("case", KNOWN, ids=_id)
def test_known_failure(suggested: dict[str, frozenset[str]], case: tuple[str, str, str]) -> None:
    name, sign, code = case
    assert (code in suggested[name]) is (sign == "+")


def test_every_key_is_accounted_for() -> None:
    listed = {_id(c) for c in (*CASES, *KNOWN)}
    assert len(listed) == len(CASES) + len(KNOWN)
    for name, key in KEYS.items():
        right = {c["code"] for c in key["codes"]}
        wrong = {t["code"] for t in key["traps"]} - right
        assert {i for i in listed if i.startswith(f"{name}/")} == {
            *(f"{name}/+{c}" for c in right),
            *(f"{name}/-{c}" for c in wrong),
        }
