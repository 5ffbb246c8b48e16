import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from eval.goldnotes.read import read_labels

GOLD = Path(__file__).parents[2] / "eval" / "gold"
README = (GOLD / "README.md").read_text(encoding="utf-8")
FROZEN = re.findall(r"^([0-9a-f]{64})  (\S+)$", README, re.MULTILINE)


@pytest.mark.parametrize(("digest", "name"), FROZEN, ids=[name for _, name in FROZEN])
def test_a_gold_file_is_what_was_frozen(digest: str, name: str) -> None:
    content = b"".join(path.read_bytes() for path in sorted(GOLD.glob(name)))
    assert content
    assert hashlib.sha256(content).hexdigest() == digest


def test_every_gold_file_is_frozen() -> None:
    frozen = [path for _, name in FROZEN for path in GOLD.glob(name)]
    assert len(frozen) == len(set(frozen))
    assert set(frozen) == {p for p in GOLD.rglob("*") if p.is_file() and p != GOLD / "README.md"}


@pytest.mark.parametrize("name", [p.name for p in sorted(GOLD.glob("*.jsonl"))])
def test_the_counts_of_the_table_are_those_of_the_file(name: str) -> None:
    labels = read_labels(GOLD / name)
    (row,) = [x for x in README.splitlines() if x.startswith(f"| `{name}` |")]
    codes, traps = (sum(len(getattr(x, kind)) for x in labels) for kind in ("codes", "traps"))
    assert re.search(rf"\b{len(labels)}\b.*\b{codes} codes, {traps} traps", row)


def test_the_queries_are_fifty_of_each_group() -> None:
    rows = [line.split("\t") for line in (GOLD / "queries.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert Counter(row[1] for row in rows) == {"misspelled": 50, "abbreviation": 50, "lay": 50, "formal": 50}


def test_the_assertion_set_has_eighty_of_each_main_class() -> None:
    text = (GOLD / "assertion" / "report.tsv").read_text(encoding="utf-8")
    counts = Counter(re.findall(r"\]\((\w+)\)", text))
    assert min(counts[label] for label in ("negated", "uncertain", "historical", "family")) >= 80
