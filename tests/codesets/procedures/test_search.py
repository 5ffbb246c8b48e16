from datetime import date
from itertools import pairwise

import pytest

from codesets.procedures.search import open_search, query_words, terms_of
from codesets.procedures.starter import starter_set
from codesets.procedures.types import Procedure, ProcedureSet
from codesets.types import Code, CodeSet, CodeSystem

CODE_SET = CodeSet(CodeSystem.CPT, "test", date(2026, 1, 1), None, "a test")


def _set(*rows: tuple[str, str, tuple[str, ...]], also: dict[str, tuple[str, ...]] | None = None) -> ProcedureSet:
    found = {v: Procedure(Code(CodeSystem.CPT, v), v, wording, synonyms) for v, wording, synonyms in rows}
    return ProcedureSet(CODE_SET, found, also)


SMALL = _set(
    ("10000", "Invented knee repair", ("knee fix", "zorbing")),
    ("10001", "Invented knee repair without a screw", ()),
    ("10002", "Invented knee repair with a metal screw", ()),
    ("20000", "Invented left ear cleaning", ("ear wash",)),
    ("20001", "Invented right ear cleaning", ("ear wash",)),
    ("3000F", "Invented picture of the head", ("head CT",)),
    also={"3000F": ("CRANIAL PICTURING",)},
)


@pytest.mark.parametrize(
    ("query", "code", "reason"),
    [
        ("knee repair", "10000", "words of a wording"),
        ("repair knee without screw", "10001", "what is absent counts"),
        ("knee repair with a screw", "10002", "'with' is against what says without"),
        ("zorbing", "10000", "a synonym"),
        ("zorb", "10000", "half typed"),
        ("zorbnig", "10000", "misspelled"),
        ("HEAD CT", "3000F", "any case"),
        ("cranial picturing", "3000F", "further wordings"),
        ("right ear cleaning", "20001", "a side that the wordings tell apart"),
        ("knee rpr", "10000", "shorthand"),
        ("left knee fix", "10000", "a side that no wording has"),
    ],
)
def test_the_best_code(query: str, code: str, reason: str) -> None:
    assert open_search(SMALL).search(query)[0].code == code, reason


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("1000", ["10000", "10001", "10002"]),
        ("3000f", ["3000F"]),
        ("20", ["20000", "20001"]),
        ("9999", []),
        ("", []),
        ("the of", []),
        ("???", []),
        ("qqqqqq", []),
    ],
)
def test_beginnings_of_codes_and_nothing(query: str, codes: list[str]) -> None:
    assert [h.code for h in open_search(SMALL).search(query)] == codes


def test_hits_stand_in_order_with_their_terms() -> None:
    hits = open_search(SMALL).search("ear wash", 3)
    assert [(h.code, h.term) for h in hits[:2]] == [("20000", "ear wash"), ("20001", "ear wash")]
    assert all((a.score, b.code) >= (b.score, a.code) for a, b in pairwise(hits))
    assert all(0 <= h.score <= 1 for h in hits)
    assert len(open_search(SMALL).search("ear wash", 1)) == 1


def test_the_terms_of_a_code_stand_once() -> None:
    assert terms_of(SMALL, "3000F") == ["Invented picture of the head", "head CT", "CRANIAL PICTURING"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CT w/o contrast", ["ct", "without", "contrast"]),
        ("EGD w/ bx", ["egd", "biopsy"]),
        ("MRI w/wo contrast", ["mri", "withandwithout", "contrast"]),
        ("MRI without and then with contrast", ["mri", "withandwithout", "contrast"]),
        ("MRI w & w/o contrast", ["mri", "withandwithout", "contrast"]),
        ("knee knee inj", ["knee", "injection"]),
    ],
)
def test_the_words_of_a_query(text: str, words: list[str]) -> None:
    assert query_words(text) == words


@pytest.mark.parametrize("system", [CodeSystem.CPT, CodeSystem.HCPCS])
def test_every_code_of_the_starter_sets_is_found_by_its_number(system: CodeSystem) -> None:
    search = open_search(starter_set(system))
    for value in list(starter_set(system).procedures)[::97]:
        assert [h.code for h in search.search(value)] == [value]


def test_the_same_query_the_same_answer() -> None:
    search = open_search(starter_set(CodeSystem.CPT))
    assert search.search("chest x-ray") == search.search("chest x-ray")


def test_with_is_against_what_says_without() -> None:
    hits = open_search(starter_set(CodeSystem.CPT)).search("colposcopy with biopsy", 5)
    assert "57452" not in [h.code for h in hits[:1]]
    assert {"57454", "57455"} & {h.code for h in hits}
