"""Assembly: an encounter, its accepted codes and the practice's fees become one or more claims."""

from collections.abc import Sequence
from decimal import Decimal

from claims.encounter import Accepted, Encounter, Service
from claims.fees import Fees, fee_of
from claims.model import Claim, ClaimKind, Diagnosis, ServiceLine
from claims.splitting import split
from codesets.errors import BadClaim, BadCode
from codesets.types import Code, CodeSystem

_LETTERS = "ABCDEFGHIJKL"
_OF_THE_CLAIM = (
    *("patient", "others", "pay_to", "place_of_service", "frequency", "original_reference", "provider_signature"),
    *("accept_assignment", "benefits_assigned", "release_of_information", "patient_signature_source"),
    *("related_causes", "accident_state", "accident_date", "onset_date", "initial_treatment_date"),
    *("last_menstrual_period", "hospital_admission", "hospital_discharge", "patient_paid", "prior_authorization"),
    *("referral_number", "clia", "medical_record", "note", "rendering", "referring", "supervising", "facility"),
    *("ambulance", "institutional"),
)


def assemble(encounter: Encounter, accepted: Sequence[Accepted], fees: Fees | None = None) -> list[Claim]:
    """Return the claims of an encounter: one, or more where one form cannot hold it.

    Diagnoses keep the order in which they were accepted, the first-listed one before all. Raises BadClaim where a
    charge is missing, a pointer names no diagnosis, or a code is not shaped like one.
    """
    diagnoses = _diagnoses(encounter, accepted)
    lines = _lines(encounter, accepted, diagnoses, fees or {})
    parts = split(encounter.kind, diagnoses, lines)
    shared = {name: getattr(encounter, name) for name in _OF_THE_CLAIM}
    return [
        Claim(
            kind=encounter.kind,
            control_number=encounter.claim_number if number == 1 else f"{encounter.claim_number}-{number}",
            total=sum((line.charge for line in held), Decimal(0)),
            billing=encounter.billing,
            coverage=encounter.coverage,
            diagnoses=found,
            lines=held,
            **shared | ({"patient_paid": None} if number > 1 else {}),
        )
        for number, (found, held) in enumerate(parts, 1)
    ]


def _diagnoses(encounter: Encounter, accepted: Sequence[Accepted]) -> list[Diagnosis]:
    coded = [a for a in accepted if a.system is CodeSystem.ICD10CM]
    ordered = sorted(coded, key=lambda a: not a.first_listed)
    marks = {_canonical(code): mark for code, mark in encounter.present_on_admission.items()}
    values = dict.fromkeys(_canonical(a.code) for a in ordered)
    return [Diagnosis(value, marks.get(value, "")) for value in values]


def _canonical(text: str) -> str:
    try:
        return Code.parse(text).value
    except BadCode as error:
        raise BadClaim(str(error)) from None


def _lines(
    encounter: Encounter, accepted: Sequence[Accepted], diagnoses: list[Diagnosis], fees: Fees
) -> list[ServiceLine]:
    left = list(encounter.services)
    lines = []
    for one in accepted:
        if one.system is CodeSystem.ICD10CM:
            continue
        known = next((s for s in left if s.code == one.code), None)
        if known:
            left.remove(known)
        lines.append(_line(encounter, one, known or Service(code=one.code), diagnoses, fees))
    for service in left:
        if service.code and not service.revenue_code:
            raise BadClaim("the encounter has a service whose code was not accepted: accept it, or leave it out")
        lines.append(_line(encounter, None, service, diagnoses, fees))
    return lines


def _line(
    encounter: Encounter, accepted: Accepted | None, service: Service, diagnoses: list[Diagnosis], fees: Fees
) -> ServiceLine:
    given = accepted or Accepted(system=CodeSystem.CPT, code=service.code)
    modifiers = service.modifiers if service.modifiers is not None else given.modifiers
    units = service.units or service.minutes or given.units or Decimal(1)
    pointers = service.diagnosis_pointers if service.diagnosis_pointers is not None else given.diagnosis_pointers
    minutes = service.minutes is not None
    return ServiceLine(
        service.code,
        service.date_of_service or encounter.date_of_service,
        _charge(service, modifiers, units, fees),
        units,
        "MJ" if minutes else "DA" if service.revenue_code.startswith(("01", "02")) and not service.code else "UN",
        modifiers,
        _pointers(pointers, diagnoses) if encounter.kind is ClaimKind.PROFESSIONAL else (),
        service.date_to,
        service.place_of_service,
        service.description,
        service.emergency,
        service.revenue_code,
        service.non_covered,
        service.control_number,
        service.prior_authorization,
        service.clia,
        service.note,
        service.drug,
        service.rendering,
        service.referring,
        service.ordering,
        service.adjudications,
    )


def _charge(service: Service, modifiers: tuple[str, ...], units: Decimal, fees: Fees) -> Decimal:
    if service.charge is not None:
        return service.charge
    fee = fee_of(fees, service.code, modifiers)
    if fee is None:
        named = service.code or f"revenue code {service.revenue_code}"
        raise BadClaim(f"no charge for {named}: put it into the fee schedule, or into the encounter's services")
    return (fee * units).quantize(Decimal("0.01"))


def _pointers(given: Sequence[str | int], diagnoses: list[Diagnosis]) -> tuple[int, ...]:
    """Return pointers as numbers from 1; they come as letters, numbers or codes."""
    places = {d.code: n for n, d in enumerate(diagnoses, 1)}
    found = []
    for pointer in given:
        text = str(pointer).strip().upper()
        if text in tuple(_LETTERS):
            place = _LETTERS.index(text) + 1
        elif text.isdigit():
            place = int(text)
        else:
            place = places.get(text.replace(".", ""), 0)
        if not 1 <= place <= len(diagnoses):
            raise BadClaim("a line points at a diagnosis that was not accepted: point it at one that was")
        found.append(place)
    return tuple(dict.fromkeys(found))
