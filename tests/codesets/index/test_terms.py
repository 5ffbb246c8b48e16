import pytest

from codesets.index.aliases import Alias
from codesets.index.attributes import attribute_table
from codesets.index.expansion import Expander, short_form_key
from codesets.index.terms import TermFlag, read_term
from codesets.index.words import stem

EXPANDER = Expander([Alias("COPD", None, "chronic obstructive pulmonary disease", None, "x")], lambda _: False)


def stems(*words: str) -> tuple[str, ...]:
    return tuple(sorted(map(stem, words)))


@pytest.mark.parametrize(
    ("text", "core", "named"),
    [
        pytest.param("Pain in left knee", stems("pain", "knee"), {"laterality": ("left",)}, id="the side is apart"),
        pytest.param("Essential (primary) hypertension", stems("essential", "hypertension"), {}, id="parentheses"),
        pytest.param("Cholera, unspecified", stems("cholera"), {}, id="unspecified"),
        pytest.param("HIV [AIDS] disease", stems("hiv", "disease"), {}, id="square brackets"),
        pytest.param("Encounter for screening", stems("screening"), {}, id="'encounter for' says nothing"),
        pytest.param("COPD", stems("obstructive", "pulmonary", "disease"), {"acuity": ("chronic",)}, id="expanded"),
        pytest.param("Measles without complication", stems("measles"), {}, id="what is absent"),
    ],
)
def test_core_and_attributes(text: str, core: tuple[str, ...], named: dict[str, tuple[str, ...]]) -> None:
    words = read_term(text, EXPANDER)
    assert (words.core, attribute_table().named(words.attributes)) == (core, named)


@pytest.mark.parametrize(
    ("text", "optional", "absent"),
    [
        pytest.param("Systolic (congestive) heart failure", ("congest",), (), id="parentheses are optional"),
        pytest.param("Ulcer without hemorrhage or perforation", (), stems("hemorrhage", "perforation"), id="without"),
        pytest.param("Otitis media, right ear", ("ear",), (), id="the organ that the noun implies"),
    ],
)
def test_what_is_optional_and_absent(text: str, optional: tuple[str, ...], absent: tuple[str, ...]) -> None:
    words = read_term(text, EXPANDER)
    assert (words.optional, words.absent) == (optional, absent)
    assert not set(words.core) & {*optional, *absent}


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        pytest.param("Other cholera", TermFlag.OTHER, id="other"),
        pytest.param("Other specified arthritis, unspecified", TermFlag.OTHER | TermFlag.UNSPECIFIED, id="both"),
        pytest.param("Cholera NOS", TermFlag.UNSPECIFIED, id="NOS"),
        pytest.param("Dementia in other diseases classified elsewhere", TermFlag.ELSEWHERE, id="manifestation"),
        pytest.param("Another cholera", TermFlag.NONE, id="another is not other"),
    ],
)
def test_flags(text: str, flags: TermFlag) -> None:
    assert read_term(text, EXPANDER).flags == flags


def test_a_short_form_never_meets_the_word_it_looks_like() -> None:
    assert short_form_key("NOWS") != stem("nows")
    assert short_form_key("NOWS") == short_form_key("nows")
