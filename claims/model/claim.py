"""A claim: its diagnoses in billing order, its lines, who gave, pays and owes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from claims.model.coverage import Coverage, OtherPayer, Patient
from claims.model.institutional import Institutional
from claims.model.parties import Address, Name, Provider
from claims.model.service import ServiceLine


class ClaimKind(StrEnum):
    """Professional (837P, CMS-1500) or institutional (837I, UB-04)."""

    PROFESSIONAL = "professional"
    INSTITUTIONAL = "institutional"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """An ICD-10-CM code in canonical form (no dot); on an inpatient claim whether it was present on admission."""

    code: str
    present_on_admission: str = ""


@dataclass(frozen=True, slots=True)
class Ambulance:
    """An ambulance transport: reason (A–E), miles, conditions that justify it, where from and where to."""

    reason: str
    miles: Decimal
    pickup: Address
    dropoff: Address
    dropoff_name: str = ""
    patient_weight_lb: Decimal | None = None
    conditions: tuple[str, ...] = ()
    round_trip_purpose: str = ""
    stretcher_purpose: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim to one payer.

    `patient` is None where the patient is the subscriber. `frequency` 1 is an original claim, 7 replaces and 8 voids
    the one that the payer numbered `original_reference`. `accept_assignment` is A, B or C; `benefits_assigned` and
    `release_of_information` are the marks of CLM08 and CLM09. `related_causes` are AA (auto), EM (employment), OA.
    """

    kind: ClaimKind
    control_number: str
    total: Decimal
    billing: Provider
    coverage: Coverage
    diagnoses: tuple[Diagnosis, ...]
    lines: tuple[ServiceLine, ...]
    patient: Patient | None = None
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

    @property
    def patient_name(self) -> Name:
        """The patient's name, who may be the subscriber."""
        return (self.patient or self.coverage.subscriber).name

    @property
    def birth_date(self) -> date | None:
        """The patient's day of birth."""
        return (self.patient or self.coverage.subscriber).birth_date

    @property
    def sex(self) -> str:
        """The patient's sex, F, M, U or empty."""
        return (self.patient or self.coverage.subscriber).sex

    @property
    def service_days(self) -> tuple[date, ...]:
        """The first days of the lines, and the statement's where a line has none."""
        days = [line.date_of_service for line in self.lines]
        stay = self.institutional
        return tuple(d for d in (*days, stay.statement_from if stay else None) if d is not None)
