import pytest

from codesets.index.lexicon import Lexicon
from coding.candidates import make_candidates
from coding.linking import link_mention
from coding.types import Candidate
from nlp.types import Note, Patient
from tests.conftest import DAY, Reads


def candidates(lexicon: Lexicon, read: Reads, text: str, negated: frozenset[str] = frozenset()) -> list[Candidate]:
    links = [link for m in read(text).mentions for link in link_mention(lexicon, m, Patient())]
    return make_candidates(lexicon, Note(text, DAY), links, negated)


TEXT = "HPI: follow-up of HTN, asthma.\nAssessment: Hypertension, well controlled."


def test_evidence_is_merged_by_code_in_note_order(lexicon: Lexicon, read: Reads) -> None:
    found = {c.code.value: c for c in candidates(lexicon, read, TEXT)}
    evidence = found["I10"].evidence
    assert [(e.text, e.section) for e in evidence] == [("HTN", "hpi"), ("Hypertension", "assessment")]
    assert all(TEXT[e.start : e.end] == e.text for e in evidence)


def test_the_section_that_weighs_most_speaks_for_the_code(lexicon: Lexicon, read: Reads) -> None:
    features = {c.code.value: c.features for c in candidates(lexicon, read, TEXT)}
    assert features["I10"]["section:assessment"] == 1.0
    assert "section:hpi" not in features["I10"]
    assert features["I10"]["places"] == 1.0
    assert features["J45909"]["places"] == 0.0


def test_candidates_come_in_code_order_with_their_official_title(lexicon: Lexicon, read: Reads) -> None:
    found = candidates(lexicon, read, "gout, asthma, COPD, HTN, GERD")
    assert [c.code.value for c in found] == sorted(c.code.value for c in found)
    assert all(c.display == lexicon.release.title(c.code.value) for c in found)


def test_alternatives_are_other_codes_best_first(lexicon: Lexicon, read: Reads) -> None:
    (found,) = candidates(lexicon, read, "CKD")
    values = [a.code.value for a in found.alternatives]
    assert 1 <= len(values) <= 4
    assert found.code.value not in values
    assert [(-a.score, a.code.value) for a in found.alternatives] == sorted(
        (-a.score, a.code.value) for a in found.alternatives
    )


def test_what_is_negated_elsewhere_is_said_and_weighed(lexicon: Lexicon, read: Reads) -> None:
    (found,) = candidates(lexicon, read, "asthma", frozenset({"J45909"}))
    assert found.features["negated_elsewhere"] == 1.0
    assert "assertion" in {step.step for step in found.why}
    (found,) = candidates(lexicon, read, "asthma")
    assert found.features["negated_elsewhere"] == 0.0
    assert "assertion" not in {step.step for step in found.why}


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        pytest.param("cough", "symptom", id="chapter 18"),
        pytest.param("fell from ladder", "external_cause", id="chapter 20"),
        pytest.param("former smoker", "status", id="chapter 21"),
        pytest.param("known hypothyroidsm", "misspelled", id="mended"),
        pytest.param("knee pain", "unspecified", id="unspecified in the title"),
    ],
)
def test_features_say_what_kind_of_code_it_is(lexicon: Lexicon, read: Reads, text: str, feature: str) -> None:
    (found,) = candidates(lexicon, read, text)
    assert found.features[feature] == 1.0


def test_every_candidate_explains_itself(lexicon: Lexicon, read: Reads) -> None:
    for found in candidates(lexicon, read, "gout, asthma, left knee pain, HTN"):
        assert found.why[0].step == "mention"
        assert "match with" in found.why[0].detail


def test_nothing_linked_nothing_made(lexicon: Lexicon, read: Reads) -> None:
    assert candidates(lexicon, read, "The weather is fine.") == []
