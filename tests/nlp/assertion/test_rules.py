import itertools
import math

import pytest

from codesets.errors import CodeSetError
from nlp.assertion import rules
from nlp.assertion.rules import CueKind, read_classes, read_cues, read_phrase, read_priors, read_terms

FILES = ("cues.tsv", "classes.tsv", "sections.tsv", "chronic.txt", "resolvable.txt")
_MAX_PHRASES = 3000


@pytest.mark.parametrize("name", FILES)
def test_file_names_its_version_and_source(name: str) -> None:
    text = rules.files("nlp.assertion").joinpath(name).read_text(encoding="utf-8")
    head = "\n".join(line for line in text.splitlines()[:6] if line.startswith("#"))
    assert "Version" in head and "Source:" in head
    assert text.endswith("\n") and "\r" not in text


def test_cues_are_many_and_every_kind_has_some() -> None:
    cues = read_cues()
    assert len(cues) > 400
    assert {cue.kind for cue in cues} == set(CueKind)
    for cue in cues:
        if cue.kind in rules.PRECEDENCE:
            assert cue.forward or cue.backward, f"cues.tsv line {cue.line} looks nowhere"


def test_every_class_that_a_cue_names_exists() -> None:
    known = {f"<{name}>" for name in read_classes()} | {"<num>", "<year>"}
    for cue in read_cues():
        for word in itertools.chain.from_iterable(itertools.chain.from_iterable(cue.slots)):
            if word.startswith("<") and len(word) > 1:
                assert word in known, f"cues.tsv line {cue.line}: {word}"


def test_no_phrase_is_a_cue_and_a_pseudo_cue() -> None:
    kinds: dict[tuple[str, ...], tuple[CueKind, int]] = {}
    for cue in read_cues():
        if math.prod(len(slot) for slot in cue.slots) > _MAX_PHRASES or cue.core != (0, len(cue.slots)):
            continue
        for choice in itertools.product(*cue.slots):
            phrase = tuple(itertools.chain.from_iterable(choice))
            kind, line = kinds.setdefault(phrase, (cue.kind, cue.line))
            both = {kind, cue.kind}
            assert len(both) == 1 or CueKind.PSEUDO not in both, f"lines {line} and {cue.line}: {' '.join(phrase)}"


@pytest.mark.parametrize("name", ["chronic.txt", "resolvable.txt"])
def test_terms_are_folded_and_stand_once(name: str) -> None:
    terms = read_terms(name)
    assert len(terms) == len(set(terms))
    assert all(term == term.lower().strip() and term.isascii() for term in terms)


def test_no_term_is_lasting_and_ending() -> None:
    lasting = {term.lstrip("~") for term in read_terms("chronic.txt")}
    assert not lasting & {term for term in read_terms("resolvable.txt") if term[0] not in "!*"}


def test_classes_hold_folded_words() -> None:
    for name, words in read_classes().items():
        assert all(rules.fold(word) == word for word in words), name


def test_priors_are_of_assertion_kinds() -> None:
    priors = read_priors()
    assert priors.sections["family"] is CueKind.FAMILY
    assert {*priors.sections.values(), *priors.headings.values()} <= set(rules.PRECEDENCE)


@pytest.mark.parametrize("phrase", ["{a|{b|c}} d", "{a|b", "a | b", "a}"])
def test_phrase_with_stray_braces_is_refused(phrase: str) -> None:
    with pytest.raises(CodeSetError, match="braces"):
        read_phrase(phrase)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("no\tnegated\tforward", "too few columns"),
        ("no\tabsent\tforward\tlist\t\t\t", "an unknown kind"),
        ("no\tnegated\tsideways\tlist\t\t\t", "an unknown direction"),
        ("no\tnegated\tforward\tfar\t\t\t", "an unknown reach"),
        ("no\tnegated\tforward\tlist\tmany\t\t", "tokens that are no number"),
        ("no\tnegated\tforward\tlist\t\tshiny\t", "an unknown flag"),
        ("no\tnegated\tforward\tlist\t\tafter=nowhere\t", "an unknown class"),
        ("no\tnegated\tforward\tlist\t\tof=nowhere\t", "an unknown class of findings"),
        ("no\tterminator\t\t\t\tends=everything\t", "an unknown kind to end"),
        ("{|no}\tnegated\tforward\tlist\t\t\t", "a phrase that may be empty"),
    ],
)
def test_malformed_row_is_named(line: str, reason: str) -> None:
    with pytest.raises(CodeSetError, match="line 3"):
        rules._read_cue(3, line)
        pytest.fail(reason)
