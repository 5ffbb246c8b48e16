"""The settings of the doors: environment variables that begin with CHARTCODER_.

The folders CHARTCODER_HOME (installed code sets) and CHARTCODER_CACHE (built indexes) are read by codesets.
"""

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from codesets.errors import BadRequest
from codesets.procedures.types import CptUse

_ENVELOPE_BYTES = 10_000
_BYTES_PER_ESCAPED_BYTE = 3


class Settings(BaseSettings):
    """How the service listens and what it accepts; every field is a variable, as `CHARTCODER_PORT`."""

    model_config = SettingsConfigDict(env_prefix="CHARTCODER_", frozen=True, extra="ignore")

    host: Annotated[str, Field(description="Address that `serve` listens on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port that `serve` listens on; 0 picks one.")] = 8000
    max_note_bytes: Annotated[int, Field(ge=1, description="Largest note, in bytes of UTF-8.")] = 1_000_000
    request_timeout_s: Annotated[float, Field(gt=0, description="Longest wait for an answer.")] = 30.0
    max_waiting: Annotated[int, Field(ge=1, description="Requests that may wait; more get a 503.")] = 32
    threshold: Annotated[
        float | None,
        Field(ge=0, le=1, description="Score below which a code is not listed; the ranker's own by default."),
    ] = None
    cpt: Annotated[
        CptUse, Field(description="CPT codes: none, the licensed files or else the starter set, or the files alone.")
    ] = CptUse.STARTER

    site: Annotated[Path | None, Field(description="File of the site's own rules, YAML.")] = None

    @property
    def max_body_bytes(self) -> int:
        """The largest JSON that can hold the largest note with every character outside ASCII escaped."""
        return self.max_note_bytes * _BYTES_PER_ESCAPED_BYTE + _ENVELOPE_BYTES


def load_settings() -> Settings:
    """Return the settings of the environment; raises BadRequest naming the variables that are wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = sorted({f"CHARTCODER_{e['loc'][0]}".upper() for e in error.errors(include_input=False)})
        raise BadRequest(f"the environment variable has a wrong value: {', '.join(wrong)}") from None
