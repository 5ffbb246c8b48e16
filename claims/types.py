"""What a claim is made of; assembly, edits and writers come with the claim assembler."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codesets.types import Code


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One billed service: code, modifiers, units, charge in dollars, and the diagnoses that justify it.

    `diagnosis_pointers` are letters A–L into the claim's diagnoses, the most important first.
    """

    code: Code
    date_of_service: date
    modifiers: tuple[str, ...]
    units: Decimal
    charge: Decimal
    diagnosis_pointers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Diagnoses in billing order and the lines that point at them."""

    diagnoses: tuple[Code, ...]
    lines: tuple[ServiceLine, ...]
