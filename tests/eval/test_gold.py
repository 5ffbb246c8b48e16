import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

GOLD = Path(__file__).parents[2] / "eval" / "gold"
FROZEN = re.findall(r"^([0-9a-f]{64})  (\S+)$", (GOLD / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("digest", "name"), FROZEN, ids=[name for _, name in FROZEN])
def test_a_gold_file_is_what_was_frozen(digest: str, name: str) -> None:
    assert hashlib.sha256((GOLD / name).read_bytes()).hexdigest() == digest


def test_every_gold_file_is_frozen() -> None:
    assert {name for _, name in FROZEN} == {p.relative_to(GOLD).as_posix() for p in GOLD.rglob("*.tsv")}


def test_the_queries_are_fifty_of_each_group() -> None:
    rows = [line.split("\t") for line in (GOLD / "queries.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert Counter(row[1] for row in rows) == {"misspelled": 50, "abbreviation": 50, "lay": 50, "formal": 50}


def test_the_assertion_set_has_eighty_of_each_main_class() -> None:
    text = (GOLD / "assertion" / "report.tsv").read_text(encoding="utf-8")
    counts = Counter(re.findall(r"\]\((\w+)\)", text))
    assert min(counts[label] for label in ("negated", "uncertain", "historical", "family")) >= 80
