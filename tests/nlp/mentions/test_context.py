import pytest

from codesets.index.aliases import parse_context
from nlp.mentions.context import ContextReader
from nlp.sections.finder import find_sections
from nlp.sentences.splitter import split_sentences
from nlp.tokens import tokenize
from tests.conftest import Finds

NOTE = "PMH:\nMS. Walks well. Has lesions. Lives alone.\nPLAN: ocrevus started, return."


def context_of(text: str) -> tuple[ContextReader, list[str]]:
    tokens, sections = tokenize(text), find_sections(text)
    found = split_sentences(tokens, sections)
    texts = [text[tokens.starts[s.first] : tokens.ends[s.last - 1]] for s in found]
    return ContextReader(tokens, found, sections), texts


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        pytest.param("near:walks", True, id="the next sentence is near"),
        pytest.param("near:lesions", False, id="two sentences on is not"),
        pytest.param("near:walks well", True, id="a phrase"),
        pytest.param("near:walk", False, id="whole words only"),
        pytest.param("near:OCREVUS|lesions", False, id="near does not reach the plan"),
        pytest.param("note:OCREVUS", True, id="note reaches anywhere, in any case"),
        pytest.param("section:pmh", True, id="the section of the term"),
        pytest.param("section:plan", False, id="another section"),
        pytest.param("near:nothing;section:pmh", True, id="any one condition is enough"),
    ],
)
def test_a_condition_on_the_first_sentence(condition: str, holds: bool) -> None:
    reader, texts = context_of(NOTE)
    assert texts[0] == "MS."
    context = parse_context(condition)
    assert context is not None
    assert reader.holds(context, 0) is holds


@pytest.mark.parametrize(
    ("heading", "condition", "holds"),
    [
        pytest.param("ASSESSMENT", "section:assessment", True, id="the section itself"),
        pytest.param("A/P", "section:assessment", True, id="assessment and plan lists diagnoses too"),
        pytest.param("DISCHARGE DIAGNOSES", "section:assessment", True, id="so do discharge diagnoses"),
        pytest.param("PROBLEM LIST", "section:pmh", True, id="a problem list is a history"),
        pytest.param("PLAN", "section:assessment", False, id="a plan lists what is to be done"),
        pytest.param("FAMILY HISTORY", "section:pmh", False, id="a relative's history is another's"),
    ],
)
def test_a_condition_on_the_section(heading: str, condition: str, holds: bool) -> None:
    reader, _ = context_of(f"{heading}: PE")
    context = parse_context(condition)
    assert context is not None
    assert reader.holds(context, 0) is holds


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("MS", id="MS: multiple sclerosis, mitral stenosis, mental status, morphine"),
        pytest.param("RA", id="RA: rheumatoid arthritis, room air, right atrium"),
        pytest.param("PE", id="PE: pulmonary embolism, physical examination"),
        pytest.param("CP", id="CP: chest pain, cerebral palsy, care plan"),
        pytest.param("MS. RA. PE. CP.", id="none of them is context for another"),
        pytest.param("96% on RA", id="room air"),
        pytest.param("PE unremarkable", id="physical examination"),
        pytest.param("pe cp ra ms", id="lower case never is a short form"),
    ],
)
def test_ambiguous_short_forms_alone_mean_nothing(find: Finds, text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        pytest.param("MS with relapsing course on ocrevus", "G35", id="MS by its drug"),
        pytest.param("RA on methotrexate", "M06", id="RA by its drug"),
        pytest.param("CTA shows segmental PE", "I26", id="PE by its study"),
        pytest.param("PE. Started on heparin.", "I26", id="PE by the next sentence"),
        pytest.param("acute PE", "I26", id="PE by what the alias itself says"),
        pytest.param("CP with troponin rise", "R07", id="chest pain by its laboratory test"),
        pytest.param("CP with spastic diplegia in a wheelchair", "G80", id="cerebral palsy by its signs"),
        pytest.param("PMH: PE, DVT", "I26", id="PE in a list of past diseases"),
    ],
)
def test_context_gives_them_their_meaning(find: Finds, text: str, category: str) -> None:
    assert category in {c[:3] for _, codes in find(text) for c in codes}
