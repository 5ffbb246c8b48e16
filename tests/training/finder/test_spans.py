"""What the finder learns from: the words of a sentence that its evidence speaks of, and spans that do not overlap."""

import pytest

spans = pytest.importorskip("training.finder.spans")

SENTENCE = "He was admitted for bladder leiomyoma, seen on ultrasound."


@pytest.mark.parametrize(
    ("title", "marked", "words"),
    [
        pytest.param("Benign neoplasm of bladder", "leiomioma vesical", "bladder leiomyoma", id="title and cognate"),
        pytest.param("Benign neoplasm of bladder", "tumor", "bladder", id="title alone"),
        pytest.param("Fever, unspecified", "fiebre", None, id="nothing in common"),
    ],
)
def test_evidence_is_found_in_its_sentence(title: str, marked: str, words: str | None) -> None:
    found = spans._words_of(SENTENCE, (0, len(SENTENCE)), spans._stems(title), marked)
    assert (SENTENCE[found[0] : found[1]] if found else None) == words


def test_the_first_of_overlapping_spans_stands() -> None:
    assert spans._apart([(5, 9), (8, 12), (0, 5), (3, 4), (20, 100)]) == [(0, 5), (5, 9)]
