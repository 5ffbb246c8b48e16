"""Everyday diagnoses said in few words mean their default code: no stage, side, remission or cause is made up."""

from pathlib import Path

import pytest

from tests.conftest import Suggests

LINES = (Path(__file__).parent / "defaults.tsv").read_text(encoding="utf-8").splitlines()
DEFAULTS = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("words", "code"), DEFAULTS, ids=[words for words, _ in DEFAULTS])
def test_the_default(suggest: Suggests, words: str, code: str) -> None:
    assert [s.code.display for s in suggest(f"Assessment: {words}.").suggestions] == [code]
