from codesets.icd10cm.release import IcdRelease
from codesets.types import NoteKind


def test_the_embedded_release_is_whole(embedded: IcdRelease) -> None:
    assert len(embedded) == 98_186
    assert sum(embedded.is_billable(v) for v in embedded) == 74_719
    assert embedded.code_set.release == "2026-04-01"


def test_facts_that_simple_readers_get_wrong(embedded: IcdRelease) -> None:
    assert not any("\t" in title for title in embedded.titles)
    assert embedded.is_billable("I10")
    assert "QA00101" in embedded
    assert embedded.parent("S72001A") == "S72001"
    assert sum(embedded.is_billable(v) for v in embedded if len(v) == 3) == 214


def test_excludes_notes_reach_the_leaf(embedded: IcdRelease) -> None:
    kinds = {(n.kind, n.printed_at) for n in embedded.notes("E1142")}
    assert (NoteKind.EXCLUDES1, "E11") in kinds


def test_a_condition_on_last_characters_keeps_other_codes_out(embedded: IcdRelease) -> None:
    note = next(n for n in embedded.own_notes("F8081") if "final characters" in n.text)
    assert note.names("I69023")
    assert not note.names("I69021")
