"""What every artifact of this room states about itself."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class TrainingData(BaseModel):
    """A source that a model learned from, and its licence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    licence: str


class Manifest(BaseModel):
    """`manifest.json`: name, version, the hash of each file, the code set and the data that the model was made with.

    `settings` are the numbers and names that its reader needs, such as the order of the features.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    version: str
    files: dict[str, Sha256]
    code_set: str
    training_data: tuple[TrainingData, ...]
    settings: dict[str, Any] = {}
