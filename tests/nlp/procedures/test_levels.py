import pytest

from nlp.procedures.levels import levels_in, levels_near
from nlp.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "bones", "spaces", "alone"),
    [
        pytest.param("fusion at C5-C6", {5, 6}, {5}, 0, id="a space"),
        pytest.param("L4-5 and L5-S1", {23, 24, 25}, {23, 24}, 0, id="two spaces"),
        pytest.param("plate on C4, C5 and C6", {4, 5, 6}, set(), 3, id="vertebrae"),
        pytest.param("rods from T12 to L2", {19, 20, 21}, {19, 20}, 0, id="a span"),
        pytest.param("C7-T1", {7, 8}, {7}, 0, id="across regions"),
        pytest.param("C9 and L8", set(), set(), 0, id="no such vertebra"),
    ],
)
def test_levels(text: str, bones: set[int], spaces: set[int], alone: int) -> None:
    levels = levels_in(tokenize(text).folded)
    assert (levels.bones, levels.spaces, levels.alone) == (bones, spaces, alone)


@pytest.mark.parametrize(
    ("name", "spaces"), [pytest.param("laminectomy", {22}, id="first"), pytest.param("fusion", {23, 24}, id="second")]
)
def test_nearest_levels(name: str, spaces: set[int]) -> None:
    words = tokenize("laminectomy of L3-L4 together with a fusion of L4-L5 and L5-S1").folded
    at = words.index(name)
    assert levels_near(words, at, at + 1).spaces == spaces
