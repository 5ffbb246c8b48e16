"""What all tests share: a cache folder, the embedded release, its lexicon, and a suggester over it alone."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from codesets.icd10cm.embedded import open_embedded
from codesets.icd10cm.release import IcdRelease
from codesets.index.lexicon import Lexicon
from codesets.registry import CodeSets
from codesets.types import CodeSystem
from coding.ranking.plain import PlainRanker
from coding.suggest import Suggester
from coding.types import Answer
from nlp.pipeline import NoteReader
from nlp.types import Mention, Note, Patient, Reading, Setting

EXAMPLES = Path(__file__).parents[1] / "examples"
DAY = date(2026, 9, 15)

Reads = Callable[[str], Reading]
Suggests = Callable[..., Answer]
Finds = Callable[[str], list[tuple[str, frozenset[str]]]]


def diagnoses(answer: Answer) -> list[str]:
    """Return the suggested ICD-10-CM codes, best first."""
    return [s.code.display for s in answer.suggestions if s.code.system is CodeSystem.ICD10CM]


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ.setdefault("CHARTCODER_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def embedded(_cache: None) -> IcdRelease:
    return open_embedded()


@pytest.fixture(scope="session")
def real_suggester(_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Suggester:
    """The suggester over the embedded release, whatever is installed on this machine."""
    return Suggester(CodeSets.open(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def plain_suggester(real_suggester: Suggester) -> Suggester:
    """The suggester that lists every candidate, for what is not about ranking."""
    return Suggester(real_suggester.code_sets, PlainRanker(), threshold=0.0)


@pytest.fixture(scope="session")
def lexicon(real_suggester: Suggester) -> Lexicon:
    return real_suggester.desk(DAY).lexicon


@pytest.fixture(scope="session")
def reader(real_suggester: Suggester) -> NoteReader:
    return real_suggester.desk(DAY).reader


@pytest.fixture(scope="session")
def read(reader: NoteReader) -> Reads:
    return lambda text: reader.read(Note(text, DAY))


@pytest.fixture(scope="session")
def suggest(real_suggester: Suggester) -> Suggests:
    return _suggesting(real_suggester)


@pytest.fixture(scope="session")
def suggest_all(plain_suggester: Suggester) -> Suggests:
    """Suggests whatever is stated, whatever its score."""
    return _suggesting(plain_suggester)


def _suggesting(suggester: Suggester) -> Suggests:
    def answer(
        text: str,
        setting: Setting | None = None,
        day: date = DAY,
        patient: Patient = Patient(),  # noqa: B008 - frozen
    ) -> Answer:
        return suggester.suggest(Note(text, day, setting, patient))

    return answer


def codes_of(lexicon: Lexicon, mention: Mention) -> frozenset[str]:
    """Return the canonical codes that the terms of a mention name, headers included."""
    return frozenset(lexicon.release.values[lexicon.term(t).code] for t in mention.terms)


@pytest.fixture(scope="session")
def find(read: Reads, lexicon: Lexicon) -> Finds:
    """The mentions of a text: the words of each and the codes that its terms name."""

    def found(text: str) -> list[tuple[str, frozenset[str]]]:
        return [(text[m.start : m.end], codes_of(lexicon, m)) for m in read(text).mentions]

    return found
