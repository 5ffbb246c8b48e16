"""The plug points of reading."""

from collections.abc import Sequence
from typing import Protocol

from nlp.tokens import Tokens
from nlp.types import Assertion, Section, Sentence


class AssertsMentions(Protocol):
    """Decides what a sentence says of the findings in it."""

    def assert_mentions(
        self,
        tokens: Tokens,
        sentence: Sentence,
        section: Section,
        mentions: Sequence[tuple[int, int]],
        year: int | None = None,
    ) -> list[Assertion]:
        """Return one assertion per mention; a mention is (first token, last token excluded).

        `year` is that of the date of service: what is dated in it is not past for that alone.
        """
