"""Opens the artifacts of this room: finds the newest version, verifies every hash, loads ONNX on one thread."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from codesets.errors import ModelMissing
from models.types import Manifest

if TYPE_CHECKING:
    import onnxruntime

FOLDER = Path(__file__).parent
_VERSIONED = re.compile(r"\A(?P<name>[a-z]+)-(?P<version>\d+)\Z")


@dataclass(frozen=True, slots=True)
class Artifact:
    """A verified model folder."""

    folder: Path
    manifest: Manifest

    @property
    def version(self) -> str:
        """The name with the version, as answers report it."""
        return f"{self.manifest.name}-{self.manifest.version}"

    def array(self, name: str) -> NDArray[Any]:
        """Return the array `name`.npy, memory-mapped and read-only."""
        array: NDArray[Any] = np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return array

    def session(self, name: str = "model.onnx") -> "onnxruntime.InferenceSession":
        """Return an ONNX session that computes on the calling thread alone."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self.folder / name), sess_options=options, providers=["CPUExecutionProvider"]
        )


def open_artifact(name: str, root: Path = FOLDER) -> Artifact:
    """Return the newest version of an artifact, its files verified once per process.

    Raises ModelMissing, which names the command that makes it, where the artifact is absent or damaged.
    """
    matches = (_VERSIONED.match(p.name) for p in root.glob(f"{name}-*"))
    versions = sorted((int(m["version"]) for m in matches if m is not None and m["name"] == name), reverse=True)
    if not versions:
        raise ModelMissing(f"the model {name} is not there: install chartcoder again, or run make train")
    return _verified(root / f"{name}-{versions[0]}")


@lru_cache(maxsize=16)
def _verified(folder: Path) -> Artifact:
    damaged = ModelMissing(f"the model {folder.name} is damaged: install chartcoder again, or run make train")
    try:
        manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
        sound = all(file_hash(folder / name) == known for name, known in manifest.files.items())
    except (OSError, ValidationError):
        raise damaged from None
    if not sound:
        raise damaged
    return Artifact(folder, manifest)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
