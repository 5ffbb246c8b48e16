"""What people type for a procedure, and the codes of which any is right (`procedure_queries.tsv`)."""

from pathlib import Path

from codesets.procedures.search import open_search
from codesets.procedures.starter import starter_set
from codesets.types import CodeSystem

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("procedure_queries.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
LEAST_FIRST, LEAST_IN_FIVE = 0.9, 0.97


def test_the_right_codes_are_in_the_starter_sets() -> None:
    unknown = [
        (name, code)
        for name, system, query, codes in ROWS
        for code in codes.split("|")
        if not query.isdigit() and code not in starter_set(CodeSystem(system))
    ]
    assert not unknown


def test_a_right_code_comes_first_or_among_five() -> None:
    first, in_five = [], []
    for name, system, query, codes in ROWS:
        found = [h.code for h in open_search(starter_set(CodeSystem(system))).search(query, 5)]
        right = set(codes.split("|"))
        first += [] if right & set(found[:1]) else [name]
        in_five += [] if right & set(found) else [name]
    assert len(first) <= (1 - LEAST_FIRST) * len(ROWS), first
    assert len(in_five) <= (1 - LEAST_IN_FIVE) * len(ROWS), in_five
