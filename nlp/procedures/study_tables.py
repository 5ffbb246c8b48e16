"""The tables of imaging studies: the words of their reports, and what each study is called."""

from functools import cache
from importlib.resources import files

from nlp.facts.phrases import PhraseTable

NUMBERS = {"single": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
NUMBERS |= {str(n): n for n in range(1, 10)}


@cache
def words_of_class(name: str) -> PhraseTable[str]:
    """Return the phrases of a class of words, each with the value that it stands for."""
    return PhraseTable(
        (phrase, value)
        for kind, value, phrases in _rows("study_words.tsv")
        if kind == name
        for phrase in phrases.split("|")
    )


@cache
def study_names() -> dict[tuple[str, str], str]:
    """Return (kind of picture, part of the body) → a name of the study that the code sets have."""
    return {(modality, region): name for modality, region, name in _rows("studies.tsv")}


@cache
def report_headings(kind: str) -> frozenset[str]:
    """Return the headings that only reports of tests have (`report`), or that any report has (`findings`)."""
    rows = _rows("study_words.tsv")
    return frozenset(
        p for name, value, phrases in rows if (name, value) == ("heading", kind) for p in phrases.split("|")
    )


def _rows(name: str) -> list[list[str]]:
    text = files("nlp.procedures").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
