"""What a hospital's loop 2300 says: stay, codes, providers."""

from collections.abc import Iterator

from claims.model import ExternalCause, Institutional, Occurrence, PcsProcedure, ValueAmount
from claims.x12.read837.loops import Loop
from claims.x12.read837.parties import provider_of
from claims.x12.read837.values import Values
from claims.x12.reader import Segment

Found = tuple[Segment, int, tuple[str, ...]]


def composites(loop: Loop, *qualifiers: str) -> Iterator[Found]:
    """Yield (segment, position, components) of the HI elements of a loop that bear one of the qualifiers."""
    for segment in loop.all("HI"):
        for at in range(1, len(segment.elements) + 1):
            parts = segment.parts(at)
            if parts and (not qualifiers or parts[0] in qualifiers):
                yield segment, at, (*parts, *[""] * (9 - len(parts)))


def stay_of(values: Values, loop: Loop) -> Institutional:
    """Return the institutional part of a loop 2300."""
    values.loop = "2300"
    claim, patient = loop.segments[0], loop.first("CL1")
    dates = values.days(loop.first("DTP", "434"))
    admitted = loop.first("DTP", "435")
    day = values.days(admitted)[0]
    hour = admitted.get(3)[8:] if admitted and admitted.get(2) == "DT" else ""
    return Institutional(
        claim.part(5, 1),
        dates[0],
        dates[1],
        patient.get(3) if patient else "",
        patient.get(1) if patient else "",
        patient.get(2) if patient else "",
        day,
        hour,
        loop.value("DTP", "096", 3),
        next((p[1] for _, _, p in composites(loop, "ABJ", "BJ")), ""),
        tuple(p[1] for _, _, p in composites(loop, "APR", "PR")),
        tuple(ExternalCause(p[1], p[8]) for _, _, p in composites(loop, "ABN", "BN")),
        next((p[1] for _, _, p in composites(loop, "DR")), ""),
        tuple(
            PcsProcedure(p[1], values.day(p[3], segment, f"{at:02}-4"))
            for segment, at, p in (*composites(loop, "BBR", "BR"), *composites(loop, "BBQ", "BQ"))
        ),
        (*_spans(values, loop), *_occurrences(values, loop)),
        tuple(_values(values, loop)),
        tuple(p[1] for _, _, p in composites(loop, "BG")),
        provider_of(values, loop.loop("2310A")),
        provider_of(values, loop.loop("2310B")),
        provider_of(values, loop.loop("2310C")),
    )


def _spans(values: Values, loop: Loop) -> Iterator[Occurrence]:
    for segment, at, parts in composites(loop, "BI"):
        first, _, last = parts[3].partition("-")
        place = f"{at:02}-4"
        yield Occurrence(parts[1], values.day(first, segment, place), values.day(last, segment, place))


def _occurrences(values: Values, loop: Loop) -> Iterator[Occurrence]:
    for segment, at, parts in composites(loop, "BH"):
        yield Occurrence(parts[1], values.day(parts[3], segment, f"{at:02}-4"))


def _values(values: Values, loop: Loop) -> Iterator[ValueAmount]:
    for segment, at, parts in composites(loop, "BE"):
        amount = values.number(parts[4], segment, f"{at:02}-5")
        if amount is not None:
            yield ValueAmount(parts[1], amount)
