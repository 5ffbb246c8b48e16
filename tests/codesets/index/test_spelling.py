"""Spelling by the bigram index against a plain scan of all words."""

import random
from collections.abc import Callable

import pytest
from rapidfuzz.distance import OSA

from codesets.icd10cm.release import IcdRelease
from codesets.index.lexicon import open_lexicon
from codesets.index.spelling import Spelling, grams, is_slip, max_distance

MISSPELLINGS = 400
LEAST_RECALL = 0.98
LEAST_CHARS = 5


@pytest.fixture(scope="module")
def spelling(embedded: IcdRelease) -> Spelling:
    return open_lexicon(embedded).spelling


def swap(word: str, at: int, _letter: str) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def drop(word: str, at: int, _letter: str) -> str:
    return word[:at] + word[at + 1 :]


def double(word: str, at: int, _letter: str) -> str:
    return word[: at + 1] + word[at:]


def replace(word: str, at: int, letter: str) -> str:
    return word[:at] + letter + word[at + 1 :]


def insert(word: str, at: int, letter: str) -> str:
    return word[:at] + letter + word[at:]


EDITS: tuple[Callable[[str, int, str], str], ...] = (swap, drop, double, replace, insert)


def misspellings(words: list[str], count: int) -> list[str]:
    """Words with one edit, long ones also with two; the same ones every time."""
    chance = random.Random(20260901)  # noqa: S311 - a sample, not a secret
    known = set(words)
    long_enough = [w for w in words if len(w) >= LEAST_CHARS and w.isalpha()]
    found: list[str] = []
    while len(found) < count:
        word = chance.choice(long_enough)
        for _ in range(2 if len(word) > 8 and chance.random() < 0.4 else 1):
            edit = chance.choice(EDITS)
            word = edit(word, chance.randrange(len(word) - 1), chance.choice("aeiourstnlcmpy"))
        if word not in known:
            found.append(word)
    return found


def scan(spelling: Spelling, word: str) -> dict[str, int]:
    """Every known word within reach and its distance: a first letter that differs costs one edit more."""
    reach = max_distance(word)
    found = {w: OSA.distance(word, w) + (w[0] != word[0]) for w in spelling.words}
    return {w: d for w, d in found.items() if d <= reach}


def test_the_nearest_words_are_found(spelling: Spelling, record_property: Callable[[str, object], None]) -> None:
    found = wanted = 0
    for word in misspellings(spelling.words, MISSPELLINGS):
        within = scan(spelling, word)
        least = min(within.values(), default=0)
        nearest = {w for w, d in within.items() if d == least}
        given = {w for w, _, _ in spelling.nearest(word)}
        wanted += min(len(nearest), 8)
        found += len(nearest & given)
    recall = found / wanted
    record_property("recall", round(recall, 4))
    assert recall >= LEAST_RECALL, f"recall {recall:.4f} of {wanted} nearest words"


def test_distances_are_those_of_the_scan(spelling: Spelling) -> None:
    for word in misspellings(spelling.words, 100):
        within = scan(spelling, word)
        given = spelling.nearest(word)
        assert [d for _, _, d in given] == sorted(d for _, _, d in given)
        assert all(within[w] == d for w, _, d in given)


def test_a_word_without_known_bigrams_has_no_neighbours(spelling: Spelling) -> None:
    assert spelling.nearest("éééé") == ()


def test_bigrams_mark_both_ends() -> None:
    assert grams("aab") == ["^a", "aa", "ab", "b$"]


@pytest.mark.parametrize(
    ("written", "meant", "is_one"),
    [
        pytest.param("hypertention", "hypertension", True, id="a letter of the same sound"),
        pytest.param("pnuemonia", "pneumonia", True, id="letters changed places"),
        pytest.param("astma", "asthma", True, id="a letter dropped"),
        pytest.param("controled", "controlled", True, id="a double letter once"),
        pytest.param("arthroplasty", "arthropathy", False, id="an operation is no disease"),
        pytest.param("leucovorin", "leucocoria", False, id="a drug is no finding"),
        pytest.param("acyanotic", "cyanotic", False, id="the first letter denies"),
        pytest.param("hemithorax", "hemothorax", False, id="another word of the trade"),
    ],
)
def test_what_is_a_slip_of_the_pen(written: str, meant: str, is_one: bool) -> None:
    assert is_slip(written, meant) is is_one
