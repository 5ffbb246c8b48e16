from nlp.facts.phrases import PhraseTable


def test_the_longest_phrase_wins_and_holds_no_other() -> None:
    table = PhraseTable([("not", 1), ("not on", 2), ("on", 3)])
    assert table.all_in(["not", "on", "on"], 0, 3) == [(0, 2, 2), (2, 3, 3)]


def test_a_phrase_ends_inside_the_stretch() -> None:
    table = PhraseTable([("s/p", 1)])
    assert table.at(["s", "/", "p"], 0, 2) is None
    assert table.at(["s", "/", "p"], 0, 3) == (3, 1)
