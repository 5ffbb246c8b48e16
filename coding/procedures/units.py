"""How many units a line has: doses by the HCPCS unit, timed services by the 8-minute rule."""

import math
import re
from collections.abc import Mapping, Sequence

from codesets.procedures.types import Procedure
from nlp.procedures.types import Measure

_BILLED = re.compile(r"(\d+(?:\.\d+)?)(mg|mcg|g|ml|units?|meq|mci)\Z")
_SCALES = {
    "mg": ("mg", 1.0),
    "mcg": ("mg", 0.001),
    "g": ("mg", 1000.0),
    "unit": ("units", 1.0),
    "units": ("units", 1.0),
}
_MIDPOINT = 8


def dose_units(procedure: Procedure, doses: Sequence[Measure]) -> int | None:
    """Return the billing units of the doses, rounded up; None where no dose is in the code's unit."""
    billed = _BILLED.match(procedure.unit)
    if billed is None:
        return None
    unit, scale = _SCALES.get(billed[2], (billed[2], 1.0))
    amount = sum(dose.value for dose in doses if dose.unit == unit)
    return math.ceil(round(amount / (float(billed[1]) * scale), 6)) if amount > 0 else None


def timed_units(minutes: Mapping[str, float]) -> dict[str, int]:
    """Return the 15-minute units of timed services of one day, by code (CMS Claims Processing Manual, ch. 5, 20.2).

    The total of all minutes decides how many units there are: one from 8 minutes, one more for each further 15.
    Whole quarters of an hour are given first, what is left to the services with the most minutes over.
    """
    total = math.floor((sum(minutes.values()) + 15 - _MIDPOINT) / 15)
    units = {code: int(m // 15) for code, m in minutes.items()}
    over = sorted(minutes, key=lambda code: (-(minutes[code] % 15), code))
    for code in over:
        if sum(units.values()) >= total:
            break
        if minutes[code] % 15 > 0:
            units[code] += 1
    return {code: n for code, n in units.items() if n > 0}
