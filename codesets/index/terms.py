"""A title, inclusion term or alias as an index term: core words, attributes, and what it leaves open."""

import re
from dataclasses import dataclass
from enum import IntFlag

from codesets.index.attributes import split_words
from codesets.index.expansion import ContextTest, Expander, fold_all, never_in_context
from codesets.index.words import STRONG_WORDS, stem, stop_words, token_spans

_BRACKETS = re.compile(r"\[[^\]]*\]")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_WITHOUT = re.compile(
    r"\b(?:without|not having)\b(?: (?:mention|evidence|signs) of)?"
    r" (loss of consciousness|[^,;()]*?)(?= with | without | of | in |,|;|$)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\b(?:in (?:other )?(?:specified )?)?diseases classified elsewhere\b", re.IGNORECASE)
_NEC = re.compile(r",? ?\bnot elsewhere classified\b|\bNEC\b", re.IGNORECASE)
_OTHER = re.compile(r"^other\b|\bother specified\b|, other\b", re.IGNORECASE)
_UNSPECIFIED = re.compile(r"\bunspecified\b|\bNOS\b|(?:\b(?:site|type) )?\bnot specified\b", re.IGNORECASE)
_DEFAULT = re.compile(r"\b(?:nontraumatic|nonrheumatic|uncomplicated)\b", re.IGNORECASE)
_CAUSE_OF = re.compile(r"\bas the cause of\b", re.IGNORECASE)
_DUE_TO_OPEN = re.compile(
    r"\bdue to (?:other |unspecified |specified )+(?:organisms?|cause|conditions?|agents?|occlusion or stenosis)\b",
    re.IGNORECASE,
)
_OPEN_NOUN = re.compile(
    r"(, (?:unspecified|right|left|bilateral)(?: upper| lower)?) "
    r"(eye|ear|eyelid|organism|site|type|cause|etiology|severity|part|side|limb|quadrant|episode)s?\b"
    r"|,? ?\b(?:of )?(unspecified) (?:site|stage|trimester|degree|severity)\b",
    re.IGNORECASE,
)
_DROPPED = re.compile(r"\bencounter for\b|\bpersonal (?=history\b)", re.IGNORECASE)


class TermFlag(IntFlag):
    """What a term's words leave open or point away from.

    A weak term has no word that alone means a condition ('Acute abdomen'): in a note its attributes must be there.
    """

    NONE = 0
    OTHER = 1
    UNSPECIFIED = 2
    ELSEWHERE = 4
    HEADER = 8
    WEAK = 16


@dataclass(frozen=True, slots=True)
class TermWords:
    """The parts of a term.

    `core` are the stems that must be there, `optional` those in parentheses, `absent` those after 'without';
    `attributes` is a bit mask of the attribute table.
    """

    core: tuple[str, ...]
    optional: tuple[str, ...]
    absent: tuple[str, ...]
    attributes: int
    flags: TermFlag


def read_term(text: str, expander: Expander, in_context: ContextTest = never_in_context) -> TermWords:
    """Return the parts of a title, inclusion term or alias; `in_context` lets ambiguous words expand."""
    flags = TermFlag.NONE
    if _OTHER.search(text):
        flags |= TermFlag.OTHER
    if _UNSPECIFIED.search(text):
        flags |= TermFlag.UNSPECIFIED
    if _ELSEWHERE.search(text):
        flags |= TermFlag.ELSEWHERE
    text = _NEC.sub("", _ELSEWHERE.sub("", _BRACKETS.sub(" ", text)))
    text = _CAUSE_OF.sub("", _DROPPED.sub("", _DUE_TO_OPEN.sub("", text)))
    optional = " ".join([*_PARENTHESES.findall(text), *(m.group(2) or "" for m in _OPEN_NOUN.finditer(text))])
    text = _OPEN_NOUN.sub(r"\1 ", _PARENTHESES.sub(" ", text))
    absent = " ".join(_WITHOUT.findall(text))
    text = _UNSPECIFIED.sub(" ", _WITHOUT.sub(" ", text))
    optional += " " + " ".join(_DEFAULT.findall(text))
    core, attributes = _stems(_DEFAULT.sub(" ", text), expander, in_context)
    optional_stems, _ = _stems(optional, expander, in_context)
    absent_stems, _ = _stems(absent, expander, in_context)
    return TermWords(
        tuple(sorted(set(core))),
        tuple(sorted(set(optional_stems) - set(core))),
        tuple(sorted(set(absent_stems) - set(core))),
        attributes,
        flags,
    )


def _stems(text: str, expander: Expander, in_context: ContextTest) -> tuple[list[str], int]:
    written = [text[s:e] for s, e in token_spans(text)]
    words = [word for word, _, _ in expander.expand(fold_all(text), written, in_context)]
    kept, attributes = split_words(words)
    words = [w for w in kept if w[0].isalnum() or w[0] == "^"]
    content = [stem(w) for w in words if w not in stop_words()]
    if len(set(content)) <= 2:
        content += [w for w in words if w in STRONG_WORDS]
    return content, attributes
