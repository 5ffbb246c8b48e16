"""Names, addresses, phones, and the length and characters of every text."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

from claims.edits.people import providers
from claims.findings import Hit
from claims.model import Address, Claim, Name
from claims.tables import codes, rows

_BOX = re.compile(r"\b(P\.? ?O\.? ?BOX|POST OFFICE BOX|POB \d|LOCK ?BOX)", re.IGNORECASE)
_ZIP = re.compile(r"\d{5}(\d{4})?\Z")
_REFUSED = re.compile(r"[*:^~]|[^\x20-\x7e]")
_LETTER = re.compile(r"[A-Za-z]")


def check_names(claim: Claim) -> Iterator[Hit]:
    """Yield what is wrong with names, addresses, phones and texts."""
    for loop, name in _names(claim):
        yield from _name(loop, name)
    for loop, address, nine in _addresses(claim):
        if address:
            yield from _address(loop, address, nine)
    billing = claim.billing
    if billing.address and (_BOX.search(billing.address.street) or _BOX.search(billing.address.street2)):
        yield Hit("address.po_box")
    if billing.contact and billing.contact.phone and not re.fullmatch(r"\d{10}", billing.contact.phone):
        yield Hit("contact.phone", "2010AA")
    yield from _lengths(claim)
    if any(_REFUSED.search(text) for text in _texts(claim)):
        yield Hit("name.character")


def _names(claim: Claim) -> Iterator[tuple[str, Name]]:
    for place in providers(claim):
        yield place.loop, place.provider.name
    yield "2010BA", claim.coverage.subscriber.name
    if claim.patient:
        yield "2010CA", claim.patient.name
    for other in claim.others:
        yield "2330A", other.coverage.subscriber.name


def _name(loop: str, name: Name) -> Iterator[Hit]:
    if name.person and name.last and not name.first:
        yield Hit("name.first", loop)
    if not name.person and (name.first or name.middle or name.suffix):
        yield Hit("name.organization", loop)


def _addresses(claim: Claim) -> Iterator[tuple[str, Address | None, bool]]:
    yield "2010AA", claim.billing.address, True
    yield "2010AB", claim.pay_to, False
    yield "2010BA", claim.coverage.subscriber.address, False
    for other in claim.others:
        yield "2330A", other.coverage.subscriber.address, False
    yield "2010BB", claim.coverage.payer.address, False
    if claim.patient:
        yield "2010CA", claim.patient.address, False
    if claim.facility:
        yield "2310C" if claim.institutional is None else "2310E", claim.facility.address, True
    if claim.ambulance:
        yield "2310E", claim.ambulance.pickup, False
        yield "2310F", claim.ambulance.dropoff, False


def _address(loop: str, address: Address, nine: bool) -> Iterator[Hit]:
    if not address.street:
        yield Hit("address.street", loop)
    if not address.city or not _LETTER.search(address.city):
        yield Hit("address.city", loop)
    if address.country not in ("", "US", "USA"):
        return
    if address.state not in codes("states"):
        yield Hit("address.state", loop)
    if not _ZIP.match(address.postal_code):
        yield Hit("address.zip", loop)
    elif nine and len(address.postal_code) != 9:
        yield Hit("address.zip_nine", loop)


@cache
def _most() -> dict[str, tuple[str, str, int]]:
    return {field: (loop, element, int(most)) for field, loop, element, most in rows("lengths")}


def _lengths(claim: Claim) -> Iterator[Hit]:
    for loop, name in _names(claim):
        for field, text in (
            ("name", name.last),
            ("first", name.first),
            ("middle", name.middle),
            ("suffix", name.suffix),
        ):
            yield from _long(field, text, loop)
    for loop, address, _ in _addresses(claim):
        if address:
            yield from _long("street", address.street, loop)
            yield from _long("street", address.street2, loop)
            yield from _long("city", address.city, loop)
    yield from _long("note", claim.note)
    yield from _long("group_number", claim.coverage.group_number)
    yield from _long("group_name", claim.coverage.group_name)
    yield from _long("identifier", claim.coverage.subscriber.member_id, "2010BA")
    yield from _long("original_reference", claim.original_reference)
    for line in claim.lines:
        yield from _long("description", line.description)
        yield from _long("note", line.note, "2400")


def _long(field: str, text: str, loop: str = "") -> Iterator[Hit]:
    usual, element, most = _most()[field]
    if len(text) > most:
        yield Hit("name.long", loop or usual, element[:3].rstrip("0"), element)


def _texts(part: object) -> Iterator[str]:
    """Yield every text below a dataclass or tuple."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))
