from collections.abc import Callable, Sequence
from datetime import date

import pytest

from coding.procedures.lines import ServiceLines, service_lines
from coding.procedures.sets import open_service_sets
from coding.types import Suggestion
from nlp.procedures.reader import ServiceReader
from nlp.sections.finder import find_sections
from nlp.sentences.splitter import split_sentences
from nlp.tokens import tokenize, uniform_lines
from nlp.types import Note, Patient, Setting

DAY = date(2026, 6, 1)
Bills = Callable[..., ServiceLines]


@pytest.fixture(scope="session")
def bill() -> Bills:
    sets = open_service_sets()
    reader = ServiceReader(sets.phrases)

    def lines(
        text: str,
        age: int | None = None,
        setting: Setting = Setting.OUTPATIENT,
        diagnoses: Sequence[Suggestion] = (),
    ) -> ServiceLines:
        note = Note(text, DAY, setting, Patient(age))
        uniform = uniform_lines(text)
        tokens, sections = tokenize(uniform), find_sections(uniform)
        read = reader.read_words(uniform, tokens, split_sentences(tokens, sections), sections, DAY)
        return service_lines(note, read, diagnoses, sets)

    return lines


def billed(lines: ServiceLines) -> dict[str, int | None]:
    return {line.code.value: line.units for line in lines.lines}
