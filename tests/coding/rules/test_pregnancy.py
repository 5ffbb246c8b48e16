import pytest

from coding.rules.gestation import find_weeks
from coding.types import Evidence
from nlp.types import Note, Patient, Sex
from tests.coding.rules.conftest import Rules, stands
from tests.conftest import DAY

CASES = [
    ("O26.893 at 32w2d. D50.9", "O26.893 O99.013 D50.9 Z3A.32", "anemia and its kind"),
    ("Z34.90 at 22w3d. E66.9", "Z34.90 O99.212 E66.9 Z3A.22", "obesity"),
    ("Z34.90 at 10w1d. E03.9", "Z34.90 O99.281 E03.9 Z3A.10", "thyroid disease"),
    ("Z34.90 at 22w3d. F41.1", "Z34.90 O99.342 F41.1 Z3A.22", "mental disorders"),
    ("Z34.90 at 22w3d. F17.210", "Z34.90 O99.332 F17.210 Z3A.22", "tobacco with its product"),
    ("Z34.90 at 22w3d. F11.20", "Z34.90 O99.322 F11.20 Z3A.22", "drug use"),
    ("Z34.90 at 32w0d. I10", "Z34.90 O10.013 Z3A.32", "hypertension leaves its code behind"),
    ("Z34.90 at 32w0d. E11.9", "Z34.90 O24.113 E11.9 Z3A.32", "type 2 diabetes"),
    ("Z34.90 at 22w3d. B18.2", "Z34.90 O98.412 B18.2 Z3A.22", "hepatitis"),
    ("Z34.90 at 22w3d. N39.0", "Z34.90 O23.42 Z3A.22", "urinary infection"),
    ("Z34.90. D50.9", "Z34.90 O99.019 D50.9", "no weeks: unspecified trimester"),
    ("O09.529 at 32w2d", "O09.523 Z3A.32", "the trimester that the weeks give"),
    ("O80. D50.9", "O80 O99.02 D50.9", "childbirth"),
    ("O11.9 at 35w3d, Apgars 7 and 8", "O11.4 Z3A.35", "a birth in the words of the note"),
    ("G2P1001 at 22w3d. F11.20", "O99.322 F11.20 Z3A.22", "a pregnancy that the words tell"),
    ("O80 at 41w2d", "O48.0 O80 Z3A.41", "beyond term"),
    ("O80 at 40 3/7 weeks", "O48.0 O80 Z3A.40", "beyond term by days"),
    ("O24.414. O80", "O24.424 O80", "gestational diabetes at birth"),
    # must not fire
    ("O80 at 40w0d", "O80 Z3A.40", "at term"),
    ("O24.414", "O24.414", "no birth"),
    ("G2P1001. F11.20", "F11.20", "parity alone is no pregnancy"),
    ("D50.9 at 32w2d", "D50.9", "no pregnancy"),
    ("Z33.1. D50.9", "D50.9 Z33.1", "pregnancy is incidental"),
    ("pmh: O24.410\nD50.9", "D50.9 O24.410", "a pregnancy of the past"),
    ("O03.9. D50.9", "D50.9 O03.9", "a pregnancy that ended"),
    ("Z38.00. O66.0. D50.9", "D50.9 Z38.00", "a newborn's record"),
    ("Z34.90 at 22w3d\nros: G43.909", "Z34.90 G43.909 Z3A.22", "a line of the review of systems"),
    ("Z34.90 at 22w3d. S52.501A", "Z34.90 S52.501A Z3A.22", "an injury that nobody called complicating"),
]


@pytest.mark.parametrize(("text", "left", "reason"), CASES, ids=[c[2] for c in CASES])
def test_pregnancy(ruled: Rules, text: str, left: str, reason: str) -> None:
    assert stands(ruled(text)) == set(left.split())


def test_a_man_is_not_pregnant(ruled: Rules) -> None:
    assert stands(ruled("Z34.90 at 22w3d. D50.9", patient=Patient(sex=Sex.MALE))) == {"D50.9", "Z34.90"}


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        pytest.param("IUP at 32w2d", 32, id="weeks and days"),
        pytest.param("12 weeks gestation", 12, id="words"),
        pytest.param("28 weeks pregnant", 28, id="pregnant"),
        pytest.param("GA 39w", 39, id="gestational age"),
        pytest.param("24 4/7 weeks", 24, id="sevenths"),
        pytest.param("12w4d, at 12w4d, last seen at 8w1d", 12, id="the most frequent"),
        pytest.param("took it for 6 weeks", None, id="a duration"),
        pytest.param("return in 4 weeks", None, id="a plan"),
        pytest.param("50w1d", None, id="no such pregnancy"),
    ],
)
def test_weeks(text: str, weeks: int | None) -> None:
    found = find_weeks(Note(text, DAY), [Evidence(0, 1, text[:1], "hpi")])
    assert (found[0] if found else None) == weeks
    assert found is None or text[found[1].start : found[1].end] == found[1].text
