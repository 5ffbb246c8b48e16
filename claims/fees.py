"""The practice's own fees: a CSV file of code, modifier, charge, in exact dollars for one unit."""

import csv
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from codesets.errors import BadClaim

Fees = Mapping[tuple[str, str], Decimal]
_CHARGE = re.compile(r"\d{1,8}(\.\d{1,2})?\Z")
_HEADER = ["code", "modifier", "charge"]


def read_fees(path: Path) -> dict[tuple[str, str], Decimal]:
    """Return the charge by (code, modifier); raises BadClaim naming the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise BadClaim(
            "the fee schedule cannot be read: it is a CSV file with the columns code,modifier,charge"
        ) from None
    if not rows or [cell.strip().lower() for cell in rows[0]] != _HEADER:
        raise BadClaim("the fee schedule's first line is code,modifier,charge")
    found: dict[tuple[str, str], Decimal] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        if len(row) != len(_HEADER) or not _CHARGE.match(row[2].strip()):
            raise BadClaim(
                f"line {number} of the fee schedule: a code, a modifier or nothing, dollars with two decimals"
            )
        key = (row[0].strip().upper(), row[1].strip().upper())
        if key in found:
            raise BadClaim(f"line {number} of the fee schedule: the code and modifier stand twice")
        found[key] = Decimal(row[2].strip())
    return found


def fee_of(fees: Fees, code: str, modifiers: tuple[str, ...]) -> Decimal | None:
    """Return the charge for one unit: of the first modifier that has its own, else of the code alone."""
    for modifier in (*modifiers, ""):
        if (code, modifier) in fees:
            return fees[code, modifier]
    return None
