"""Which words the encoder is asked about: those that no mention covers, where a note concludes."""

from collections.abc import Callable

import pytest

from nlp.tokens import tokenize, uniform_lines
from nlp.types import Reading

pytest.importorskip("sklearn", reason="scikit-learn comes with the extras dev and train")
effect = pytest.importorskip("training.encoder.effect")


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        pytest.param(
            "Assessment: hypertension, blorbic wexing syndrome", ["blorbic wexing syndrome"], id="uncovered"
        ),
        pytest.param("Assessment: hypertension", [], id="all covered"),
        pytest.param("HPI: blorbic wexing syndrome", [], id="nothing concludes here"),
        pytest.param("Assessment: blorbic wexing, stinted pralk", ["blorbic wexing", "stinted pralk"], id="clauses"),
    ],
)
def test_whole_runs(read: Callable[[str], Reading], text: str, runs: list[str]) -> None:
    found = effect.windows(read(text), tokenize(uniform_lines(text)), whole=True)
    assert [text[w.start : w.end] for w in found] == runs


def test_parts_of_a_run_are_asked_about_too(read: Callable[[str], Reading]) -> None:
    text = "Assessment: blorbic wexing"
    found = effect.windows(read(text), tokenize(text), whole=False)
    assert [text[w.start : w.end] for w in found] == ["blorbic", "blorbic wexing", "wexing"]
