import pytest

from coding.rules.causes import find_causes
from coding.types import Evidence

CASES = [
    ("AAA due to BBB", ("AAA", "BBB", False), "due to"),
    ("AAA 2/2 BBB", ("AAA", "BBB", False), "shorthand"),
    ("AAA, likely secondary to the BBB", ("AAA", "BBB", False), "with filling words"),
    ("AAA causing BBB", ("BBB", "AAA", False), "the other way round"),
    ("AAA not due to BBB", ("AAA", "BBB", True), "denied"),
    ("AAA unrelated to BBB", ("AAA", "BBB", True), "unrelated"),
    ("AAA and BBB", None, "only listed"),
    ("AAA. Due to BBB", None, "another sentence"),
    ("AAA due to\nBBB", None, "another line"),
    ("AAA in the setting of BBB", None, "a setting is no cause"),
    ("AAA, history of BBB", None, "a history is no cause"),
    ("AAA due to something that stands a long way before BBB", None, "too far"),
]


@pytest.mark.parametrize(("text", "join", "reason"), CASES, ids=[c[2] for c in CASES])
def test_causes(text: str, join: tuple[str, str, bool] | None, reason: str) -> None:
    evidence = [Evidence(text.index(w), text.index(w) + 3, w, "hpi") for w in ("AAA", "BBB")]
    found = [(text[slice(*c.effect)], text[slice(*c.cause)], c.is_denied) for c in find_causes(text, evidence)]
    assert found == ([join] if join else [])
