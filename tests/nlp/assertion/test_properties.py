from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.tokens import tokenize
from nlp.types import AssertionKind, Section, Sentence, Span
from tests.nlp.assertion.marked import ASSERTER

_WORDS = ["no", "denies", "mother", "has", "pain", ",", "or", "and", "?", "history", "of", "2009", "(", ")", ":", "-"]
_TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_WORDS), max_size=20).map(" ".join))
_SECTIONS = st.sampled_from(["unknown", "family", "pmh", "allergies", "instructions"])


@settings(max_examples=200, deadline=None)
@given(_TEXTS, _SECTIONS, st.data())
def test_one_assertion_a_mention_with_spans_inside(text: str, kind: str, data: st.DataObject) -> None:
    tokens = tokenize(text)
    if not len(tokens):
        return
    place = st.integers(0, len(tokens) - 1).flatmap(
        lambda low: st.tuples(st.just(low), st.integers(low + 1, min(len(tokens), low + 3)))
    )
    places = data.draw(st.lists(place, max_size=4))
    section = Section(kind, Span(0, 0), 0, len(text))
    found = ASSERTER.assert_mentions(tokens, Sentence(0, len(tokens), 0), section, places)
    assert len(found) == len(places)
    for assertion in found:
        assert (assertion.cue is None) == (assertion.kind is AssertionKind.PRESENT)
        for span in (assertion.cue, assertion.scope):
            assert span is None or 0 <= span.start <= span.end <= len(text)
