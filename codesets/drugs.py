"""The drug table: what each drug's names mean to a coder.

`codesets/data/drugs.tsv`, one drug or class a line: names (generic first), long-term use, base of the adverse
effect, allergy status. Rows without a base are no drugs but what one may be allergic to (latex, peanuts).
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from codesets.errors import CodeSetError

_COLUMNS = 4
_BASE_CHARS = 5
_VACCINE = "Z887"


@dataclass(frozen=True, slots=True)
class Drug:
    """One row, its codes canonical (without the dot); `names` are as clinicians write them, generic first."""

    names: tuple[str, ...]
    long_term: str | None
    adverse_base: str | None
    allergy: str | None

    @property
    def name(self) -> str:
        """The generic name, or that of the class."""
        return self.names[0]

    @property
    def is_vaccine(self) -> bool:
        """True for vaccines and immune globulins."""
        return self.allergy == _VACCINE

    @property
    def adverse_effect(self) -> str | None:
        """The code of an adverse effect, initial encounter (T50.1X5A)."""
        return f"{self.adverse_base}5A" if self.adverse_base else None

    @property
    def underdosing(self) -> str | None:
        """The code of underdosing, initial encounter (T50.1X6A)."""
        return f"{self.adverse_base}6A" if self.adverse_base else None


@cache
def read_drugs() -> tuple[Drug, ...]:
    """Return the rows of the drug table; raises CodeSetError naming the line of a malformed row."""
    text = files("codesets.data").joinpath("drugs.tsv").read_text(encoding="utf-8")
    drugs = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != _COLUMNS:
            raise CodeSetError(f"drugs.tsv line {number}: expected {_COLUMNS} columns, found {len(parts)}")
        names = tuple(parts[0].split("|"))
        long_term, base, allergy = (part.replace(".", "") or None for part in parts[1:])
        if base is not None and len(base) != _BASE_CHARS:
            raise CodeSetError(f"drugs.tsv line {number}: a base has {_BASE_CHARS} characters and a dot (T50.1X)")
        drugs.append(Drug(names, long_term, base, allergy))
    return tuple(drugs)
