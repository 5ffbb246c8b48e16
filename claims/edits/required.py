"""What a claim cannot be without: names, numbers, addresses, answers, diagnosis, lines."""

from collections.abc import Iterator

from claims.edits.desk import line_at, service_place
from claims.edits.people import providers
from claims.findings import Hit
from claims.model import Address, Claim, ClaimKind, Patient, Subscriber
from claims.tables import codes


def check_required(claim: Claim) -> Iterator[Hit]:
    """Yield what is missing."""
    yield from _parties(claim)
    yield from _patient(claim)
    yield from _claim(claim)
    for number, line in enumerate(claim.lines, 1):
        segment, element = service_place(claim, "101-2")
        if not line.code and not line.revenue_code:
            yield Hit("required.procedure", segment=segment, element=element, where=line_at(number))
        if line.date_of_service is None and (claim.kind is ClaimKind.PROFESSIONAL or line.code):
            yield Hit("required.line_date", where=line_at(number))


def _parties(claim: Claim) -> Iterator[Hit]:
    billing, coverage = claim.billing, claim.coverage
    wanted = {
        "required.billing_name": billing.name.last,
        "required.billing_address": billing.address,
        "required.billing_tax_id": billing.tax_id,
        "required.payer_order": coverage.order,
        "required.filing_code": coverage.filing_code,
        "required.subscriber_name": coverage.subscriber.name.last,
        "required.member_id": coverage.subscriber.member_id,
        "required.payer_name": coverage.payer.name,
        "required.payer_id": coverage.payer.identifier,
    }
    yield from (Hit(edit) for edit, value in wanted.items() if not value)
    for place in providers(claim):
        if place.loop != "2010AA" and not place.provider.name.last:
            yield Hit("required.provider_name", place.loop, where=place.where)
    if any(not other.coverage.subscriber.name.last for other in claim.others):
        yield Hit("required.subscriber_name", "2330A")


def _patient(claim: Claim) -> Iterator[Hit]:
    if claim.patient is None:
        holder = claim.coverage.subscriber
        if not _is_whole(holder.address):
            yield Hit("subscriber.address")
        if holder.birth_date is None or not holder.sex:
            yield Hit("subscriber.demographics")
    else:
        yield from _other_patient(claim.patient)
    person: Subscriber | Patient = claim.patient or claim.coverage.subscriber
    if person.sex and person.sex not in ("F", "M", "U"):
        yield Hit("patient.sex", "2010CA" if claim.patient else "2010BA")


def _other_patient(patient: Patient) -> Iterator[Hit]:
    if not patient.name.last:
        yield Hit("required.patient_name")
    if patient.relationship == "18" or patient.relationship not in codes("relationships"):
        yield Hit("patient.relationship")
    if not _is_whole(patient.address):
        yield Hit("patient.address")
    if patient.birth_date is None or not patient.sex:
        yield Hit("patient.demographics")


def _is_whole(address: Address | None) -> bool:
    return bool(address and address.street and address.city)


def _claim(claim: Claim) -> Iterator[Hit]:
    if not claim.control_number:
        yield Hit("required.claim_number")
    if not claim.diagnoses:
        yield Hit("required.diagnosis")
    if not claim.lines:
        yield Hit("required.line")
    if claim.kind is ClaimKind.PROFESSIONAL and not claim.place_of_service:
        yield Hit("required.place")
    marks = [claim.accept_assignment, claim.benefits_assigned, claim.release_of_information]
    if not all(marks) or (claim.kind is ClaimKind.PROFESSIONAL and not claim.provider_signature):
        yield Hit("required.marks")
    yield from _marks(claim)


def _marks(claim: Claim) -> Iterator[Hit]:
    allowed = {
        "mark.signature": (claim.provider_signature, "YN"),
        "mark.assignment": (claim.accept_assignment, "ABC"),
        "mark.benefits": (claim.benefits_assigned, "YNW"),
        "mark.release": (claim.release_of_information, "YI"),
    }
    yield from (Hit(edit) for edit, (value, marks) in allowed.items() if value and value not in tuple(marks))
