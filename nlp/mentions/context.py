"""Whether an ambiguous term's context holds in a note."""

from codesets.index.aliases import Context
from nlp.tokens import Tokens
from nlp.types import Section, Sentence

_KINDS_OF = {
    "discharge_diagnosis": "assessment",
    "admission_diagnosis": "assessment",
    "assessment_plan": "assessment",
    "preop_diagnosis": "assessment",
    "postop_diagnosis": "assessment",
    "problem_list": "pmh",
}


class ContextReader:
    """Answers for one note; sentences are joined to text only when an ambiguous term asks."""

    def __init__(self, tokens: Tokens, sentences: list[Sentence], sections: tuple[Section, ...]) -> None:
        self._tokens = tokens
        self._sentences = sentences
        self._sections = sections
        self._texts: dict[int, str] = {}
        self._note: str | None = None
        self._in_note: dict[Context, bool] = {}
        self._nearby: dict[tuple[Context, int], bool] = {}

    def holds(self, context: Context, sentence: int) -> bool:
        """Tell whether any condition of the context holds for a term in the sentence of that row.

        A condition on the assessment holds wherever diagnoses are listed, one on the history in problem lists.
        """
        if context.sections:
            kind = self._sections[self._sentences[sentence].section].kind
            if kind in context.sections or _KINDS_OF.get(kind) in context.sections:
                return True
        return bool(context.near and self._near(context, sentence)) or bool(context.note and self._anywhere(context))

    def _near(self, context: Context, sentence: int) -> bool:
        known = self._nearby.get((context, sentence))
        if known is None:
            rows = range(max(0, sentence - 1), min(len(self._sentences), sentence + 2))
            known = self._nearby[context, sentence] = any(_has(self._text(r), context.near) for r in rows)
        return known

    def _anywhere(self, context: Context) -> bool:
        known = self._in_note.get(context)
        if known is None:
            known = self._in_note[context] = _has(self._whole(), context.note)
        return known

    def _text(self, row: int) -> str:
        text = self._texts.get(row)
        if text is None:
            sentence = self._sentences[row]
            text = f" {' '.join(self._tokens.folded[sentence.first : sentence.last])} "
            self._texts[row] = text
        return text

    def _whole(self) -> str:
        if self._note is None:
            self._note = f" {' '.join(self._tokens.folded)} "
        return self._note


def _has(text: str, phrases: frozenset[str]) -> bool:
    return any(f" {phrase} " in text for phrase in phrases)
