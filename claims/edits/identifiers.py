"""Numbers that carry their own proof or shape: NPI, taxonomy, tax number, Medicare number, CLIA, NDC."""

import re
from collections.abc import Iterator

from claims.edits.desk import line_at
from claims.edits.people import providers
from claims.findings import Hit
from claims.model import Claim, ClaimKind, ServiceLine

_NPI = re.compile(r"[12]\d{9}\Z")
_TAXONOMY = re.compile(r"[0-9A-Z]{9}X\Z")
_TAX_ID = re.compile(r"(?!(\d)\1{8})\d{9}\Z")
_LETTER = "[AC-HJKMNP-RT-Y]"
_EITHER = "[AC-HJKMNP-RT-Y0-9]"
_MBI = re.compile(rf"[1-9]{_LETTER}{_EITHER}\d{_LETTER}{_EITHER}\d{_LETTER}{{2}}\d\d\Z")
_CLIA = re.compile(r"\d{2}D\d{7}\Z")
_NDC = re.compile(r"\d{11}\Z")
_NDC_UNITS = ("F2", "GR", "ME", "ML", "UN")
_MEDICARE = ("MA", "MB")
_ASKS_FOR_ORDER = (("70000", "89999"), ("36415", "36415"))


def npi_is_sound(npi: str) -> bool:
    """Tell whether the last digit of an NPI of ten digits is its check digit (Luhn, with 80840 before)."""
    total = 24
    for n, char in enumerate(reversed(npi[:-1])):
        digit = int(char) * (2 if n % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return (total + int(npi[-1])) % 10 == 0


def check_identifiers(claim: Claim) -> Iterator[Hit]:
    """Yield what is wrong with the numbers of providers, subscribers, laboratories and drugs."""
    yield from _providers(claim)
    billing = claim.billing
    if billing.tax_id and not _TAX_ID.match(billing.tax_id):
        yield Hit("tax_id.shape")
    if not billing.taxonomy and claim.coverage.filing_code == "MC":
        yield Hit("taxonomy.missing")
    for loop, coverage in (("2010BA", claim.coverage), *(("2330A", o.coverage) for o in claim.others)):
        if coverage.filing_code in _MEDICARE and not _MBI.match(coverage.subscriber.member_id):
            yield Hit("mbi.shape", loop)
    if claim.clia and not _CLIA.match(claim.clia):
        yield Hit("clia.shape")
    for number, line in enumerate(claim.lines, 1):
        yield from _line(claim, line, number)
    yield from _orders(claim)


def _providers(claim: Claim) -> Iterator[Hit]:
    for place in providers(claim):
        npi = place.provider.npi
        if not npi:
            if place.needs_npi:
                yield Hit("npi.missing", place.loop, where=place.where)
        elif not _NPI.match(npi):
            yield Hit("npi.shape", place.loop, where=place.where)
        elif not npi_is_sound(npi):
            yield Hit("npi.check_digit", place.loop, where=place.where)
        if place.provider.taxonomy and not _TAXONOMY.match(place.provider.taxonomy):
            yield Hit("taxonomy.shape", "2000A" if place.loop == "2010AA" else place.loop, where=place.where)
    rendering = claim.rendering
    if rendering and rendering.npi and rendering.npi == claim.billing.npi:
        yield Hit("npi.rendering_is_billing")
    if rendering and not rendering.name.person and claim.kind is ClaimKind.INSTITUTIONAL:
        yield Hit("npi.rendering_organization", "2310D")


def _line(claim: Claim, line: ServiceLine, number: int) -> Iterator[Hit]:
    if line.clia and not _CLIA.match(line.clia):
        yield Hit("clia.shape", "2400", where=line_at(number))
    tested = "QW" in line.modifiers or ("80047" <= line.code <= "89398" and not {"26", "90"} & set(line.modifiers))
    if tested and not line.clia and not claim.clia and claim.kind is ClaimKind.PROFESSIONAL:
        yield Hit("clia.missing", where=line_at(number))
    drug = line.drug
    if drug and not _NDC.match(drug.ndc):
        yield Hit("ndc.shape", where=line_at(number))
    if drug and (drug.quantity <= 0 or drug.unit not in _NDC_UNITS):
        yield Hit("ndc.quantity", where=line_at(number))


def _orders(claim: Claim) -> Iterator[Hit]:
    """Medicare pays for imaging and laboratory tests only with the provider who ordered them."""
    if claim.kind is not ClaimKind.PROFESSIONAL or claim.coverage.filing_code not in _MEDICARE or claim.referring:
        return
    for number, line in enumerate(claim.lines, 1):
        asks = any(first <= line.code <= last for first, last in _ASKS_FOR_ORDER)
        if asks and not line.ordering and not line.referring:
            yield Hit("provider.referring", where=line_at(number))
            return
