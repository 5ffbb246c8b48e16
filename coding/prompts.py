"""Prompts for missing specificity: what the code asserts by default because the note does not say."""

from codesets.index.attributes import attribute_table, split_words
from codesets.index.expansion import fold_all
from codesets.index.lexicon import Lexicon
from coding.linking import Link
from coding.types import Prompt

_MESSAGES = {
    "laterality": ("The note does not state the side.", "I.B.13"),
    "stage": ("The note does not state the stage.", "I.B.18"),
    "severity": ("The note does not state the severity.", "I.B.18"),
    "trimester": ("The note does not state the trimester.", "I.C.15.a.3"),
    "type": ("The note does not state the type.", "I.B.18"),
    "acuity": ("The note does not state whether acute or chronic.", "I.B.8"),
}


def specificity_prompts(lexicon: Lexicon, link: Link) -> tuple[Prompt, ...]:
    """Return a prompt for each dimension in which more specific codes exist and the note is silent.

    Sources: guidelines I.B.2 and I.B.18 (highest documented specificity), I.B.13 (laterality), I.C.19.a (the
    7th character follows active treatment).
    """
    release = lexicon.release
    table = attribute_table()
    value = release.values[link.best.code]
    prompts = []
    row = link.best.code
    title = lexicon.title_term(row)
    if title is None:
        parent = release.parent(value)
        if parent is not None:
            row = release.row(parent)
            title = lexicon.title_term(row)
        table_words = release.seventh_characters(parent or value)
        words = table_words.get(value[6], "")
        said = split_words(fold_all(words))[1]
        defaults = table.mask("openness") | table.mask("type")
        if not said or not said & link.mention.attributes & ~defaults:
            prompts.append(_seventh_prompt(value[6], words, "A" in table_words and "D" in table_words))
    if title is None:
        return tuple(prompts)
    siblings = [lexicon.title_term(c) for c in lexicon.same_title_core(title)]
    for dimension, (message, guideline) in _MESSAGES.items():
        mask = table.mask(dimension)
        if link.mention.attributes & mask or title.attributes & mask:
            continue
        if any(s is not None and s.attributes & mask for s in siblings):
            prompts.append(Prompt(f"specificity.{dimension}", message, guideline))
    return tuple(prompts)


def _seventh_prompt(character: str, words: str, tells_encounter: bool) -> Prompt:
    if tells_encounter:
        message = f"The 7th character {character} ({words}) is assumed: check whether care was active treatment."
        return Prompt("specificity.seventh_character", message, "I.C.19.a")
    message = f"The 7th character {character} ({words}) is assumed: the note does not say."
    return Prompt("specificity.seventh_character", message, "I.A.5")
