"""Names, addresses and providers as segments."""

from claims.model import Address, Contact, Name, Provider
from claims.x12.segments import SegmentWriter


def write_name(out: SegmentWriter, qualifier: str, name: Name, kind: str = "", identifier: str = "") -> None:
    """Write NM1; `kind` qualifies the identifier (XX, MI, PI, 46) and is left out where there is none."""
    out.add(
        "NM1",
        qualifier,
        "1" if name.person else "2",
        name.last,
        name.first,
        name.middle,
        "",
        name.suffix,
        kind if identifier else "",
        identifier,
    )


def write_address(out: SegmentWriter, address: Address | None) -> None:
    """Write N3 and N4, nothing for None."""
    if address is None:
        return
    out.add("N3", address.street, address.street2)
    out.add("N4", address.city, address.state, address.postal_code, address.country)


def write_contact(out: SegmentWriter, contact: Contact | None) -> None:
    """Write PER, nothing for None."""
    if contact is None:
        return
    numbers: list[str] = []
    for kind, value in (("TE", contact.phone), ("EX", contact.extension), ("FX", contact.fax), ("EM", contact.email)):
        numbers += (kind, value) if value else ()
    out.add("PER", "IC", contact.name, *numbers)


def write_provider(
    out: SegmentWriter,
    loop: str,
    qualifier: str,
    provider: Provider | None,
    specialty: str = "",
    address: bool = False,
) -> None:
    """Write the loop of a provider, nothing for None; `specialty` is the PRV qualifier where the loop has one."""
    if provider is None:
        return
    out.loop = loop
    write_name(out, qualifier, provider.name, "XX", provider.npi)
    if specialty and provider.taxonomy:
        out.add("PRV", specialty, "PXC", provider.taxonomy)
    if address:
        write_address(out, provider.address)
    if provider.license:
        out.add("REF", "0B", provider.license)
    if provider.commercial_id:
        out.add("REF", "G2", provider.commercial_id)


def write_location(out: SegmentWriter, loop: str, qualifier: str, name: str, address: Address) -> None:
    """Write a place: NM1 with its name, N3, N4."""
    out.loop = loop
    out.add("NM1", qualifier, "2", name)
    write_address(out, address)
