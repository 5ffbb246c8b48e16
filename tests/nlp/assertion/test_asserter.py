import random

import pytest

from nlp.assertion import Asserter
from nlp.tokens import tokenize
from nlp.types import PRESENT, AssertionKind, Direction, Section, Sentence, Span
from tests.nlp.assertion.marked import ASSERTER, assert_all, assert_one, read_rows, rows_at

CASES = read_rows("cases.tsv")
PHRASINGS = read_rows("phrasings.tsv")


@pytest.mark.parametrize(("section", "marked", "reason"), CASES, ids=[f"{r[2]}: {r[1][:40]}" for r in CASES])
def test_case(section: str, marked: str, reason: str) -> None:
    kinds = [(w, label, a.kind.value) for w, label, a in assert_all(marked, "unknown" if section == "-" else section)]
    assert [k for _, _, k in kinds] == [label for _, label, _ in kinds], reason


@pytest.mark.parametrize(("section", "marked"), PHRASINGS, ids=[r[1][:60] for r in PHRASINGS])
def test_phrasing(section: str, marked: str) -> None:
    for words, label, assertion in assert_all(marked, "unknown" if section == "-" else section):
        assert assertion.kind.value == label, words


@pytest.mark.parametrize(
    ("text", "words", "cue", "direction", "rule", "reason"),
    [
        ("Denies any chest pain.", "chest pain", "Denies any", "forward", "assertion.negated", "the longest cue"),
        ("PE was ruled out.", "PE", "was ruled out", "backward", "assertion.negated", "a cue behind"),
        ("Negative\nfor edema.", "edema", "Negative\nfor", "forward", "assertion.negated", "a cue over a line end"),
        ("? PNA, started abx", "PNA", "?", "forward", "assertion.uncertain", "a mark with a space"),
        ("PE vs MI", "PE", "vs", "backward", "assertion.uncertain", "a cue between two"),
        ("PE vs MI", "MI", "vs", "forward", "assertion.uncertain", "a cue between two"),
        ("Her mother has SLE.", "SLE", "mother has", "forward", "assertion.family", "kin as subject"),
        ("SLE in her mother.", "SLE", "in her mother", "backward", "assertion.family", "kin behind"),
        ("Appendicitis in 2009.", "Appendicitis", "in 2009", "backward", "assertion.historical", "a date"),
        ("Café au lait: no tumör.", "tumör", "no", "forward", "assertion.negated", "offsets are code points"),
        ("\U0001f600 no rash", "rash", "no", "forward", "assertion.negated", "an astral code point counts one"),
    ],
)
def test_cue_is_where_it_says(text: str, words: str, cue: str, direction: str, rule: str, reason: str) -> None:
    (assertion,) = assert_one(text, words)
    assert assertion.cue is not None and assertion.scope is not None, reason
    assert text[assertion.cue.start : assertion.cue.end] == cue, reason
    assert (assertion.direction, assertion.rule) == (Direction(direction), rule), reason
    start = text.index(words)
    assert assertion.scope.start <= start and start + len(words) <= assertion.scope.end, reason


def test_present_mention_has_no_cue() -> None:
    assert assert_one("Chest pain since noon.", "Chest pain") == [PRESENT]


def test_scope_ends_at_terminator() -> None:
    text = "No fever but cough."
    fever, cough = assert_one(text, "fever", "cough")
    assert fever.scope is not None and text[fever.scope.start : fever.scope.end] == "fever"
    assert cough == PRESENT


@pytest.mark.parametrize(
    ("text", "words", "kind", "reason"),
    [
        ("No family history of gout.", "gout", "negated", "negated before family"),
        ("Mother at risk for gout.", "gout", "family", "family before hypothetical"),
        ("Return if possible sepsis.", "sepsis", "hypothetical", "hypothetical before uncertain"),
        ("Possible old stroke.", "stroke", "uncertain", "uncertain before historical"),
        ("No history of stroke.", "stroke", "negated", "negated before historical"),
    ],
)
def test_precedence(text: str, words: str, kind: str, reason: str) -> None:
    assert assert_one(text, words)[0].kind.value == kind, reason


@pytest.mark.parametrize(
    ("text", "words", "rule", "reason"),
    [
        ("PE is possible.", "PE", "assertion.uncertain", "believed at discharge it would be coded (II.H)"),
        ("PE is unlikely.", "PE", "assertion.uncertain.doubted", "more doubted than believed"),
        ("Low suspicion for PE.", "PE", "assertion.uncertain.doubted", "the same before the finding"),
        ("PE was on the differential but the CT was clear.", "PE", "assertion.uncertain.doubted", "not any more"),
        ("Old chart says asthma.", "asthma", "assertion.uncertain.doubted", "hearsay"),
    ],
)
def test_doubted_is_told_from_probable(text: str, words: str, rule: str, reason: str) -> None:
    assert assert_one(text, words)[0].rule == rule, reason


def test_heading_is_the_cue_of_a_section() -> None:
    text = "FAMILY HISTORY: asthma"
    tokens = tokenize(text)
    section = Section("family", Span(0, 15), 0, len(text))
    (assertion,) = ASSERTER.assert_mentions(tokens, Sentence(3, 4, 0), section, [(3, 4)])
    assert assertion.kind is AssertionKind.FAMILY
    assert assertion.rule == "assertion.family.section"
    assert (assertion.cue, assertion.scope) == (Span(0, 15), Span(0, len(text)))
    assert assertion.direction is Direction.SECTION


def test_heading_words_may_decide() -> None:
    text = "Differential diagnosis: gout"
    tokens = tokenize(text)
    section = Section("assessment", Span(0, 23), 0, len(text))
    (assertion,) = ASSERTER.assert_mentions(tokens, Sentence(3, 4, 0), section, [(3, 4)])
    assert assertion.rule == "assertion.uncertain.section"


@pytest.mark.parametrize(
    ("section", "text", "words", "kinds", "reason"),
    [
        ("family", "family history of gout", ["family history of gout"], ["present"], "a status names itself"),
        ("unknown", "family history of gout", ["family history of gout", "gout"], ["present", "family"], "nested"),
        ("unknown", "history of stroke", ["history of stroke", "stroke"], ["present", "historical"], "nested"),
        ("unknown", "no family history of gout", ["family history of gout"], ["negated"], "a status may be absent"),
        ("unknown", "absence seizures, ataxia", ["absence seizures", "ataxia"], ["present"] * 2, "not its neighbour"),
        ("allergies", "penicillin allergy", ["penicillin allergy"], ["present"], "the allergy is a status"),
    ],
)
def test_cue_inside_a_mention(section: str, text: str, words: list[str], kinds: list[str], reason: str) -> None:
    found = assert_one(text, *words, section=Section(section, Span(0, 0), 0, len(text)))
    assert [a.kind.value for a in found] == kinds, reason


@pytest.mark.parametrize(
    ("year", "kind", "reason"),
    [(None, "historical", "no year is given"), (2026, "historical", "years ago"), (2009, "present", "this year")],
)
def test_year_of_service_is_not_past(year: int | None, kind: str, reason: str) -> None:
    ((_, _, assertion),) = assert_all("[Pneumonia](x) in 2009.", year=year)
    assert assertion.kind.value == kind, reason


@pytest.mark.parametrize("place", [(0, 9), (2, 2), (-1, 1)], ids=["runs out", "empty", "before it"])
def test_mention_outside_the_sentence(place: tuple[int, int]) -> None:
    tokens = tokenize("No chest pain.")
    with pytest.raises(ValueError, match="inside its sentence"):
        ASSERTER.assert_mentions(tokens, Sentence(0, 4, 0), Section("unknown", None, 0, 14), [place])


def test_no_mentions() -> None:
    tokens = tokenize("No chest pain.")
    assert ASSERTER.assert_mentions(tokens, Sentence(0, 4, 0), Section("unknown", None, 0, 14), []) == []


def test_answers_do_not_depend_on_what_came_before() -> None:
    texts = [row[1] for row in CASES]
    expected = [assert_all(text) for text in texts]
    order = list(range(len(texts)))
    random.Random(7).shuffle(order)  # noqa: S311
    for n in order:
        assert assert_all(texts[n]) == expected[n]
    fresh = Asserter()
    text = "No chest pain, possible PE, mother has asthma."
    tokens = tokenize(text)
    places = [rows_at(tokens, text.index(w), text.index(w) + len(w)) for w in ("chest pain", "PE", "asthma")]
    whole = (tokens, Sentence(0, len(tokens), 0), Section("unknown", None, 0, len(text)), places)
    assert fresh.assert_mentions(*whole) == ASSERTER.assert_mentions(*whole)
