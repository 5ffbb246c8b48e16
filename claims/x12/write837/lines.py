"""Loop 2400: a service line of either kind."""

from claims.model import Claim, ClaimKind, Drug, ServiceLine
from claims.x12.segments import SegmentWriter, amount, span
from claims.x12.write837.others import write_adjudication
from claims.x12.write837.parties import write_contact, write_provider


def write_line(out: SegmentWriter, claim: Claim, line: ServiceLine, number: int) -> None:
    """Write one line with all that rides on it."""
    professional = claim.kind is ClaimKind.PROFESSIONAL
    out.loop = "2400"
    out.add("LX", str(number))
    _write_sv1(out, line) if professional else _write_sv2(out, line)
    if line.date_of_service:
        out.add("DTP", "472", *span(line.date_of_service, line.date_to))
    _write_references(out, line, professional)
    if line.drug:
        _write_drug(out, line.drug)
    if professional:
        write_provider(out, "2420A", "82", line.rendering, "PE")
        _write_ordering(out, line)
        write_provider(out, "2420F", "DN", line.referring)
    else:
        write_provider(out, "2420C", "82", line.rendering)
        write_provider(out, "2420D", "DN", line.referring)
    for decided in line.adjudications:
        write_adjudication(out, decided)


def procedure_of(line: ServiceLine) -> tuple[str, ...]:
    """Return the procedure composite: qualifier, code, four places for modifiers, description."""
    modifiers = line.modifiers
    if line.description:
        modifiers = (*modifiers, *[""] * (4 - len(modifiers)))
        return ("HC", line.code, *modifiers, line.description)
    return ("HC", line.code, *modifiers)


def _write_sv1(out: SegmentWriter, line: ServiceLine) -> None:
    out.add(
        "SV1",
        procedure_of(line),
        amount(line.charge),
        line.unit,
        amount(line.units),
        line.place_of_service,
        "",
        tuple(str(p) for p in line.diagnosis_pointers),
        "",
        "Y" if line.emergency else "",
    )


def _write_sv2(out: SegmentWriter, line: ServiceLine) -> None:
    out.add(
        "SV2",
        line.revenue_code,
        procedure_of(line) if line.code else None,
        amount(line.charge),
        line.unit,
        amount(line.units),
        "",
        amount(line.non_covered),
    )


def _write_references(out: SegmentWriter, line: ServiceLine, professional: bool) -> None:
    if professional and line.prior_authorization:
        out.add("REF", "G1", line.prior_authorization)
    if line.control_number:
        out.add("REF", "6R", line.control_number)
    if professional and line.clia:
        out.add("REF", "X4", line.clia)
    if professional and line.note:
        out.add("NTE", "ADD", line.note)


def _write_drug(out: SegmentWriter, drug: Drug) -> None:
    out.loop = "2410"
    out.add("LIN", "", "N4", drug.ndc)
    out.add("CTP", "", "", "", amount(drug.quantity), (drug.unit,))
    if drug.prescription:
        out.add("REF", "XZ", drug.prescription)


def _write_ordering(out: SegmentWriter, line: ServiceLine) -> None:
    write_provider(out, "2420E", "DK", line.ordering, address=True)
    if line.ordering:
        write_contact(out, line.ordering.contact)
