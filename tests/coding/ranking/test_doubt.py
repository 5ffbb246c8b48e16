"""The words around a finding, and how much doubt the shipped weights see in them."""

import pytest

from coding.ranking.doubt import BUCKETS, bucket, marks, open_doubt
from coding.types import Evidence


def at(text: str, section: str = "hpi") -> tuple[str, Evidence]:
    """The text without its brackets, and the evidence that they enclose."""
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    return plain, Evidence(start, end, plain[start:end], section)


def test_marks_are_words_by_side_place_and_pair() -> None:
    assert marks(*at("Denies any [Chest Pain] today.")) == [
        "section hpi",
        "before any",
        "before denies",
        "before 0 any",
        "before 1 denies",
        "before any denies",
        "after today",
        "after .",
        "after 0 today",
        "after 1 .",
        "after today .",
    ]


def test_marks_do_not_hold_the_finding_itself() -> None:
    one, other = marks(*at("No [gout] now")), marks(*at("No [Chest Pain] now"))
    assert one == other


def test_far_words_leave_no_mark() -> None:
    far = "zebra " + "x " * 60
    assert not [m for m in marks(*at(f"{far}[gout]")) if "zebra" in m]


@pytest.mark.parametrize(
    ("doubted", "stated"),
    [
        pytest.param("He denies [chest pain].", "He reports [chest pain].", id="denied"),
        pytest.param("Mother had [breast cancer].", "Assessment: [breast cancer].", id="a relative's"),
    ],
)
def test_what_is_not_the_patients_now_sounds_more_doubtful(doubted: str, stated: str) -> None:
    doubt = open_doubt()
    assert doubt.score(*at(doubted)) > doubt.score(*at(stated))


def test_scores_are_probabilities_and_the_same_every_time() -> None:
    doubt = open_doubt()
    score = doubt.score(*at("History of [gout]."))
    assert 0 < score < 1
    assert score == doubt.score(*at("History of [gout]."))


def test_buckets_are_rows_of_the_weights() -> None:
    assert 0 <= bucket("before no") < BUCKETS
    assert bucket("before no") == bucket("before no") != bucket("after no")
