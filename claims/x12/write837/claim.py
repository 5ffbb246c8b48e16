"""Loop 2300: a claim of either kind, in the order of its guide."""

from claims.model import Ambulance, Claim, ClaimKind
from claims.x12.segments import SegmentWriter, amount, day
from claims.x12.write837.institutional import write_codes, write_stay
from claims.x12.write837.lines import write_line
from claims.x12.write837.others import write_other_payer
from claims.x12.write837.parties import write_address, write_location, write_name, write_provider


def write_claim(out: SegmentWriter, claim: Claim) -> None:
    """Write the claim, its providers, other policies and lines."""
    out.loop = "2300"
    if claim.kind is ClaimKind.PROFESSIONAL:
        _write_professional(out, claim)
    else:
        _write_institutional(out, claim)
    for other in claim.others:
        write_other_payer(out, other, claim.kind)
    for number, line in enumerate(claim.lines, 1):
        write_line(out, claim, line, number)


def _write_professional(out: SegmentWriter, claim: Claim) -> None:
    out.add(
        "CLM",
        claim.control_number,
        amount(claim.total),
        *("", ""),
        (claim.place_of_service, "B", claim.frequency),
        claim.provider_signature,
        claim.accept_assignment,
        claim.benefits_assigned,
        claim.release_of_information,
        claim.patient_signature_source,
        _causes(claim),
    )
    for qualifier, when in (
        ("431", claim.onset_date),
        ("454", claim.initial_treatment_date),
        ("439", claim.accident_date),
        ("484", claim.last_menstrual_period),
        ("435", claim.hospital_admission),
        ("096", claim.hospital_discharge),
    ):
        if when:
            out.add("DTP", qualifier, "D8", day(when))
    if claim.patient_paid is not None:
        out.add("AMT", "F5", amount(claim.patient_paid))
    _write_references(
        out,
        ("9F", claim.referral_number),
        ("G1", claim.prior_authorization),
        ("F8", claim.original_reference),
        ("X4", claim.clia),
        ("EA", claim.medical_record),
    )
    if claim.note:
        out.add("NTE", "ADD", claim.note)
    if claim.ambulance:
        _write_ambulance(out, claim.ambulance)
    if claim.diagnoses:
        out.add("HI", *(("ABF" if n else "ABK", d.code) for n, d in enumerate(claim.diagnoses)))
    write_provider(out, "2310A", "DN", claim.referring)
    write_provider(out, "2310B", "82", claim.rendering, "PE")
    _write_facility(out, "2310C", claim)
    write_provider(out, "2310D", "DQ", claim.supervising)
    if claim.ambulance:
        write_location(out, "2310E", "PW", "", claim.ambulance.pickup)
        write_location(out, "2310F", "45", claim.ambulance.dropoff_name, claim.ambulance.dropoff)


def _write_institutional(out: SegmentWriter, claim: Claim) -> None:
    stay = claim.institutional
    out.add(
        "CLM",
        claim.control_number,
        amount(claim.total),
        *("", ""),
        (stay.type_of_bill if stay else "", "A", claim.frequency),
        "",
        claim.accept_assignment,
        claim.benefits_assigned,
        claim.release_of_information,
    )
    if stay:
        write_stay(out, stay)
    if claim.patient_paid is not None:
        out.add("AMT", "F3", amount(claim.patient_paid))
    _write_references(
        out,
        ("9F", claim.referral_number),
        ("G1", claim.prior_authorization),
        ("F8", claim.original_reference),
        ("LU", claim.accident_state),
        ("EA", claim.medical_record),
    )
    if claim.note:
        out.add("NTE", "ADD", claim.note)
    if stay is None:
        return
    write_codes(out, claim, stay)
    write_provider(out, "2310A", "71", stay.attending, "AT")
    write_provider(out, "2310B", "72", stay.operating)
    write_provider(out, "2310C", "ZZ", stay.other_operating)
    write_provider(out, "2310D", "82", claim.rendering)
    _write_facility(out, "2310E", claim)
    write_provider(out, "2310F", "DN", claim.referring)


def _causes(claim: Claim) -> tuple[str, ...] | None:
    if not claim.related_causes:
        return None
    causes = (*claim.related_causes, "", "")[:3]
    return (*causes, claim.accident_state)


def _write_references(out: SegmentWriter, *references: tuple[str, str]) -> None:
    for qualifier, value in references:
        if value:
            out.add("REF", qualifier, value)


def _write_facility(out: SegmentWriter, loop: str, claim: Claim) -> None:
    facility = claim.facility
    if facility is None:
        return
    out.loop = loop
    write_name(out, "77", facility.name, "XX", facility.npi)
    write_address(out, facility.address)
    if facility.license:
        out.add("REF", "0B", facility.license)
    if facility.commercial_id:
        out.add("REF", "G2", facility.commercial_id)


def _write_ambulance(out: SegmentWriter, ride: Ambulance) -> None:
    weight = amount(ride.patient_weight_lb)
    out.add(
        "CR1",
        "LB" if weight else "",
        weight,
        "",
        ride.reason,
        "DH",
        amount(ride.miles),
        *("", ""),
        ride.round_trip_purpose,
        ride.stretcher_purpose,
    )
    for start in range(0, len(ride.conditions), 5):
        out.add("CRC", "07", "Y", *ride.conditions[start : start + 5])
