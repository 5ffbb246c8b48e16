"""Writes the folders of models/."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.runtime import file_hash
from models.types import Manifest, TrainingData

CODIESP = TrainingData(name="CodiEsp, training documents with machine-translated English text", licence="CC BY 4.0")
INDEX = TrainingData(name="ICD-10-CM Alphabetic Index FY2025", licence="public domain (US government)")
DOID = TrainingData(name="Human Disease Ontology, names and exact synonyms", licence="CC0 1.0")
MONDO = TrainingData(name="Mondo, exact matches to ICD-10-CM", licence="CC0 1.0")
OWN = TrainingData(
    name="chartcoder notes: tuning half of the gold notes, 100 for training, 10 examples", licence="Apache-2.0"
)
MTSAMPLES = TrainingData(name="MTSamples transcriptions, labelled for chartcoder", licence="CC0 1.0")


def seal(
    folder: Path, name: str, version: int, code_set: str, data: tuple[TrainingData, ...], settings: Mapping[str, Any]
) -> None:
    """Write manifest.json with the hash of every other file in the folder but the card and the metrics."""
    files = {p.name: file_hash(p) for p in sorted(folder.iterdir()) if p.suffix in (".npy", ".onnx", ".txt", ".json")}
    for written_after in ("manifest.json", "metrics.json"):
        files.pop(written_after, None)
    manifest = Manifest(
        name=name,
        version=str(version),
        files=files,
        code_set=code_set,
        training_data=data,
        settings=dict(settings),
    )
    (folder / "manifest.json").write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
