"""Whatever a note holds, it is read or refused as BadNote, and every offset points at its words."""

import contextlib
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from codesets.errors import BadNote
from codesets.index.words import fold, token_spans
from coding.suggest import Suggester
from nlp.sections.finder import find_sections
from nlp.types import Note, Setting
from tests.property.strategies import any_texts, clinical_texts

DAY = date(2026, 9, 15)
bounded = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@bounded
@given(text=any_texts)
def test_offsets_always_equal_the_text(real_suggester: Suggester, text: str) -> None:
    with contextlib.suppress(BadNote):
        answer = real_suggester.suggest(Note(text, DAY, Setting.OUTPATIENT))
        spans = [e for s in answer.suggestions for e in s.evidence]
        spans += [s.evidence for s in answer.suppressed]
        cues = [s.cue for s in answer.suppressed if s.cue is not None]
        assert all(text[x.start : x.end] == x.text and x.text.strip() for x in (*spans, *cues))
        suggested = [s.code for s in answer.suggestions]
        assert len(set(suggested)) == len(suggested)
        assert not set(suggested) & {s.code for s in answer.suppressed}
        assert sum(s.first_listed for s in answer.suggestions) <= 1


@bounded
@given(text=any_texts)
def test_only_blank_notes_are_refused(real_suggester: Suggester, text: str) -> None:
    if text.strip():
        assert real_suggester.suggest(Note(text, DAY)).note_sha256
    else:
        with pytest.raises(BadNote):
            real_suggester.suggest(Note(text, DAY))


@bounded
@given(text=any_texts)
def test_the_document_is_the_note(real_suggester: Suggester, text: str) -> None:
    language = real_suggester.desk(DAY).reader.language
    with language.memory_zone():
        assert language(text).text == text


@bounded
@given(text=any_texts)
def test_sections_cover_the_note(text: str) -> None:
    sections = find_sections(text)
    assert "".join(text[s.start : s.end] for s in sections) == text


@bounded
@given(text=any_texts)
def test_tokens_do_not_overlap_and_skip_only_white_space(text: str) -> None:
    position = 0
    for start, end in token_spans(text):
        assert position <= start < end
        assert not text[position:start].strip()
        assert fold(text[start:end])
        position = end
    assert not text[position:].strip()


@settings(bounded, max_examples=60)
@given(text=clinical_texts)
def test_reading_twice_gives_equal_answers(real_suggester: Suggester, text: str) -> None:
    if text.strip():
        note = Note(text, DAY)
        assert real_suggester.suggest(note) == real_suggester.suggest(note)
