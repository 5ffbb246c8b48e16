"""Phrases learned from a toy corpus, and the table that is made of them."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from models.phrases import PhraseTable, Source, stem_hash
from models.runtime import Artifact
from models.types import Manifest
from training.phrase_table import write_table
from training.phrases import Association, CodedDocument, Evidence, learn, learn_company, read_coded_documents

STONE, PAIN, LEFT = ("kidney", "stone"), ("flank", "pain"), ("left",)


def document(*sentences: tuple[str, list[tuple[str, ...]]], marked: str = "") -> CodedDocument:
    """A document of sentences ten characters long: the code of each ('' for none) and its phrases."""
    spans = [(10 * n, 10 * n + 9) for n in range(len(sentences))]
    evidence = tuple(
        Evidence(code, (span,), marked) for span, (code, _) in zip(spans, sentences, strict=True) if code
    )
    rows = tuple((*span, frozenset(phrases)) for span, (_, phrases) in zip(spans, sentences, strict=True))
    return CodedDocument("", frozenset(e.code for e in evidence), evidence, rows)


def meaning(found: list[Association], phrase: tuple[str, ...]) -> dict[str, float]:
    return {a.code: round(a.credit / a.seen, 2) for a in found if a.phrase == phrase}


def test_the_phrase_that_comes_back_with_the_code_takes_the_credit() -> None:
    documents = [
        document(("N200", [STONE, LEFT])),
        document(("N200", [STONE, ("seen",)])),
        document(("R109", [PAIN, LEFT]), ("N200", [STONE])),
        document(("R109", [PAIN, ("severe",)]), ("", [LEFT])),
    ]
    found = learn(documents)
    assert meaning(found, STONE)["N200"] > 0.8
    assert meaning(found, PAIN)["R109"] > 0.8
    assert max(meaning(found, LEFT).values(), default=0.0) < 0.2


def test_the_words_marked_in_the_original_language_break_a_tie() -> None:
    found = learn([document(("K509", [("enteropathi",), ("letter",)]), marked="enteropatía")])
    assert meaning(found, ("enteropathi",))["K509"] > 0.9
    assert meaning(found, ("letter",)) == {}


def test_sentences_that_were_not_coded_lower_the_share() -> None:
    found = learn([document(("N200", [STONE])), document(("", [STONE])), document(("", [STONE]))])
    assert [(a.seen, a.credit) for a in found] == [(3, pytest.approx(1.0))]


def test_learning_is_the_same_every_time_and_sorted() -> None:
    documents = [document(("N200", [STONE, LEFT]), ("R109", [PAIN, LEFT])), document(("N200", [LEFT, STONE]))]
    found = learn(documents)
    assert found == learn(documents)
    assert [(a.phrase, a.code) for a in found] == sorted((a.phrase, a.code) for a in found)
    assert learn([]) == []


def test_company_needs_three_documents_more_often_than_chance() -> None:
    diabetes = [document(("E119", [("metformin",), ("the",)])) for _ in range(3)]
    others = [document(("I10", [("the",)])) for _ in range(7)]
    found = learn_company([*diabetes, *others])
    assert [(a.phrase, a.code, a.credit, a.seen, a.source) for a in found] == [
        (("metformin",), "E119", 3, 3, Source.DOCUMENT)
    ]
    assert learn_company([*diabetes[:2], *others]) == []


def test_a_file_gives_its_sentences_and_the_evidence_that_is_well_aligned(tmp_path: Path) -> None:
    row = {
        "text": "Left kidney stone. No fever.",
        "icd10cm": ["n20.0"],
        "evidence": [
            {"code": "n20.0", "type": "D", "en_spans": [[0, 18]], "text_es": "cálculo", "align_sim": 0.9},
            {"code": "r50.9", "type": "D", "en_spans": [[19, 28]], "text_es": "fiebre", "align_sim": 0.1},
            {"code": "bt4", "type": "P", "en_spans": [[0, 18]], "text_es": "eco", "align_sim": 0.9},
        ],
    }
    path = tmp_path / "documents.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (found,) = read_coded_documents(path)
    assert found.codes == {"N200"}
    assert found.evidence == (Evidence("N200", ((0, 18),), "cálculo"),)
    first, second = found.sentences
    assert (first[:2], second[:2]) == ((0, 18), (19, 28))
    assert ("kidney", "stone") in first[2]
    assert not any("kidney" in phrase for phrase in second[2])


def test_the_table_answers_what_was_learned(tmp_path: Path) -> None:
    documents = [document(("N200", [STONE])), document(("N200", [STONE]))]
    terms = {STONE: Counter({"N209": 1}), PAIN: Counter({"R109": 3, "R1030": 1})}
    write_table(tmp_path, learn(documents), terms, documents)
    manifest = Manifest(name="phrases", version="0", files={}, code_set="", training_data=())
    table = PhraseTable(Artifact(tmp_path, manifest))
    hashes = np.array([stem_hash(s) for s in ("stone", "kidney", "flank", "pain")], dtype=np.uint64)
    rows = table.find(hashes, np.array([0, 0, 1, 1], dtype=np.int32))
    assert [(first, last) for first, last, _ in rows] == [(0, 2), (2, 4)]
    learned, term = (table.meanings(row) for *_, row in rows)
    assert [(m.code, m.share, m.seen, m.source) for m in learned] == [("N200", 1.0, 2, Source.SENTENCE)]
    assert [(m.code, m.share, m.source) for m in term] == [
        ("R1030", 0.25, Source.TERM),
        ("R109", 0.75, Source.TERM),
    ]
    assert table.frequency["N200"] == 1.0
    assert "N209" not in table.frequency, "a term gives way to what was learned"
