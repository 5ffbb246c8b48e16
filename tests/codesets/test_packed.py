from pathlib import Path

import pytest

from codesets.packed import PackedTexts, write_texts


def test_texts_come_back_in_any_order(tmp_path: Path) -> None:
    texts = ["", "Ménière", "a\tb", ""]
    write_texts(tmp_path, "words", texts)
    packed = PackedTexts(tmp_path, "words")
    assert list(packed) == texts
    assert packed[-3] == "Ménière"
    assert packed[1:3] == texts[1:3]
    with pytest.raises(IndexError):
        packed[4]


def test_no_text_at_all(tmp_path: Path) -> None:
    write_texts(tmp_path, "words", [])
    assert list(PackedTexts(tmp_path, "words")) == []
