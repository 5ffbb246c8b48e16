"""The spaCy pipeline: note → tokens → sections → sentences → mentions → assertion → facts. No model is downloaded.

Components hand plain data along in `Doc.user_data`; each note is read inside `nlp.memory_zone()`, so that the
vocabulary of a long-running service does not grow.
"""

from dataclasses import dataclass, field

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from codesets.errors import BadNote
from codesets.index.aliases import Context
from codesets.index.lexicon import Lexicon, Term
from models.phrases import PhraseTable
from nlp.assertion.asserter import Asserter
from nlp.facts.reader import FactReader
from nlp.mentions.context import ContextReader
from nlp.mentions.finder import Found, MentionFinder
from nlp.mentions.phrases import find_phrases
from nlp.mentions.sides import NoteSides
from nlp.mentions.units import UnitReader, Units
from nlp.protocols import AssertsMentions
from nlp.sections.finder import find_sections
from nlp.sentences.splitter import split_sentences
from nlp.tokens import Tokens, tokenize, uniform_lines
from nlp.types import Fact, Mention, Note, Phrase, Reading, Section, Sentence

_DRAFT = "chartcoder"
MAX_CHARS = 1_000_000


@dataclass(slots=True)
class Draft:
    """What the components have read so far; `text` has uniform line ends and the offsets of the note."""

    text: str
    tokens: Tokens
    year: int | None = None
    sections: tuple[Section, ...] = ()
    sentences: list[Sentence] = field(default_factory=list)
    found: list[tuple[int, Units, list[Found]]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


def draft_of(doc: Doc) -> Draft:
    """Return what has been read of a document."""
    draft: Draft = doc.user_data[_DRAFT]
    return draft


class NoteTokenizer:
    """Makes a document whose tokens are the lines of the note; its words are the project's own, in the draft."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the document; `doc.text == text`."""
        uniform = uniform_lines(text)
        lines = text.splitlines(keepends=True)
        draft = Draft(uniform, tokenize(uniform))
        return Doc(self.vocab, words=lines, spaces=[False] * len(lines), user_data={_DRAFT: draft})


@Language.component("chartcoder_sections")
def add_sections(doc: Doc) -> Doc:
    """Find the sections."""
    draft = draft_of(doc)
    draft.sections = find_sections(draft.text)
    return doc


@Language.component("chartcoder_sentences")
def add_sentences(doc: Doc) -> Doc:
    """Split the sections into sentences and list items."""
    draft = draft_of(doc)
    draft.sentences = split_sentences(draft.tokens, draft.sections)
    return doc


class MentionComponent:
    """Finds the mentions of every sentence."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._reader = UnitReader(lexicon)
        self._finder = MentionFinder(lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """Add what was found, by sentence."""
        draft = draft_of(doc)
        tokens, sentences = draft.tokens, draft.sentences
        context = ContextReader(tokens, sentences, draft.sections)
        sides = NoteSides()
        for row, sentence in enumerate(sentences):

            def expands(condition: Context, _position: int, row: int = row) -> bool:
                return context.holds(condition, row)

            def may_mean(term: Term, _unit: int, row: int = row) -> bool:
                return term.context is None or context.holds(term.context, row)

            units = self._reader.read(tokens, sentence, expands)
            sides.add(units, draft.sections[sentence.section])
            found = self._finder.find(units, may_mean)
            if found:
                draft.found.append((row, units, found))
        sides.lend(draft.found, sentences, draft.sections)
        return doc


class PhraseComponent:
    """Finds the learned phrases of the note."""

    def __init__(self, table: PhraseTable) -> None:
        self._table = table

    def __call__(self, doc: Doc) -> Doc:
        """Add the phrases."""
        draft = draft_of(doc)
        draft.phrases = find_phrases(self._table, draft.tokens, draft.sentences)
        return doc


class AssertionComponent:
    """Turns what was found into mentions with their assertion."""

    def __init__(self, asserter: AssertsMentions) -> None:
        self._asserter = asserter

    def __call__(self, doc: Doc) -> Doc:
        """Add the mentions."""
        draft = draft_of(doc)
        for row, units, found in draft.found:
            sentence = draft.sentences[row]
            section = draft.sections[sentence.section]
            spans = [_token_span(units, match) for match in found]
            assertions = self._asserter.assert_mentions(draft.tokens, sentence, section, spans, draft.year)
            for match, (first, last), assertion in zip(found, spans, assertions, strict=True):
                draft.mentions.append(
                    Mention(
                        draft.tokens.starts[first],
                        draft.tokens.ends[last - 1],
                        section.kind,
                        row,
                        match.core,
                        match.terms,
                        match.attributes,
                        match.nearby,
                        match.match,
                        round(match.quality, 4),
                        assertion,
                    )
                )
        return doc


def _token_span(units: Units, match: Found) -> tuple[int, int]:
    rows = (*match.units, *match.attribute_units)
    return min(units.first[r] for r in rows), max(units.last[r] for r in rows)


class FactComponent:
    """Reads the facts that are no disease phrase."""

    def __init__(self, asserter: AssertsMentions) -> None:
        self._reader = FactReader(asserter)

    def __call__(self, doc: Doc) -> Doc:
        """Add the facts."""
        draft = draft_of(doc)
        draft.facts = self._reader.read(draft.tokens, draft.sentences, draft.sections, draft.year)
        return doc


class NoteLanguage(English):  # type: ignore[no-untyped-call]  # spaCy's own hook is untyped
    """English with the project's tokenizer and components, bound to one lexicon."""

    def __init__(self, lexicon: Lexicon, asserter: AssertsMentions, phrases: PhraseTable | None) -> None:
        super().__init__()
        self.lexicon = lexicon
        self.phrases = phrases
        self.asserter = asserter
        self.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]  # a field of the compiled class
        self.tokenizer = NoteTokenizer(self.vocab)
        self.max_length = MAX_CHARS
        for name in ("sections", "sentences", "mentions", *(["phrases"] if phrases else []), "assertion", "facts"):
            self.add_pipe(f"chartcoder_{name}")


@Language.factory("chartcoder_mentions")
def make_mentions(nlp: NoteLanguage, name: str) -> MentionComponent:  # noqa: ARG001 - spaCy passes the name
    """Return the mention component of a NoteLanguage."""
    return MentionComponent(nlp.lexicon)


@Language.factory("chartcoder_phrases")
def make_phrases(nlp: NoteLanguage, name: str) -> PhraseComponent:  # noqa: ARG001 - spaCy passes the name
    """Return the phrase component of a NoteLanguage that has learned phrases."""
    assert nlp.phrases is not None  # noqa: S101 - added only then
    return PhraseComponent(nlp.phrases)


@Language.factory("chartcoder_assertion")
def make_assertion(nlp: NoteLanguage, name: str) -> AssertionComponent:  # noqa: ARG001 - spaCy passes the name
    """Return the assertion component of a NoteLanguage."""
    return AssertionComponent(nlp.asserter)


@Language.factory("chartcoder_facts")
def make_facts(nlp: NoteLanguage, name: str) -> FactComponent:  # noqa: ARG001 - spaCy passes the name
    """Return the fact component of a NoteLanguage."""
    return FactComponent(nlp.asserter)


class NoteReader:
    """Reads notes with one lexicon. Not safe to share between threads: one per process."""

    def __init__(
        self, lexicon: Lexicon, asserter: AssertsMentions | None = None, phrases: PhraseTable | None = None
    ) -> None:
        self.language = NoteLanguage(lexicon, asserter or Asserter(), phrases)

    def read(self, note: Note) -> Reading:
        """Return what the note says. Raises BadNote where the text is empty, too long, or holds NUL."""
        check_text(note.text)
        with self.language.memory_zone():
            doc = self.language.make_doc(note.text)
            draft = draft_of(doc)
            draft.year = note.date_of_service.year
            self.language(doc)
        return Reading(
            note,
            draft.sections,
            tuple(draft.sentences),
            tuple(draft.mentions),
            draft.tokens,
            facts=tuple(draft.facts),
            phrases=tuple(draft.phrases),
        )


def check_text(text: str) -> None:
    """Raise BadNote unless the text can be read as a note."""
    if not text.strip():
        raise BadNote("the note is empty: send its text")
    if len(text) > MAX_CHARS:
        raise BadNote(f"the note has more than {MAX_CHARS:,} characters: send one document at a time")
    if "\0" in text:
        raise BadNote("the note holds NUL characters: send plain text, not a binary file")
