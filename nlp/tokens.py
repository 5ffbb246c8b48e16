"""The tokens of a note in three parallel lists: offsets, as written, folded."""

from dataclasses import dataclass

from codesets.index.words import fold_tokens, token_spans


@dataclass(frozen=True, slots=True)
class Tokens:
    """`starts` and `ends` are code points into the note; `written` and `folded` are the words at them."""

    starts: list[int]
    ends: list[int]
    written: list[str]
    folded: list[str]

    def __len__(self) -> int:
        return len(self.starts)


_OTHER_LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))


def uniform_lines(text: str) -> str:
    """Return the text with every kind of line end as one line feed, at the same offsets."""
    return text.replace("\r\n", " \n").translate(_OTHER_LINE_ENDS)


def tokenize(text: str) -> Tokens:
    """Return the tokens of `text` as `codesets.index.words.token_spans` cuts them."""
    spans = token_spans(text)
    written = [text[s:e] for s, e in spans]
    return Tokens([s for s, _ in spans], [e for _, e in spans], written, fold_tokens(written))
