import json
from pathlib import Path

import numpy as np
import pytest

from codesets.errors import ModelMissing
from models.runtime import FOLDER, file_hash, open_artifact

MANIFEST = {"name": "toy", "version": "1", "code_set": "2026-04-01", "training_data": []}


def _toy(root: Path, version: int = 1) -> Path:
    folder = root / f"toy-{version}"
    folder.mkdir()
    np.save(folder / "weights.npy", np.arange(3))
    files = {"weights.npy": file_hash(folder / "weights.npy")}
    (folder / "manifest.json").write_text(json.dumps({**MANIFEST, "version": str(version), "files": files}))
    return folder


def test_the_newest_version_is_opened(tmp_path: Path) -> None:
    _toy(tmp_path, 2)
    _toy(tmp_path, 10)
    assert open_artifact("toy", tmp_path).version == "toy-10"


def test_arrays_are_mapped_and_read_only(tmp_path: Path) -> None:
    _toy(tmp_path)
    array = open_artifact("toy", tmp_path).array("weights")
    assert array.tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda f: (f / "weights.npy").write_bytes(b"x"), "a file was changed"),
        (lambda f: (f / "weights.npy").unlink(), "a file is gone"),
        (lambda f: (f / "manifest.json").write_text("{}"), "the manifest is no manifest"),
        (lambda f: (f / "manifest.json").unlink(), "there is no manifest"),
    ],
)
def test_damage_is_told_with_the_next_step(tmp_path: Path, harm: object, reason: str) -> None:
    harm(_toy(tmp_path))  # type: ignore[operator]
    with pytest.raises(ModelMissing, match=r"toy-1 is damaged: .*make train"):
        open_artifact("toy", tmp_path)


def test_an_absent_model_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="make train"):
        open_artifact("toy", tmp_path)


@pytest.mark.parametrize("name", sorted({p.name.partition("-")[0] for p in FOLDER.glob("*-*")}))
def test_every_shipped_model_is_whole_and_has_a_card(name: str) -> None:
    artifact = open_artifact(name)
    assert json.loads((artifact.folder / "metrics.json").read_text())
    card = (artifact.folder / "card.md").read_text()
    for data in artifact.manifest.training_data:
        assert data.name in card
        assert data.licence in card
    listed = {*artifact.manifest.files, "manifest.json", "metrics.json", "card.md"}
    assert {p.name for p in artifact.folder.iterdir()} == listed


def test_what_is_shipped_stays_below_30_mb() -> None:
    assert sum(p.stat().st_size for p in FOLDER.glob("*-*/*")) < 30_000_000
