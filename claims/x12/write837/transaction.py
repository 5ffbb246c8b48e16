"""A whole 837 file: envelope, header, the tree of billing providers, subscribers and patients, claims."""

from collections.abc import Sequence
from itertools import groupby

from claims.model import Claim, ClaimKind, Coverage, Name, Patient, Provider, Transmission
from claims.model.parties import Address
from claims.x12.segments import WRITTEN, SegmentWriter, day
from claims.x12.write837.claim import write_claim
from claims.x12.write837.parties import write_address, write_contact, write_name
from codesets.errors import BadClaim

GUIDES = {ClaimKind.PROFESSIONAL: "005010X222A1", ClaimKind.INSTITUTIONAL: "005010X223A2"}
_MOST_CLAIMS = 100


def write_837(claims: Sequence[Claim], transmission: Transmission) -> str:
    """Return the file that holds the claims, of one kind, in their order.

    Adjacent claims of one billing provider, policy and patient stand below the same levels. Raises BadClaim where
    there is no claim, the kinds are mixed, or an element holds a character that X12 cannot carry.
    """
    kinds = {claim.kind for claim in claims}
    if len(kinds) != 1:
        raise BadClaim("a file holds claims of one kind, at least one: write professional and institutional apart")
    out = SegmentWriter()
    guide = GUIDES[kinds.pop()]
    _write_opening(out, transmission, guide)
    first = len(out)
    out.add("ST", "837", transmission.transaction, guide)
    _write_header(out, transmission)
    _Levels(out).write(claims)
    out.add("SE", str(len(out) - first + 1), transmission.transaction)
    out.add("GE", "1", str(transmission.control_number))
    out.add("IEA", "1", f"{transmission.control_number:09}")
    return out.text()


def _write_opening(out: SegmentWriter, sent: Transmission, guide: str) -> None:
    if not 0 < sent.control_number < 10**9:
        raise BadClaim("the control number has one to nine digits")
    for name in (sent.sender_id, sent.receiver_id):
        if not 2 <= len(name) <= 15 or not name.isascii():
            raise BadClaim("the interchange numbers of sender and receiver have 2 to 15 letters and digits")
    probe = SegmentWriter()
    probe.loop = "ISA"
    probe.add("ISA", sent.sender_qualifier, sent.sender_id, sent.receiver_qualifier, sent.receiver_id)
    if len(sent.sender_qualifier) != 2 or len(sent.receiver_qualifier) != 2:
        raise BadClaim("the qualifiers of sender and receiver have two characters")
    fields = [
        "ISA",
        *("00", " " * 10) * 2,
        sent.sender_qualifier.upper(),
        f"{sent.sender_id.upper():15}",
        sent.receiver_qualifier.upper(),
        f"{sent.receiver_id.upper():15}",
        sent.created.strftime("%y%m%d"),
        sent.created.strftime("%H%M"),
        WRITTEN.repetition,
        "00501",
        f"{sent.control_number:09}",
        "0",
        "T" if sent.test else "P",
        WRITTEN.component,
    ]
    out.add_raw(WRITTEN.element.join(fields))
    out.loop = "GS"
    when = sent.created.strftime("%H%M")
    number = str(sent.control_number)
    out.add("GS", "HC", sent.sender_id, sent.receiver_id, day(sent.created), when, number, "X", guide)


def _write_header(out: SegmentWriter, sent: Transmission) -> None:
    out.loop = "1000A"
    reference = sent.reference or str(sent.control_number)
    out.add("BHT", "0019", "00", reference, day(sent.created), sent.created.strftime("%H%M"), "CH")
    write_name(out, "41", sent.submitter.name, "46", sent.submitter.identifier)
    write_contact(out, sent.submitter.contact)
    out.loop = "1000B"
    write_name(out, "40", Name(sent.receiver.name, person=False), "46", sent.receiver.identifier)


class _Levels:
    """The HL tree: 20 billing provider, 22 subscriber, 23 patient, numbered through."""

    def __init__(self, out: SegmentWriter) -> None:
        self._out = out
        self._last = 0

    def write(self, claims: Sequence[Claim]) -> None:
        for (billing, pay_to), below in groupby(claims, key=lambda c: (c.billing, c.pay_to)):
            self._write_provider(billing, pay_to, list(below))

    def _next(self, parent: int | None, level: str, has_children: bool) -> int:
        self._last += 1
        self._out.add("HL", str(self._last), str(parent or ""), level, "1" if has_children else "0")
        return self._last

    def _write_provider(self, billing: Provider, pay_to: Address | None, claims: list[Claim]) -> None:
        out = self._out
        out.loop = "2000A"
        number = self._next(None, "20", True)
        if billing.taxonomy:
            out.add("PRV", "BI", "PXC", billing.taxonomy)
        out.loop = "2010AA"
        write_name(out, "85", billing.name, "XX", billing.npi)
        write_address(out, billing.address)
        if billing.tax_id:
            out.add("REF", billing.tax_id_kind, billing.tax_id)
        if billing.license and claims[0].kind is ClaimKind.PROFESSIONAL:
            out.add("REF", "0B", billing.license)
        write_contact(out, billing.contact)
        if pay_to:
            out.loop = "2010AB"
            out.add("NM1", "87", "2")
            write_address(out, pay_to)
        for (coverage, is_self), below in groupby(claims, key=lambda c: (c.coverage, c.patient is None)):
            same = list(below)
            for start in range(0, len(same), _MOST_CLAIMS):
                self._write_subscriber(number, coverage, is_self, billing, same[start : start + _MOST_CLAIMS])

    def _write_subscriber(
        self, parent: int, coverage: Coverage, is_self: bool, billing: Provider, claims: list[Claim]
    ) -> None:
        out = self._out
        out.loop = "2000B"
        number = self._next(parent, "22", not is_self)
        out.add(
            "SBR",
            coverage.order,
            "18" if is_self else "",
            coverage.group_number,
            "" if coverage.group_number else coverage.group_name,
            coverage.insurance_type if claims[0].kind is ClaimKind.PROFESSIONAL else "",
            *("", "", ""),
            coverage.filing_code,
        )
        _write_coverage(out, coverage, billing)
        for patient, below in groupby(claims, key=lambda c: c.patient):
            if patient:
                self._write_patient(number, patient)
            for claim in below:
                write_claim(out, claim)

    def _write_patient(self, parent: int, patient: Patient) -> None:
        out = self._out
        out.loop = "2000C"
        self._next(parent, "23", False)
        out.add("PAT", patient.relationship)
        out.loop = "2010CA"
        write_name(out, "QC", patient.name)
        write_address(out, patient.address)
        _write_demographics(out, day(patient.birth_date), patient.sex)


def _write_coverage(out: SegmentWriter, coverage: Coverage, billing: Provider) -> None:
    subscriber, payer = coverage.subscriber, coverage.payer
    out.loop = "2010BA"
    write_name(out, "IL", subscriber.name, "MI", subscriber.member_id)
    write_address(out, subscriber.address)
    _write_demographics(out, day(subscriber.birth_date), subscriber.sex)
    out.loop = "2010BB"
    out.add("NM1", "PR", "2", payer.name, *("", "", "", ""), payer.identifier_kind, payer.identifier)
    write_address(out, payer.address)
    if billing.commercial_id:
        out.add("REF", "G2", billing.commercial_id)


def _write_demographics(out: SegmentWriter, birth: str, sex: str) -> None:
    if birth or sex:
        out.add("DMG", "D8" if birth else "", birth, sex)
