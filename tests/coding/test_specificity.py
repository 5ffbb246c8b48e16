import pytest

from codesets.index.lexicon import Lexicon
from coding.specificity import displaced_by
from coding.types import Reason
from tests.conftest import Suggests


@pytest.mark.parametrize(
    ("values", "displaced"),
    [
        pytest.param(["E119", "E1142"], {"E119": "E1142"}, id="diabetes by its complication"),
        pytest.param(["N189", "N1832"], {"N189": "N1832"}, id="CKD by its stage"),
        pytest.param(["I5020", "I5023"], {"I5020": "I5023"}, id="heart failure by its course"),
        pytest.param(["M1711", "M1712"], {}, id="never one side by the other"),
        pytest.param(["E1142", "E1122"], {}, id="two complications stand beside each other"),
        pytest.param(["I10", "E119"], {}, id="different categories"),
        pytest.param(["J449"], {}, id="alone"),
        pytest.param([], {}, id="none"),
    ],
)
def test_which_code_says_less(lexicon: Lexicon, values: list[str], displaced: dict[str, str]) -> None:
    assert displaced_by(lexicon, values) == displaced
    assert displaced_by(lexicon, values[::-1]) == displaced


def test_the_displaced_code_is_shown_with_what_displaced_it(suggest: Suggests) -> None:
    answer = suggest("PMH: CKD.\nAssessment: CKD stage 3b.")
    assert [s.code.display for s in answer.suggestions] == ["N18.32"]
    (found,) = answer.suppressed
    assert (found.code.display, found.reason, found.because) == ("N18.9", Reason.COMBINED, "N18.32")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("type 1 diabetes with neuropathy", "E10.40", id="type 1 is not the default"),
        pytest.param("MDD, recurrent, moderate", "F33.1", id="course and severity behind commas"),
    ],
)
def test_a_part_of_a_finding_gives_way_to_the_whole(suggest: Suggests, text: str, code: str) -> None:
    assert [s.code.display for s in suggest(text).suggestions] == [code]


def test_nothing_is_displaced_by_a_code_that_goes_itself(lexicon: Lexicon) -> None:
    found = displaced_by(lexicon, ["E119", "E1140", "E1142", "E1122", "N189", "N1830", "N1832"])
    survivors = {"E119", "E1140", "E1142", "E1122", "N189", "N1830", "N1832"} - set(found)
    assert survivors
    assert {"E1142", "E1122", "N1832"} <= survivors
