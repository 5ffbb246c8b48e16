"""Visit levels are compared within their family."""

import pytest

from eval.goldnotes.visits import level_of, nearness


def test_a_levelled_visit_knows_its_family_and_level() -> None:
    assert level_of("99214") == ("office-visit", "established", 4)
    assert level_of("93000") is None


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        pytest.param({"99214"}, (1.0, 1.0, 1.0), id="the same code"),
        pytest.param({"99213"}, (0.0, 1.0, 1.0), id="one level lower"),
        pytest.param({"99212"}, (0.0, 0.0, 1.0), id="two levels lower"),
        pytest.param({"99204"}, (0.0, 0.0, 1.0), id="a new patient's code"),
        pytest.param(set(), (0.0, 0.0, 1.0), id="no visit"),
    ],
)
def test_nearness(found: set[str], counts: tuple[float, float, float]) -> None:
    assert nearness({"99214", "93000"}, found) == counts
