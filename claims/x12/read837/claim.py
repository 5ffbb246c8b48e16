"""A typed claim from its loops."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from claims.model import Ambulance, Claim, ClaimKind, Coverage, Diagnosis, Patient, Provider
from claims.model.parties import Address
from claims.x12.read837.lines import line_of, other_payer_of
from claims.x12.read837.loops import Loop
from claims.x12.read837.parties import address_of, check_names, name_of, provider_of
from claims.x12.read837.stay import composites, stay_of
from claims.x12.read837.values import Values
from claims.x12.reader import Segment

_ICD10 = date(2015, 10, 1)
_DIAGNOSES = ("ABK", "ABF", "BK", "BF")


def claim_of(
    values: Values,
    loop: Loop,
    kind: ClaimKind,
    billing: tuple[Provider, Address | None],
    coverage: Coverage,
    patient: Patient | None,
) -> Claim:
    """Return the claim of a loop 2300 with what its upper levels said."""
    values.loop = "2300"
    opening = loop.segments[0]
    for parent in (loop, *loop.loops("2320"), *loop.loops("2400")):
        values.hits += check_names(kind, parent)
    total = values.number(opening.get(2), opening, "02")
    claim = Claim(
        kind,
        opening.get(1),
        total if total is not None else Decimal(0),
        billing[0],
        coverage,
        _diagnoses(values, loop, kind),
        tuple(line_of(values, line, kind, n) for n, line in enumerate(loop.loops("2400"), 1)),
        patient,
        tuple(other_payer_of(values, other) for other in loop.loops("2320")),
        billing[1],
        frequency=opening.part(5, 3),
        original_reference=loop.value("REF", "F8"),
        provider_signature=opening.get(6),
        accept_assignment=opening.get(7),
        benefits_assigned=opening.get(8),
        release_of_information=opening.get(9),
        prior_authorization=loop.value("REF", "G1"),
        referral_number=loop.value("REF", "9F"),
        medical_record=loop.value("REF", "EA"),
        note=loop.value("NTE", "ADD"),
    )
    if min(claim.service_days, default=_ICD10) < _ICD10:
        values.hits[:] = [hit for hit in values.hits if hit.edit != "diagnosis.icd9"]
    if kind is ClaimKind.PROFESSIONAL:
        return _professional(values, loop, opening, claim)
    return _institutional(values, loop, claim)


def _professional(values: Values, loop: Loop, opening: Segment, claim: Claim) -> Claim:
    values.loop = "2300"
    if opening.part(5, 2) not in ("B", ""):
        values.hit("structure.qualifier", opening, "05-2")

    def day(qualifier: str) -> date | None:
        return values.days(loop.first("DTP", qualifier))[0]

    paid = loop.first("AMT", "F5")
    causes = opening.parts(11)
    return replace(
        claim,
        place_of_service=opening.part(5, 1),
        patient_signature_source=opening.get(10),
        related_causes=tuple(c for c in causes[:3] if c),
        accident_state=causes[3] if len(causes) > 3 else "",
        onset_date=day("431"),
        initial_treatment_date=day("454"),
        accident_date=day("439"),
        last_menstrual_period=day("484"),
        hospital_admission=day("435"),
        hospital_discharge=day("096"),
        patient_paid=values.number(paid.get(2), paid, "02") if paid else None,
        clia=loop.value("REF", "X4"),
        referring=provider_of(values, loop.loop("2310A")),
        rendering=provider_of(values, loop.loop("2310B")),
        facility=provider_of(values, loop.loop("2310C")),
        supervising=provider_of(values, loop.loop("2310D")),
        ambulance=_ambulance(values, loop),
    )


def _institutional(values: Values, loop: Loop, claim: Claim) -> Claim:
    paid = loop.first("AMT", "F3")
    return replace(
        claim,
        provider_signature="Y",
        accident_state=loop.value("REF", "LU"),
        patient_paid=values.number(paid.get(2), paid, "02") if paid else None,
        rendering=provider_of(values, loop.loop("2310D")),
        facility=provider_of(values, loop.loop("2310E")),
        referring=provider_of(values, loop.loop("2310F")),
        institutional=stay_of(values, loop),
    )


def _diagnoses(values: Values, loop: Loop, kind: ClaimKind) -> tuple[Diagnosis, ...]:
    found: list[Diagnosis] = []
    for segment, at, parts in composites(loop):
        qualifier = parts[0]
        if qualifier not in _DIAGNOSES:
            continue
        if qualifier in ("BK", "BF"):
            values.hit("diagnosis.icd9", segment, f"{at:02}-1")
        elif (qualifier == "ABK") != (not found):
            values.hit("diagnosis.qualifier", segment, f"{at:02}-1")
        found.append(Diagnosis(parts[1], parts[8] if kind is ClaimKind.INSTITUTIONAL else ""))
    return tuple(found)


def _ambulance(values: Values, loop: Loop) -> Ambulance | None:
    ride = loop.first("CR1")
    pickup, dropoff = loop.loop("2310E"), loop.loop("2310F")
    if ride is None:
        return None
    miles = values.number(ride.get(6), ride, "06")
    return Ambulance(
        ride.get(4),
        miles if miles is not None else Decimal(0),
        address_of(pickup) or Address("", ""),
        address_of(dropoff) or Address("", ""),
        name_of(values, dropoff).last if dropoff else "",
        values.number(ride.get(2), ride, "02"),
        tuple(code for crc in loop.all("CRC", "07") for code in crc.elements[2:] if code),
        ride.get(9),
        ride.get(10),
    )
