import pytest

from coding.visits.scan import Vocabulary, read_table
from tests.coding.visits.conftest import Scans


def test_of_one_kind_the_longest_phrase_counts_and_kinds_do_not_hide_each_other() -> None:
    vocabulary = Vocabulary([("a", "x", "chest pain|pain"), ("b", "y", "pain|follow-up")])
    found = vocabulary.find(["chest", "pain", "follow", "up"])
    assert found == [(0, 2, "a", "x"), (1, 2, "b", "y"), (2, 4, "b", "y")]


def test_a_phrase_at_the_end_of_the_note_is_not_read_beyond_it() -> None:
    assert Vocabulary([("a", "x", "chest pain today")]).find(["chest", "pain"]) == []


@pytest.mark.parametrize("name", ["words.tsv", "tests.tsv", "nature.tsv", "otc.tsv", "numbers.tsv"])
def test_tables_have_the_same_columns_in_each_row_and_no_empty_phrase(name: str) -> None:
    rows = read_table(name)
    assert len({len(row) for row in rows}) == 1
    assert all(phrase.strip() for row in rows for phrase in row[-1].split("|"))


def test_offsets_are_those_of_the_note(scan: Scans) -> None:
    found = scan("Visit.\r\nA/P: HTN, stable. Continue lisinopril.")
    stable = found.of("state", "stable")[0]
    assert found.text[stable.start : stable.end] == "stable"
    assert found.evidence(stable).section == "assessment_plan"


def test_denied_and_feared_words_are_not_said(scan: Scans) -> None:
    found = scan("A/P: COPD. No exacerbation. Asthma exacerbation today.")
    assert [found.is_said(h) for h in found.of("state", "flare")] == [False, True]


def test_where_nothing_is_decided_in_a_section_of_its_own_all_that_tells_decides(scan: Scans) -> None:
    bare = scan("Cut on the hand, sewn. " * 20 + "\nDx: laceration")
    assert {"unknown", "assessment"} <= bare.deciding
    full = scan("HPI: cough.\nA/P: " + "Cough, start benzonatate. " * 12)
    assert full.deciding == {"assessment_plan"}
