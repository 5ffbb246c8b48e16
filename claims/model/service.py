"""A billed service and what rides on its line."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims.model.coverage import LineAdjudication
from claims.model.parties import Provider

_LETTERS = "ABCDEFGHIJKL"


@dataclass(frozen=True, slots=True)
class Drug:
    """The drug of a line: NDC of 11 digits, quantity and its unit (F2, GR, ME, ML, UN), prescription number."""

    ndc: str
    quantity: Decimal
    unit: str
    prescription: str = ""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One billed service; `code` is CPT or HCPCS, on an institutional claim beside or in place of it a revenue code.

    `unit` is UN (units) or MJ (minutes of anaesthesia); `diagnosis_pointers` count the claim's diagnoses from 1,
    the most important first; `description` is what an unlisted code needs. `place_of_service` is set only where it
    differs from the claim's.
    """

    code: str
    date_of_service: date | None
    charge: Decimal
    units: Decimal = Decimal(1)
    unit: str = "UN"
    modifiers: tuple[str, ...] = ()
    diagnosis_pointers: tuple[int, ...] = ()
    date_to: date | None = None
    place_of_service: str = ""
    description: str = ""
    emergency: bool = False
    revenue_code: str = ""
    non_covered: Decimal | None = None
    control_number: str = ""
    prior_authorization: str = ""
    clia: str = ""
    note: str = ""
    drug: Drug | None = None
    rendering: Provider | None = None
    referring: Provider | None = None
    ordering: Provider | None = None
    adjudications: tuple[LineAdjudication, ...] = ()

    @property
    def pointer_letters(self) -> tuple[str, ...]:
        """The diagnosis pointers as the letters of the paper form, A the first diagnosis."""
        return tuple(_LETTERS[p - 1] for p in self.diagnosis_pointers if 1 <= p <= len(_LETTERS))
