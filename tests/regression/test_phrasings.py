"""What clinicians write in an assessment, over all chapters, means its codes through the whole pipeline."""

from pathlib import Path

import pytest

from tests.conftest import Suggests

LINES = (Path(__file__).parent / "phrasings.tsv").read_text(encoding="utf-8").splitlines()
PHRASINGS = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("words", "codes"), PHRASINGS, ids=[words for words, _ in PHRASINGS])
def test_the_phrasing(suggest: Suggests, words: str, codes: str) -> None:
    assert sorted(s.code.display for s in suggest(f"Assessment: {words}.").suggestions) == sorted(codes.split())
