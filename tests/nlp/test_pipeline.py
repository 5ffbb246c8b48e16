from datetime import date

import pytest

from codesets.errors import BadNote
from nlp.pipeline import MAX_CHARS, NoteReader, draft_of
from nlp.types import Note
from tests.conftest import DAY, EXAMPLES, Reads

NOTES = sorted(EXAMPLES.glob("notes/*.txt"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a b", id="one space"),
        pytest.param("a  b", id="two spaces"),
        pytest.param("  a", id="leading spaces"),
        pytest.param("a \n b\r\n\tc", id="mixed white space"),
        pytest.param("a\u00a0b\u2003c\u200bd", id="no-break, em and zero-width space"),
        pytest.param("a \n", id="trailing white space"),
        pytest.param("\n\na", id="leading line ends"),
        pytest.param("a.b,c;d", id="punctuation without spaces"),
        pytest.param("🫀 é ك", id="emoji, combining accent, right-to-left"),
        *(pytest.param(p.read_text(encoding="utf-8"), id=p.stem) for p in NOTES),
    ],
)
def test_the_document_is_the_note(reader: NoteReader, text: str) -> None:
    with reader.language.memory_zone():
        assert reader.language(text).text == text


@pytest.mark.parametrize("path", NOTES, ids=lambda p: p.stem)
def test_offsets_point_at_their_words(reader: NoteReader, path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    with reader.language.memory_zone():
        draft = draft_of(reader.language(text))
        starts, ends, written = draft.tokens.starts, draft.tokens.ends, draft.tokens.written
        assert [text[s:e] for s, e in zip(starts, ends, strict=True)] == written
        assert len(draft.mentions) > 10
        for mention in draft.mentions:
            sentence = draft.sentences[mention.sentence]
            assert starts[sentence.first] <= mention.start < mention.end <= ends[sentence.last - 1]
            assert draft.sections[sentence.section].kind == mention.section
            cue = mention.assertion.cue
            assert cue is None or text[cue.start : cue.end].strip()


def test_the_vocabulary_does_not_grow(reader: NoteReader) -> None:
    def note(number: int) -> Note:
        return Note(f"Patient mrn{number} zq{number * 7919}x has hypertension and token{number}y.", DAY)

    vocab = reader.language.vocab
    reader.read(note(0))
    strings, lexemes = len(vocab.strings), sum(1 for _ in vocab)  # len(vocab) also counts lexemes that are gone
    for number in range(1, 201):
        reader.read(note(number))
    assert len(vocab.strings) == strings
    assert sum(1 for _ in vocab) == lexemes


def test_a_reading_outlives_the_memory_zone(read: Reads) -> None:
    first = read("Patient has asthma and gout.")
    for number in range(20):
        read(f"Other note {number}")
    assert [first.note.text[m.start : m.end] for m in first.mentions] == ["asthma", "gout"]


def test_reading_twice_gives_the_same(read: Reads) -> None:
    for path in NOTES:
        text = path.read_text(encoding="utf-8")
        assert read(text) == read(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "empty", id="nothing"),
        pytest.param(" \r\n\t\u00a0", "empty", id="white space"),
        pytest.param("a\0b", "NUL", id="a binary file"),
        pytest.param("a" * (MAX_CHARS + 1), "1,000,000", id="too long"),
    ],
)
def test_what_is_no_note(reader: NoteReader, text: str, says: str) -> None:
    with pytest.raises(BadNote, match=says):
        reader.read(Note(text, date(2026, 9, 15)))


def test_a_bad_note_is_not_quoted(reader: NoteReader) -> None:
    with pytest.raises(BadNote) as error:
        reader.read(Note("Mrs. Secret\0", DAY))
    assert "Secret" not in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a " * 100_000, id="one short word"),
        pytest.param("a" * MAX_CHARS, id="one token of a million characters"),
        pytest.param("!" * MAX_CHARS, id="a million exclamation marks"),
        pytest.param("7" * MAX_CHARS, id="one number of a million digits"),
        pytest.param(" " * (MAX_CHARS - 1) + "a", id="white space"),
    ],
)
def test_hostile_notes_are_read(reader: NoteReader, text: str) -> None:
    assert reader.read(Note(text, DAY)).mentions == ()
