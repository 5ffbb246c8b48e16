"""The labelled notes that are learned from."""

from pathlib import Path

from eval.goldnotes.read import GoldNote, gold_note, read_labels, read_mtsamples, read_own, with_texts

LABELS = Path(__file__).parent / "labels"


def written_notes() -> list[GoldNote]:
    """Return the own notes: the tuning half of the gold notes, and those written for training."""
    labels = read_labels(LABELS / "own.jsonl")
    texts = ((LABELS / "notes" / f"{label.id}.txt").read_text(encoding="utf-8") for label in labels)
    return [*read_own("tune"), *map(gold_note, texts, labels)]


def transcribed_notes() -> list[GoldNote]:
    """Return the labelled transcriptions; raises BadRequest where the public data is absent."""
    return [*read_mtsamples("tune"), *with_texts(read_labels(LABELS / "mtsamples.jsonl"))]
