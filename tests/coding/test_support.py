"""What speaks for a code, on hand-made links and phrases."""

import math

import pytest

from codesets.index.lexicon import Lexicon
from coding.linking import Link, link_mention
from coding.support import LINK_FEATURES, Support, collect_support, link_features
from models.phrases import Meaning, Source
from nlp.types import Patient, Phrase
from tests.conftest import Reads

ROWS = {
    0: (Meaning("I10", 0.8, 9, Source.SENTENCE),),
    1: (Meaning("I10", 0.5, 4, Source.SENTENCE), Meaning("N390", 0.04, 9, Source.SENTENCE)),
    2: (Meaning("E119", 0.4, 10, Source.DOCUMENT),),
    3: (Meaning("E119", 0.3, 10, Source.DOCUMENT),),
    4: (Meaning("E119", 0.3, 10, Source.DOCUMENT),),
    5: (Meaning("M109", 1.0, 0, Source.TERM),),
}


class Table:
    """A phrase table of ROWS."""

    def __init__(self) -> None:
        self.frequency = {"E119": 0.1, "I10": 0.2}

    def meanings(self, row: int) -> tuple[Meaning, ...]:
        return ROWS[row]


def phrases(*rows: int) -> list[Phrase]:
    return [Phrase(0, 1, row, 2) for row in rows]


def support(lexicon: Lexicon, *rows: int, links: tuple[Link, ...] = ()) -> dict[str, Support]:
    return collect_support(lexicon, links, phrases(*rows), Table())  # type: ignore[arg-type]


def features(lexicon: Lexicon, found: dict[str, Support], code: str) -> dict[str, float]:
    rows = link_features(lexicon, found, Table(), 100)  # type: ignore[arg-type]
    return dict(zip(LINK_FEATURES, rows[list(found).index(code)], strict=True))


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        pytest.param((), set(), id="nothing"),
        pytest.param((0,), {"I10"}, id="a phrase that means it"),
        pytest.param((1,), {"I10"}, id="a meaning that is hardly ever right is none"),
        pytest.param((2,), {"E119"}, id="close company alone"),
        pytest.param((3,), set(), id="loose company alone is none"),
        pytest.param((3, 4), set(), id="nor is a little of it"),
        pytest.param((2, 3, 4), {"E119"}, id="much company"),
        pytest.param((5,), {"M109"}, id="a term of a terminology"),
    ],
)
def test_which_codes_have_support(lexicon: Lexicon, rows: tuple[int, ...], codes: set[str]) -> None:
    assert set(support(lexicon, *rows)) == codes


def test_features_of_phrases_by_hand(lexicon: Lexicon) -> None:
    row = features(lexicon, support(lexicon, 0, 1), "I10")
    best, second = 0.8 * 9 / 10, 0.5 * 4 / 5
    assert (row["phrase_share"], row["phrase_second"]) == pytest.approx((best, second))
    assert row["phrase_odds"] == pytest.approx(-math.log(1 - best) - math.log(1 - second))
    assert (row["phrase_words"], row["phrase_seen"], row["phrase_credit"]) == pytest.approx((2, 9, 7.2))
    assert row["category_phrase"] == pytest.approx(best)


def test_features_of_company_by_hand(lexicon: Lexicon) -> None:
    row = features(lexicon, support(lexicon, 2, 3, 4), "E119")
    assert (row["company_share"], row["company"]) == (0.4, 3.0)
    assert row["company_odds"] == pytest.approx(math.log(4.0) + 2 * math.log(3.0))
    assert (row["phrase_share"], row["lexical"], row["frequency"]) == (0.0, 0.0, 0.1)


def test_features_of_links(lexicon: Lexicon, read: Reads) -> None:
    links = [
        link for m in read("Hypertension. Hypertension.").mentions for link in link_mention(lexicon, m, Patient())
    ]
    found = support(lexicon, links=tuple(links))
    assert found["I10"].is_stated
    row = features(lexicon, found, "I10")
    assert (row["mentions"], row["rank"], row["quality"]) == (2.0, 0.0, 1.0)
    assert row["category_lexical"] == 1.0
    assert row["note_chars"] == 100.0


def test_without_phrases_only_the_lexicon_speaks(lexicon: Lexicon) -> None:
    assert collect_support(lexicon, [], phrases(0, 2), None) == {}
    assert link_features(lexicon, {}, None, 100) == []


def test_the_order_of_codes_does_not_depend_on_the_note(lexicon: Lexicon) -> None:
    assert list(support(lexicon, 5, 0, 2)) == list(support(lexicon, 2, 0, 5)) == ["E119", "I10", "M109"]
