"""The encounter file: what a claim needs beside the accepted codes, in JSON or YAML, with a published schema."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from claims.model import (
    Address,
    Ambulance,
    ClaimKind,
    Coverage,
    Drug,
    Institutional,
    LineAdjudication,
    OtherPayer,
    Patient,
    Provider,
    Transmission,
)
from codesets.errors import BadClaim
from codesets.types import CodeSystem

_MOST_BYTES = 4_000_000
Code = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=12)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Service(_Strict):
    """What the encounter knows of a service: matched to an accepted code, else a line of its own."""

    code: Code = ""
    """CPT or HCPCS code of the accepted line; empty for a revenue code alone."""
    revenue_code: str = ""
    """Four digits, on an institutional claim."""
    modifiers: tuple[Code, ...] | None = None
    """In place of the accepted ones."""
    units: Decimal | None = None
    """In place of the accepted ones."""
    minutes: Decimal | None = None
    """Minutes of anaesthesia; the line is then billed in MJ."""
    charge: Decimal | None = None
    """Dollars for the whole line, in place of the fee schedule."""
    date_of_service: date | None = None
    date_to: date | None = None
    place_of_service: str = ""
    description: str = ""
    diagnosis_pointers: tuple[str | int, ...] | None = None
    """Letters A to L, numbers from 1 or codes."""
    control_number: str = ""
    prior_authorization: str = ""
    clia: str = ""
    note: str = ""
    emergency: bool = False
    non_covered: Decimal | None = None
    drug: Drug | None = None
    rendering: Provider | None = None
    referring: Provider | None = None
    ordering: Provider | None = None
    adjudications: tuple[LineAdjudication, ...] = ()


class Encounter(_Strict):
    """One encounter to be billed: who, where, when, who pays; and the envelope of the file."""

    kind: ClaimKind = ClaimKind.PROFESSIONAL
    claim_number: str
    """Your own number of the claim (CLM01); further claims of the same encounter get -2, -3, …"""
    date_of_service: date
    billing: Provider
    coverage: Coverage
    transmission: Transmission | None = None
    """Needed to write an 837: control number, time, sender and receiver."""
    patient: Patient | None = None
    """Only where the patient is not the subscriber."""
    others: tuple[OtherPayer, ...] = ()
    pay_to: Address | None = None
    place_of_service: str = ""
    frequency: str = "1"
    original_reference: str = ""
    provider_signature: str = "Y"
    accept_assignment: str = "A"
    benefits_assigned: str = "Y"
    release_of_information: str = "Y"
    patient_signature_source: str = ""
    related_causes: tuple[str, ...] = ()
    accident_state: str = ""
    accident_date: date | None = None
    onset_date: date | None = None
    initial_treatment_date: date | None = None
    last_menstrual_period: date | None = None
    hospital_admission: date | None = None
    hospital_discharge: date | None = None
    patient_paid: Decimal | None = None
    prior_authorization: str = ""
    referral_number: str = ""
    clia: str = ""
    medical_record: str = ""
    note: str = ""
    rendering: Provider | None = None
    referring: Provider | None = None
    supervising: Provider | None = None
    facility: Provider | None = None
    ambulance: Ambulance | None = None
    institutional: Institutional | None = None
    present_on_admission: dict[Code, str] = Field(default_factory=dict)
    """Y, N, U or W by diagnosis code, confirmed by the coder."""
    services: tuple[Service, ...] = ()


class Accepted(BaseModel):
    """One accepted code: the part of a suggestion object that a claim needs; the rest of it is let pass."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    system: CodeSystem
    code: Code
    first_listed: bool = False
    modifiers: tuple[Code, ...] = ()
    units: Decimal | None = None
    diagnosis_pointers: tuple[str | int, ...] = ()


_ACCEPTED = TypeAdapter(list[Accepted])


def encounter_schema() -> dict[str, Any]:
    """Return the JSON schema of the encounter file."""
    return Encounter.model_json_schema()


def read_encounter(path: Path) -> Encounter:
    """Return the encounter of a file; raises BadClaim naming the field, never its value."""
    return parse_encounter(_load(path))


def parse_encounter(data: Any) -> Encounter:
    """Return the encounter that parsed JSON or YAML describes; raises BadClaim naming the field."""
    try:
        return Encounter.model_validate(data)
    except ValidationError as error:
        raise _refused("the encounter", error) from None


def read_accepted(path: Path) -> list[Accepted]:
    """Return the accepted codes of a file: an array of suggestion objects, or an answer of `suggest --json`."""
    data = _load(path)
    if isinstance(data, dict) and "suggestions" in data:
        data = data["suggestions"]
    try:
        return _ACCEPTED.validate_python(data)
    except ValidationError as error:
        raise _refused("the accepted codes", error) from None


def _load(path: Path) -> Any:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadClaim(f"the file is larger than {_MOST_BYTES:,} bytes")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadClaim("the file cannot be read as UTF-8 text: give JSON or YAML") from None
    try:
        if path.suffix.lower() in (".yaml", ".yml"):
            return yaml.safe_load(text)
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise BadClaim("the file is not sound JSON") from None
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        place = f" at line {line + 1}" if line is not None else ""
        raise BadClaim(f"the file is not sound YAML{place}") from None


def _refused(what: str, error: ValidationError) -> BadClaim:
    first, *more = error.errors(include_url=False, include_context=False, include_input=False)
    place = ".".join(str(p) for p in first["loc"]) or "the file"
    rest = f" (and {len(more)} more)" if more else ""
    return BadClaim(f"{what}: {place}: {first['type'].replace('_', ' ')}{rest}: see chartcoder claim schema")
