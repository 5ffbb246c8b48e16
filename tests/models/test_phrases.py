from pathlib import Path

import numpy as np

from models.phrases import Meaning, PhraseTable, Source, open_phrases, stem_hash
from models.runtime import Artifact
from models.types import Manifest


def _table(folder: Path, phrases: dict[tuple[str, ...], list[Meaning]]) -> PhraseTable:
    keyed = sorted((sum(map(stem_hash, p)) % 2**64, meanings) for p, meanings in phrases.items())
    flat = [m for _, meanings in keyed for m in meanings]
    names = sorted({m.code for m in flat})
    arrays = {
        "keys": np.array([k for k, _ in keyed], dtype=np.uint64),
        "offsets": np.cumsum([0, *(len(m) for _, m in keyed)], dtype=np.uint32),
        "codes": np.array([names.index(m.code) for m in flat], dtype=np.uint16),
        "shares": np.array([m.share for m in flat], dtype=np.float16),
        "seen": np.array([m.seen for m in flat], dtype=np.uint16),
        "sources": np.array([m.source for m in flat], dtype=np.uint8),
        "frequency": np.zeros(len(names), dtype=np.float32),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    (folder / "codes.txt").write_text("\n".join(names))
    manifest = Manifest(name="phrases", version="0", files={}, code_set="", training_data=())
    return PhraseTable(Artifact(folder, manifest))


STONE = Meaning("N200", 0.5, 4, Source.SENTENCE)
PAIN = Meaning("R109", 0.25, 8, Source.SENTENCE)


def _found(table: PhraseTable, words: str, clauses: list[int] | None = None) -> list[tuple[int, int, list[str]]]:
    hashes = np.array([stem_hash(w) for w in words.split()], dtype=np.uint64)
    segments = np.array(clauses or [0] * len(hashes), dtype=np.int32)
    return [(a, b, [m.code for m in table.meanings(row)]) for a, b, row in table.find(hashes, segments)]


def test_a_phrase_is_found_in_any_order_inside_one_clause(tmp_path: Path) -> None:
    table = _table(tmp_path, {("kidney", "stone"): [STONE], ("pain",): [PAIN]})
    assert _found(table, "left kidney stone pain") == [(3, 4, ["R109"]), (1, 3, ["N200"])]
    assert _found(table, "stone kidney") == [(0, 2, ["N200"])]
    assert _found(table, "kidney stone", [0, 1]) == []
    assert _found(table, "stone") == []


def test_a_note_without_words_has_no_phrase(tmp_path: Path) -> None:
    table = _table(tmp_path, {("pain",): [PAIN]})
    assert table.find(np.array([], dtype=np.uint64), np.array([], dtype=np.int32)) == []


def test_what_was_seen_little_counts_less(tmp_path: Path) -> None:
    assert STONE.probability == 0.4
    assert Meaning("N200", 0.5, 0, Source.TERM).probability == 0.5


def test_the_shipped_phrases_hold_no_text() -> None:
    table = open_phrases()
    assert len(table) > 10_000
    assert not any(c.islower() or c == " " for c in (table.frequency and "".join(table.frequency)))
