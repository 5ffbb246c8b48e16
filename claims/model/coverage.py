"""Who is insured, who pays, in which order, and what other payers decided."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims.model.parties import Address, Name


@dataclass(frozen=True, slots=True)
class Subscriber:
    """The person (or employer, in workers' compensation) who holds the policy; `sex` is F, M or U."""

    name: Name
    member_id: str
    address: Address | None = None
    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient who is not the subscriber; `relationship` to the subscriber: 01 spouse, 19 child, G8 other, …."""

    relationship: str
    name: Name
    address: Address | None = None
    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Payer:
    """A payer by name and number; `identifier_kind` PI (payer id) or XV (plan id)."""

    name: str
    identifier: str
    identifier_kind: str = "PI"
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A policy in its place among the patient's policies.

    `order` is P primary, S secondary, T tertiary, …; `filing_code` says what plan it is (CI commercial, MB Medicare
    Part B, MC Medicaid, …); `insurance_type` why Medicare is not primary (12, 13, …).
    """

    order: str
    subscriber: Subscriber
    payer: Payer
    filing_code: str = ""
    group_number: str = ""
    group_name: str = ""
    insurance_type: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Why a payer paid less: group (CO, PR, OA, PI, CR), reason code (CARC), dollars, units where they changed."""

    group: str
    reason: str
    amount: Decimal
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """Another policy of the patient and, where that payer has decided, what it paid and why not all.

    `relationship` is the patient's to its subscriber (18 self).
    """

    coverage: Coverage
    relationship: str = "18"
    benefits_assigned: str = "Y"
    release_of_information: str = "Y"
    paid: Decimal | None = None
    non_covered: Decimal | None = None
    remaining_liability: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    adjudicated_on: date | None = None
    claim_number: str = ""


@dataclass(frozen=True, slots=True)
class LineAdjudication:
    """What the payer with the number `payer` decided on one line."""

    payer: str
    paid: Decimal
    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    revenue_code: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    adjudicated_on: date | None = None
    remaining_liability: Decimal | None = None
