from collections.abc import Callable
from datetime import date

import pytest

from codesets.procedures.phrases import open_phrases
from codesets.procedures.starter import starter_set
from codesets.types import CodeSystem
from nlp.procedures.reader import ServiceReader
from nlp.procedures.types import Named, ServiceReading
from nlp.sections.finder import find_sections
from nlp.sentences.splitter import split_sentences
from nlp.tokens import tokenize, uniform_lines

PROCEDURES = [*starter_set(CodeSystem.CPT).procedures.values(), *starter_set(CodeSystem.HCPCS).procedures.values()]
ReadsServices = Callable[[str], ServiceReading]


@pytest.fixture(scope="session")
def read_services() -> ReadsServices:
    reader = ServiceReader(open_phrases(PROCEDURES))

    def read(text: str) -> ServiceReading:
        uniform = uniform_lines(text)
        tokens, sections = tokenize(uniform), find_sections(uniform)
        return reader.read_words(uniform, tokens, split_sentences(tokens, sections), sections, date(2026, 6, 1))

    return read


def codes(named: Named) -> set[str]:
    return {PROCEDURES[row].code.value for row in named.procedures}
