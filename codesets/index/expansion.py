"""Expansion of shorthand and variant words into the words that official titles use."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from codesets.index.aliases import Alias, Context, read_aliases
from codesets.index.words import fold, fold_tokens, token_spans

_MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Expansion:
    """Folded words → replacement words; `cased` holds the exact spelling that a short form needs."""

    words: tuple[str, ...]
    replacement: tuple[str, ...]
    cased: tuple[str, ...] | None
    context: Context | None


Expanded = tuple[str, int, int]
"""A folded word and the tokens [start, end) that it stands for."""
ContextTest = Callable[[Context, int], bool]


def never_in_context(_context: Context, _position: int) -> bool:
    """Refuse every ambiguous term: the choice for titles, which spell things out."""
    return False


class Expander:
    """Replaces phrases by their expansions, the longest first.

    A short form of up to three letters must stand in its own capitals; a longer one also matches in lower case
    (`copd`, `t2dm`), since no other word looks like it. An ambiguous row needs its context.
    """

    def __init__(self, aliases: Iterable[Alias], plain_words: Callable[[str], bool]) -> None:
        by_first: dict[str, list[Expansion]] = {}
        for alias in aliases:
            words = tuple(fold_all(alias.term))
            if alias.expansion is not None:
                replacement = tuple(fold_all(alias.expansion))
            elif is_sign(alias.term):
                replacement = (short_form_key(alias.term),)
            else:
                continue
            must_match = alias.is_short_form and needs_capitals(alias.term, plain_words)
            cased = tuple(alias.term[s:e] for s, e in token_spans(alias.term)) if must_match else None
            context = alias.context if alias.expansion is not None else None
            if words and words != replacement:
                by_first.setdefault(words[0], []).append(Expansion(words, replacement, cased, context))
        self._by_first = {
            first: tuple(sorted(found, key=lambda e: (-len(e.words), e.words, e.replacement)))
            for first, found in by_first.items()
        }

    def starts(self, word: str) -> bool:
        """Tell whether any expansion begins with the folded word."""
        return word in self._by_first

    def expand(
        self,
        folded: Sequence[str],
        written: Sequence[str],
        in_context: ContextTest = never_in_context,
        *,
        any_case: bool = False,
    ) -> list[Expanded]:
        """Return the words of a phrase after expansion, each with the tokens it stands for.

        `folded` and `written` run in parallel. With `any_case` short forms match in any case, as in a query.
        """
        out: list[Expanded] = []
        position = 0
        count = len(folded)
        by_first = self._by_first
        while position < count:
            word = folded[position]
            found = self._match(folded, written, position, in_context, any_case) if word in by_first else None
            if found is None:
                out.append((word, position, position + 1))
                position += 1
                continue
            end = position + len(found.words)
            out.extend((w, position, end) for w in self._again(found.replacement, 1))
            position = end
        return out

    def _match(
        self,
        folded: Sequence[str],
        written: Sequence[str],
        position: int,
        in_context: ContextTest,
        any_case: bool,
    ) -> Expansion | None:
        for expansion in self._by_first.get(folded[position], ()):
            end = position + len(expansion.words)
            if end > len(folded) or tuple(folded[position:end]) != expansion.words:
                continue
            if expansion.cased and not any_case and tuple(written[position:end]) != expansion.cased:
                continue
            if expansion.context is not None and not in_context(expansion.context, position):
                continue
            return expansion
        return None

    def meanings(self, folded: Sequence[str], limit: int = 4) -> list[list[str]]:
        """Return the phrase once for each meaning of its first ambiguous word, at most `limit` times."""
        for position, word in enumerate(folded):
            found = [e for e in self._by_first.get(word, ()) if e.context is not None and len(e.words) == 1]
            if found:
                before, after = list(folded[:position]), list(folded[position + 1 :])
                return [self._again((*before, *e.replacement, *after), _MAX_DEPTH - 1) for e in found[:limit]]
        return []

    def _again(self, words: tuple[str, ...], depth: int) -> list[str]:
        if depth >= _MAX_DEPTH:
            return list(words)
        out: list[str] = []
        position = 0
        while position < len(words):
            found = self._match(words, words, position, never_in_context, False)
            if found is None or found.words == words:
                out.append(words[position])
                position += 1
            else:
                out.extend(self._again(found.replacement, depth + 1))
                position += len(found.words)
        return out


def fold_all(text: str) -> list[str]:
    """Return the folded tokens of a text."""
    return fold_tokens([text[s:e] for s, e in token_spans(text)])


def is_sign(term: str) -> bool:
    """Tell whether a term is one sign of letters and marks, whose letters alone mean nothing (`H/A`, `ER+`)."""
    return " " not in term and any(c in "/+&" for c in term)


def short_form_key(term: str) -> str:
    """Return the word under which a short form or a sign is filed, so that `NOWS` and `now` never meet."""
    return f"^{fold(term)}"


def needs_capitals(term: str, plain_words: Callable[[str], bool]) -> bool:
    """Tell whether a short form only counts in its own capitals: up to three letters, or also a plain word."""
    return len(term) <= 3 or plain_words(fold(term))


@cache
def aliases() -> tuple[Alias, ...]:
    """Return the alias table, read once."""
    return tuple(read_aliases())
