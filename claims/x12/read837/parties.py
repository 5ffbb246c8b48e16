"""Names, addresses, providers and policies from their loops."""

from claims.findings import Hit
from claims.model import Address, ClaimKind, Contact, Coverage, Name, Patient, Payer, Provider, Subscriber
from claims.x12.read837.loops import Loop, named_loop
from claims.x12.read837.values import Values
from claims.x12.reader import Segment

_PER = {"TE": "phone", "EX": "extension", "FX": "fax", "EM": "email"}
_NM1_ELEMENTS = 12


def name_of(values: Values, loop: Loop | None) -> Name:
    """Return the name of a loop's NM1, an empty one without it."""
    segment = loop.first("NM1") if loop else None
    if segment is None or loop is None:
        return Name("", person=False)
    values.loop = loop.name
    if segment.get(2) not in ("1", "2"):
        values.hit("structure.qualifier", segment, "02")
    return Name(segment.get(3), segment.get(4), segment.get(5), segment.get(7), person=segment.get(2) == "1")


def shape_hits(loop: Loop, identifiers: tuple[str, ...]) -> list[Hit]:
    """Return what is wrong with how an NM1 is filled: a qualifier without its number, elements that slid."""
    segment = loop.first("NM1")
    if segment is None:
        return []
    found = []
    qualifier, number = segment.get(8), segment.get(9)
    if bool(qualifier) != bool(number) or len(segment.elements) > _NM1_ELEMENTS or (segment.get(6)):
        found.append("structure.shifted")
    elif qualifier and identifiers and qualifier not in identifiers:
        found.append("structure.qualifier")
    place = f"segment {segment.number}"
    return [Hit(edit, loop.name, "NM1", "NM108", place) for edit in found]


def check_names(kind: ClaimKind, parent: Loop) -> list[Hit]:
    """Return the shape hits of every NM1 below a loop."""
    hits: list[Hit] = []
    for loop in parent.below:
        segment = loop.first("NM1")
        if segment:
            known = named_loop(kind, parent.name, segment.get(1))
            hits += shape_hits(loop, known[1] if known else ())
    return hits


def address_of(loop: Loop | None) -> Address | None:
    """Return the address of a loop, None without N3 and N4."""
    street, city = (loop.first("N3"), loop.first("N4")) if loop else (None, None)
    if street is None and city is None:
        return None
    return Address(
        street.get(1) if street else "",
        city.get(1) if city else "",
        city.get(2) if city else "",
        city.get(3) if city else "",
        street.get(2) if street else "",
        city.get(4) if city else "",
    )


def contact_of(loop: Loop | None) -> Contact | None:
    """Return the contact of a loop, None without PER."""
    segment = loop.first("PER") if loop else None
    if segment is None:
        return None
    pairs = {segment.get(n): segment.get(n + 1) for n in (3, 5, 7)}
    return Contact(segment.get(2), **{field: pairs.get(kind, "") for kind, field in _PER.items()})


def provider_of(values: Values, loop: Loop | None, specialty: Segment | None = None) -> Provider | None:
    """Return the provider of a loop, None without one; `specialty` is a PRV that stands outside the loop."""
    if loop is None:
        return None
    segment = loop.first("NM1")
    specialty = specialty or loop.first("PRV")
    kind = "EI" if loop.first("REF", "EI") else "SY"
    tax_id = loop.value("REF", kind)
    return Provider(
        name_of(values, loop),
        segment.get(9) if segment and segment.get(8) == "XX" else "",
        specialty.get(3) if specialty else "",
        tax_id,
        kind if tax_id else "EI",
        address_of(loop),
        contact_of(loop),
        loop.value("REF", "0B"),
        loop.value("REF", "G2"),
    )


def coverage_of(values: Values, level: Loop, subscriber: str, payer: str) -> Coverage:
    """Return the policy of loop 2000B or 2320."""
    segment = level.first("SBR")
    holder, paying = level.loop(subscriber), level.loop(payer)
    name = holder.first("NM1") if holder else None
    number = paying.first("NM1") if paying else None
    birth = holder.first("DMG") if holder else None
    values.loop = subscriber
    return Coverage(
        segment.get(1) if segment else "",
        Subscriber(
            name_of(values, holder),
            name.get(9) if name else "",
            address_of(holder),
            values.day(birth.get(2), birth, "02") if birth else None,
            birth.get(3) if birth else "",
        ),
        Payer(
            number.get(3) if number else "",
            number.get(9) if number else "",
            (number.get(8) if number else "") or "PI",
            address_of(paying),
        ),
        segment.get(9) if segment else "",
        segment.get(3) if segment else "",
        segment.get(4) if segment else "",
        segment.get(5) if segment else "",
    )


def patient_of(values: Values, level: Loop | None) -> Patient | None:
    """Return the patient of loop 2000C, None without it."""
    if level is None:
        return None
    segment, loop = level.first("PAT"), level.loop("2010CA")
    birth = loop.first("DMG") if loop else None
    values.loop = "2010CA"
    return Patient(
        segment.get(1) if segment else "",
        name_of(values, loop),
        address_of(loop),
        values.day(birth.get(2), birth, "02") if birth else None,
        birth.get(3) if birth else "",
    )
