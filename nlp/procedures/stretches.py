"""The stretches of a note that may name procedures: its sentences, each with the heading that it stands under."""

from bisect import bisect_left
from collections.abc import Sequence

from nlp.tokens import Tokens
from nlp.types import Section, Sentence


def read_stretches(
    tokens: Tokens, sentences: Sequence[Sentence], sections: Sequence[Section]
) -> tuple[Sentence, ...]:
    """Return the sentences in note order, the first of a section begun at its heading; a bare one stands alone."""
    first_of: dict[int, int] = {}
    for row, sentence in enumerate(sentences):
        first_of.setdefault(sentence.section, row)
    found = list(sentences)
    for number, section in enumerate(sections):
        if section.heading is None:
            continue
        start = bisect_left(tokens.starts, section.heading.start)
        end = bisect_left(tokens.starts, section.heading.end)
        if number in first_of:
            old = sentences[first_of[number]]
            found[first_of[number]] = Sentence(min(start, old.first), old.last, number)
        elif end > start:
            found.append(Sentence(start, end, number))
    return tuple(sorted(found, key=lambda s: s.first))
