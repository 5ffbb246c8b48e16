import pytest

from codesets.icd10cm.release import IcdRelease
from nlp.types import Match
from tests.conftest import Finds, Reads


def spoken(find: Finds, text: str) -> set[str]:
    """Return the categories of all codes that the mentions of a text name."""
    return {code[:3] for _, codes in find(text) for code in codes}


@pytest.mark.parametrize(
    ("text", "said", "code"),
    [
        pytest.param("Patient has pneumonia today", "pneumonia", "J189", id="one word"),
        pytest.param("T2DM, well", "T2DM", "E119", id="T2DM as written: peers lower-case it first and lose it"),
        pytest.param("t2dm, well", "t2dm", "E119", id="the same as typed in haste"),
        pytest.param("essential hypertension", "hypertension", "I10", id="an adjective of the title"),
        pytest.param("Chronic obstructive pulmonary disease", "pulmonary disease", "J449", id="spelled out"),
        pytest.param("pain in the left knee", "pain in the left knee", "M2556", id="turned round, side inside"),
        pytest.param("left knee pain", "left knee pain", "M2556", id="side before"),
        pytest.param("otitis media, right ear", "otitis media, right ear", "H669", id="side behind a comma"),
        pytest.param("swelling of ankle joint", "swelling", "M2547", id="words between"),
    ],
)
def test_a_phrase_is_found_with_its_words(find: Finds, text: str, said: str, code: str) -> None:
    found = find(text)
    assert any(said in words and any(c.startswith(code) for c in codes) for words, codes in found), found


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        pytest.param("left and right knee OA", {"M17"}, id="sides that share a noun"),
        pytest.param("acute and chronic cholecystitis", {"K81"}, id="courses that share a noun"),
        pytest.param("diabetes with neuropathy and CKD 3", {"E11", "N18"}, id="two findings after one 'with'"),
        pytest.param("neck and shoulder pain", {"M54", "M25"}, id="sites that share a noun behind"),
        pytest.param("COPD, HTN, GERD", {"J44", "I10", "K21"}, id="a list"),
        pytest.param("GERD/HTN", {"K21", "I10"}, id="a slash"),
        pytest.param("nausea, vomiting and diarrhea", {"R11", "R19"}, id="three symptoms"),
    ],
)
def test_coordination(find: Finds, text: str, categories: set[str]) -> None:
    assert categories <= spoken(find, text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        pytest.param("neck pain and shoulder stiffness", ("M2551",), id="pain is the neck's, not the shoulder's"),
        pytest.param("COPD, HTN", ("I272", "I270"), id="pulmonary of COPD and the hypertension are apart"),
        pytest.param("heart failure. Renal stones", ("N17", "N18", "N19"), id="a sentence apart"),
        pytest.param("chest clear, abdominal pain", ("R07",), id="chest belongs to its own clause"),
        pytest.param("A1c 8.1", ("C81",), id="a peer reads C81, Hodgkin lymphoma"),
        pytest.param("BP 120/80, T 36.8", ("I10", "R50"), id="vital signs"),
        pytest.param("now on room air", ("P96",), id="NOWS is no 'now'"),
        pytest.param("L4 L5 disc space", ("E11",), id="vertebrae"),
        pytest.param("chronic migraine without aura", ("G43E", "G431"), id="'without' divides"),
        pytest.param("abdomen free of any adhesions", ("K66",), id="'free of' divides"),
        pytest.param("seen by PCP", ("F16", "B59"), id="a doctor, no drug"),
    ],
)
def test_what_must_not_be_read(find: Finds, text: str, wrong: tuple[str, ...]) -> None:
    assert not [c for _, codes in find(text) for c in codes if c.startswith(wrong)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("pnuemonia of the right lung", "J18", id="swapped letters"),
        pytest.param("treated for hypertention", "I10", id="a wrong letter"),
        pytest.param("known hypothyroidsm", "E03", id="a lost letter"),
        pytest.param("severe diverticulittis", "K57", id="a doubled letter"),
        pytest.param("PNUEMONIA", "J18", id="capitals"),
    ],
)
def test_misspelled_words_are_found(find: Finds, text: str, code: str) -> None:
    assert code in spoken(find, text)


def test_a_mended_word_is_marked_and_weighs_less(read: Reads) -> None:
    right = read("treated for hypothyroidism").mentions[0]
    wrong = read("treated for hypothyroidsm").mentions[0]
    assert (right.match, wrong.match) == (Match.EXACT, Match.SPELLING)
    assert wrong.quality < right.quality


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Seen by Dr. Hypothyroidsm today", id="a name, though it looks like a disease"),
        pytest.param("her daughter Asthmah called", id="a first name"),
        pytest.param("She works at a dairy", id="plain English is never mended: diary, diarrhea"),
        pytest.param("He likes angling", id="near angina"),
    ],
)
def test_names_and_plain_words_keep_their_spelling(find: Finds, text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        pytest.param("diabetes with polyneuropathy", "E1142", id="the complication and its cause"),
        pytest.param("systolic (congestive) heart failure", "I502", id="an aside in parentheses, as titles have it"),
        pytest.param("left-sided sciatica", "M543", id="a hyphen joins the side"),
        pytest.param("acute otitis media", "H669", id="the attribute belongs to it"),
    ],
)
def test_the_longest_match_wins(find: Finds, text: str, longest: str) -> None:
    found = find(text)
    assert [words for words, codes in found if any(c.startswith(longest) for c in codes)] == [text], found


def test_matches_do_not_hide_in_each_other(read: Reads) -> None:
    reading = read("Type 2 diabetes mellitus with diabetic polyneuropathy, hypertension, CKD stage 3b")
    spans = [(m.start, m.end) for m in reading.mentions]
    assert len(spans) == len(set(spans))
    assert not [(a, b) for a in spans for b in spans if a != b and a[0] <= b[0] and b[1] <= a[1]]


@pytest.mark.parametrize("title", ["K8100", "I5023", "M1712", "N1832", "S52501A", "O24410", "F331"])
def test_an_official_title_finds_its_own_code(find: Finds, embedded: IcdRelease, title: str) -> None:
    value = title if title in embedded else title[:4]
    words = embedded.title(value).split(", initial")[0]
    assert any(value.startswith(c) or c.startswith(value) for _, codes in find(words) for c in codes)


def test_a_long_repetitive_sentence_ends(read: Reads) -> None:
    assert len(read("chest pain " * 2_000).mentions) >= 1_000


def test_a_name_seen_before_does_not_hide_a_misspelling(find: Finds) -> None:
    assert find("Seen by Dr. Hypothyroidsm today") == []
    assert [words for words, _ in find("known hypothyroidsm")] == ["hypothyroidsm"]
