"""What a hospital's claim says beyond a professional one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims.model.parties import Provider


@dataclass(frozen=True, slots=True)
class PcsProcedure:
    """An ICD-10-PCS procedure of the stay and its day; it comes from the encounter, nothing here suggests one."""

    code: str
    performed_on: date | None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An occurrence code and its day, or its first and last day where it is a span."""

    code: str
    day: date | None
    day_to: date | None = None


@dataclass(frozen=True, slots=True)
class ValueAmount:
    """A value code and its amount."""

    code: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ExternalCause:
    """An external cause of an injury, by canonical code, with its present-on-admission mark."""

    code: str
    present_on_admission: str = ""


@dataclass(frozen=True, slots=True)
class Institutional:
    """The stay or series of visits.

    `type_of_bill` are its first two digits (13 hospital outpatient, 11 inpatient); the third is the claim's
    frequency. Hours are `HHMM`; `patient_status` is the two-digit discharge status (30 still a patient).
    """

    type_of_bill: str
    statement_from: date | None
    statement_to: date | None
    patient_status: str
    admission_type: str = ""
    admission_source: str = ""
    admission_date: date | None = None
    admission_hour: str = ""
    discharge_hour: str = ""
    admitting_diagnosis: str = ""
    reasons_for_visit: tuple[str, ...] = ()
    external_causes: tuple[ExternalCause, ...] = ()
    drg: str = ""
    procedures: tuple[PcsProcedure, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    values: tuple[ValueAmount, ...] = ()
    conditions: tuple[str, ...] = ()
    attending: Provider | None = None
    operating: Provider | None = None
    other_operating: Provider | None = None
