"""A procedure code with what choosing it needs: words, site, the facts that set it apart, and how it is billed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from codesets.types import Code, CodeSet


class Sides(StrEnum):
    """Which modifiers name the side or place of a procedure."""

    NONE = "no"
    PAIRED = "yes"
    DIGIT = "digit"
    EYELID = "eyelid"
    CORONARY = "coronary"


class CptUse(StrEnum):
    """Which CPT codes answer: none, the licensed release or else the starter set, or the licensed release alone."""

    OFF = "off"
    STARTER = "starter"
    LICENSED = "licensed"


class Services(StrEnum):
    """Whose services an edit of CMS is for; the value is what a person reads."""

    PRACTITIONER = "practitioner"
    HOSPITAL = "hospital"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A code of a procedure set.

    `family` is shared by codes that differ only in `facts` (size, number, approach, …), which are read by
    `codesets.procedures.facts`. `addon_to` are the codes, or first and last of a range, that an add-on goes with;
    `global_days` is Medicare's global period ('' where the fee schedule has none); `unit` what one unit stands for
    ('each', '15min', '10mg').
    """

    code: Code
    family: str
    wording: str
    synonyms: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    sides: Sides = Sides.NONE
    addon_to: tuple[tuple[str, str], ...] = ()
    global_days: str = ""
    modifiers: tuple[str, ...] = ()
    unit: str = "each"
    facts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Modifier:
    """A modifier in our words: its name, when it applies, the systems that it belongs to, and its kind."""

    value: str
    name: str
    when: str
    systems: str
    kind: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A pair of which the second code is part of the first, unless a modifier tells them apart where it may.

    `source` is the table that says so: `starter`, or an NCCI release.
    """

    column1: str
    column2: str
    modifier_allowed: bool
    reason: str
    source: str = "starter"


class ProcedureSet:
    """The codes of one release of CPT or HCPCS Level II that are valid on a day, and the families they form.

    `also_called` are further wordings by code: shorter official ones, and ours where the official one is shown.
    """

    def __init__(
        self,
        code_set: CodeSet,
        procedures: Mapping[str, Procedure],
        also_called: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.code_set = code_set
        self.procedures = procedures
        self.also_called = also_called or {}
        families: dict[str, list[Procedure]] = {}
        for procedure in procedures.values():
            families.setdefault(procedure.family, []).append(procedure)
        self.families = {name: tuple(found) for name, found in families.items()}

    def __contains__(self, value: object) -> bool:
        return value in self.procedures

    def __len__(self) -> int:
        return len(self.procedures)

    def get(self, value: str) -> Procedure | None:
        """Return the procedure of a canonical code, or None."""
        return self.procedures.get(value)
