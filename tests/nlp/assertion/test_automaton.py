"""The automaton against a slow, plain oracle: every cue tried at every word."""

import itertools
import random

import pytest

from nlp.assertion.automaton import Automaton, core_span
from nlp.assertion.rules import Cue, classes_of_words, number_classes, read_cues
from nlp.tokens import tokenize

CUES = read_cues()
AUTOMATON = Automaton(CUES)


def _is_named(word: str, wanted: str) -> bool:
    if wanted[0] == "<" and len(wanted) > 1:
        return wanted in classes_of_words().get(word, ()) or wanted in number_classes(word)
    return word == wanted


def _ends(cue: Cue, words: list[str], at: int) -> set[int]:
    ends = {at}
    for slot in cue.slots:
        ends = {
            end + len(choice)
            for end in ends
            for choice in slot
            if end + len(choice) <= len(words)
            and all(_is_named(words[end + n], wanted) for n, wanted in enumerate(choice))
        }
    return ends


def _some_words(seed: int) -> list[str]:
    chosen = random.Random(seed)  # noqa: S311
    words: list[str] = []
    while len(words) < 40:
        cue = chosen.choice(CUES)
        for slot in cue.slots:
            words += [w for w in chosen.choice(slot) if w[0] != "<" or len(w) == 1]
        words += chosen.choice([["pain"], ["2009"], ["mother"], [","], ["march"], ["3"], []])
    return words[:40]


@pytest.mark.parametrize("seed", range(12))
def test_finds_what_the_oracle_finds(seed: int) -> None:
    words = _some_words(seed)
    for at in range(len(words)):
        found = {(end, cue.line) for end, cues in AUTOMATON.find(words, at, len(words)) for cue in cues}
        assert found == {(end, cue.line) for cue in CUES for end in _ends(cue, words, at)}
        if found:
            assert words[at] in AUTOMATON.firsts or words[at][0].isdigit()


def test_line_ends_are_passed_over() -> None:
    words = tokenize("no\nevidence\nof mass").folded
    assert AUTOMATON.find(words, 0, len(words))[-1][0] == words.index("of") + 1


def test_core_leaves_out_the_context() -> None:
    words = tokenize("daughter reports fever").folded
    (end, cues) = AUTOMATON.find(words, 0, len(words))[-1]
    spans = {core_span(cue, words, 0, end) for cue in cues}
    assert (0, 1) in spans and end == 2


def test_nodes_do_not_grow_with_unknown_words() -> None:
    automaton = Automaton(CUES)
    for word in itertools.islice((f"no zz{n}" for n in range(10**6)), 500):
        automaton.find(word.split(), 0, 2)
    assert len(automaton._nodes) < 20
    assert all(len(node.edges) < 20 for node in automaton._nodes.values())
