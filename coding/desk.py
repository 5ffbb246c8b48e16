"""What answers for one release: its lexicon, its reader and its search."""

from codesets.index.lexicon import Lexicon
from codesets.index.search import CodeSearch
from coding.ranking.doubt import Doubt
from models.phrases import PhraseTable
from nlp.pipeline import NoteReader


class Desk:
    """The lexicon of a release with what reads and searches by it; learned phrases where they are there."""

    def __init__(self, lexicon: Lexicon, phrases: PhraseTable | None = None, doubt: Doubt | None = None) -> None:
        self.lexicon = lexicon
        self.phrases = phrases
        self.doubt = doubt
        self.reader = NoteReader(lexicon, phrases=phrases)
        self.search = CodeSearch(lexicon)
