"""The providers of a claim with the places where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from claims.model import Claim, ClaimKind, Provider


@dataclass(frozen=True, slots=True)
class Placed:
    """A provider, its loop, which part of the claim, and whether its NPI and a person are asked for."""

    loop: str
    provider: Provider
    where: str = ""
    needs_npi: bool = True


def providers(claim: Claim) -> Iterator[Placed]:
    """Yield every provider of a claim and of its lines."""
    professional = claim.kind is ClaimKind.PROFESSIONAL
    stay = claim.institutional
    yield Placed("2010AA", claim.billing)
    for loop, provider in (
        ("2310A" if professional else "2310F", claim.referring),
        ("2310B" if professional else "2310D", claim.rendering),
        ("2310D", claim.supervising),
        ("2310A", stay.attending if stay else None),
        ("2310B", stay.operating if stay else None),
        ("2310C", stay.other_operating if stay else None),
    ):
        if provider:
            yield Placed(loop, provider)
    if claim.facility:
        yield Placed("2310C" if professional else "2310E", claim.facility, needs_npi=False)
    for number, line in enumerate(claim.lines, 1):
        for loop, provider in (
            ("2420A" if professional else "2420C", line.rendering),
            ("2420E", line.ordering),
            ("2420F" if professional else "2420D", line.referring),
        ):
            if provider:
                yield Placed(loop, provider, f"line {number}")
