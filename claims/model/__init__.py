"""The typed claim: what assembly makes, edits read, and writers write."""

from claims.model.claim import Ambulance, Claim, ClaimKind, Diagnosis
from claims.model.coverage import (
    Adjustment,
    Coverage,
    LineAdjudication,
    OtherPayer,
    Patient,
    Payer,
    Subscriber,
)
from claims.model.institutional import ExternalCause, Institutional, Occurrence, PcsProcedure, ValueAmount
from claims.model.parties import Address, Contact, Name, Provider, Receiver, Submitter
from claims.model.service import Drug, ServiceLine
from claims.model.transmission import Transmission

__all__ = [
    "Address",
    "Adjustment",
    "Ambulance",
    "Claim",
    "ClaimKind",
    "Contact",
    "Coverage",
    "Diagnosis",
    "Drug",
    "ExternalCause",
    "Institutional",
    "LineAdjudication",
    "Name",
    "Occurrence",
    "OtherPayer",
    "Patient",
    "Payer",
    "PcsProcedure",
    "Provider",
    "Receiver",
    "ServiceLine",
    "Submitter",
    "Subscriber",
    "Transmission",
    "ValueAmount",
]
