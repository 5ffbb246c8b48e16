"""What payers publish and a site writes down: how long they take claims, and which diagnoses justify a service."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from codesets.errors import BadClaim


class Covered(BaseModel):
    """Procedures that a payer pays for with one of these diagnoses; a diagnosis stands for all below it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    procedures: tuple[str, ...] = Field(min_length=1)
    diagnoses: tuple[str, ...] = Field(min_length=1)
    source: str
    """The table and its release, as a finding names it."""


class PayerRules(BaseModel):
    """The rules of one payer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    timely_filing_days: int | None = Field(None, gt=0)
    coverage: tuple[Covered, ...] = ()


Payers = Mapping[str, PayerRules]
_PAYERS = TypeAdapter(dict[str, PayerRules])


def read_payers(path: Path) -> Payers:
    """Return the rules of a YAML file by payer number, `*` for every other; raises BadClaim naming the field."""
    try:
        return _PAYERS.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise BadClaim("the file of payers cannot be read: it is YAML, payer numbers with their rules") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(p) for p in first["loc"]) or "the file"
        raise BadClaim(f"the file of payers: {place}: {first['type'].replace('_', ' ')}") from None
