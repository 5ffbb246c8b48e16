"""What every artifact of this room states about itself; the first artifacts come with the learned ranker."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manifest:
    """Name, version and content hash of an artifact, and the releases of the code sets that it was made for."""

    name: str
    version: str
    sha256: str
    code_sets: tuple[str, ...]
