"""The labelled notes that are learned from."""

import json
from collections.abc import Iterator
from pathlib import Path

from eval.goldnotes.read import GoldNote, Label, gold_note, read_labels, read_mtsamples, read_own, with_texts

LABELS = Path(__file__).parent / "labels"
EXAMPLES = Path(__file__).parents[1] / "examples"


def written_notes() -> list[GoldNote]:
    """Return the own notes: the tuning half of the gold notes, those written for training, the bundled examples."""
    labels = read_labels(LABELS / "own.jsonl")
    texts = ((LABELS / "notes" / f"{label.id}.txt").read_text(encoding="utf-8") for label in labels)
    return [*read_own("tune"), *map(gold_note, texts, labels), *_examples()]


def _examples() -> Iterator[GoldNote]:
    """Yield the bundled example notes with their keys, which name words instead of offsets."""
    for path in sorted((EXAMPLES / "keys").glob("*.json")):
        text = (EXAMPLES / "notes" / f"{path.stem}.txt").read_text(encoding="utf-8")
        key = json.loads(path.read_text(encoding="utf-8"))
        row = {name: key[name] for name in ("setting", "date_of_service", "age", "sex")}
        row |= dict.fromkeys(("specialty", "status", "first_listed")) | {"id": path.stem, "procedures": []}
        for kind in ("codes", "traps"):
            row[kind] = [
                {k: v for k, v in x.items() if k != "words"} | {"evidence": [_place(text, x["words"])]}
                for x in key[kind]
            ]
        yield gold_note(text, Label.model_validate_json(json.dumps(row)))


def _place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def transcribed_notes() -> list[GoldNote]:
    """Return the labelled transcriptions; raises BadRequest where the public data is absent."""
    return [*read_mtsamples("tune"), *with_texts(read_labels(LABELS / "mtsamples.jsonl"))]


def billed_transcriptions() -> list[GoldNote]:
    """Return the transcriptions whose service lines are labelled; raises BadRequest where the data is absent."""
    return with_texts(read_labels(LABELS / "services.jsonl"))
