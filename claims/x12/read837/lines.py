"""Service lines and what other payers decided, from loops 2400, 2430 and 2320."""

from collections.abc import Iterator
from decimal import Decimal

from claims.model import Adjustment, ClaimKind, Drug, LineAdjudication, OtherPayer, ServiceLine
from claims.x12.read837.loops import Loop
from claims.x12.read837.parties import coverage_of, provider_of
from claims.x12.read837.values import Values
from claims.x12.reader import Segment

_NOTHING = Decimal(0)


def line_of(values: Values, loop: Loop, kind: ClaimKind, number: int) -> ServiceLine:
    """Return the line of a loop 2400, whose LX should bear `number`."""
    values.loop = "2400"
    opening = loop.segments[0]
    if opening.get(1) != str(number):
        values.hit("structure.lx", opening, "01")
    professional = kind is ClaimKind.PROFESSIONAL
    service = loop.first("SV1" if professional else "SV2")
    if service is None:
        values.hit("required.service", opening)
    days = values.days(loop.first("DTP", "472"))
    code, modifiers, description = _procedure(values, service, 1 if professional else 2)
    at = 2 if professional else 3
    charge = values.number(service.get(at), service, f"0{at}") if service else None
    units = values.number(service.get(at + 2), service, f"0{at + 2}") if service else None
    return ServiceLine(
        code,
        days[0],
        charge if charge is not None else _NOTHING,
        units if units is not None else _NOTHING,
        service.get(at + 1) if service else "",
        modifiers,
        _pointers(values, service) if service and professional else (),
        days[1],
        service.get(5) if service and professional else "",
        description,
        bool(service and professional and service.get(9) == "Y"),
        service.get(1) if service and not professional else "",
        values.number(service.get(7), service, "07") if service and not professional else None,
        loop.value("REF", "6R"),
        loop.value("REF", "G1"),
        loop.value("REF", "X4"),
        loop.value("NTE", "ADD"),
        _drug(values, loop.loop("2410")),
        provider_of(values, loop.loop("2420A" if professional else "2420C")),
        provider_of(values, loop.loop("2420F" if professional else "2420D")),
        provider_of(values, loop.loop("2420E")) if professional else None,
        tuple(_adjudication(values, b) for b in loop.loops("2430")),
    )


def other_payer_of(values: Values, loop: Loop) -> OtherPayer:
    """Return the other policy of a loop 2320."""
    coverage = coverage_of(values, loop, "2330A", "2330B")
    values.loop = "2320"
    opening, assigned, payer = loop.segments[0], loop.first("OI"), loop.loop("2330B")
    decided = payer.first("DTP", "573") if payer else None
    return OtherPayer(
        coverage,
        opening.get(2),
        assigned.get(3) if assigned else "",
        assigned.get(6) if assigned else "",
        _amount(values, loop, "D"),
        _amount(values, loop, "A8"),
        _amount(values, loop, "EAF"),
        adjustments_of(values, loop),
        values.days(decided)[0],
        payer.value("REF", "F8") if payer else "",
    )


def adjustments_of(values: Values, loop: Loop) -> tuple[Adjustment, ...]:
    """Return the adjustments of the CAS segments of a loop, in order."""
    return tuple(a for segment in loop.all("CAS") for a in _adjustments(values, segment))


def _adjustments(values: Values, segment: Segment) -> Iterator[Adjustment]:
    for at in range(2, len(segment.elements) + 1, 3):
        reason = segment.get(at)
        sum_ = values.number(segment.get(at + 1), segment, f"{at + 1:02}")
        quantity = values.number(segment.get(at + 2), segment, f"{at + 2:02}")
        if reason or sum_ is not None:
            yield Adjustment(segment.get(1), reason, sum_ if sum_ is not None else _NOTHING, quantity)


def _amount(values: Values, loop: Loop, qualifier: str) -> Decimal | None:
    segment = loop.first("AMT", qualifier)
    return values.number(segment.get(2), segment, "02") if segment else None


def _procedure(values: Values, service: Segment | None, at: int) -> tuple[str, tuple[str, ...], str]:
    parts = service.parts(at) if service else ()
    if service is None or not parts:
        return "", (), ""
    if parts[0] not in ("HC", "ER", "IV", "WK", "HP"):
        values.hit("structure.qualifier", service, f"0{at}-1")
    code = parts[1] if len(parts) > 1 else ""
    return code, tuple(m for m in parts[2:6] if m), parts[6] if len(parts) > 6 else ""


def _pointers(values: Values, service: Segment) -> tuple[int, ...]:
    pointers = []
    for text in service.parts(7):
        if text.isdigit():
            pointers.append(int(text))
        elif text:
            values.hit("value.number", service, "07")
    return tuple(pointers)


def _drug(values: Values, loop: Loop | None) -> Drug | None:
    segment = loop.first("LIN") if loop else None
    if loop is None or segment is None:
        return None
    values.loop = "2410"
    if segment.get(2) != "N4":
        values.hit("structure.qualifier", segment, "02")
    amount = loop.first("CTP")
    quantity = values.number(amount.get(4), amount, "04") if amount else None
    number = loop.value("REF", "XZ") or loop.value("REF", "VY")
    return Drug(segment.get(3), quantity or _NOTHING, amount.part(5, 1) if amount else "", number)


def _adjudication(values: Values, loop: Loop) -> LineAdjudication:
    values.loop = "2430"
    segment = loop.segments[0]
    parts = segment.parts(3)
    days = values.days(loop.first("DTP", "573"))
    paid = values.number(segment.get(2), segment, "02")
    units = values.number(segment.get(5), segment, "05")
    return LineAdjudication(
        segment.get(1),
        paid if paid is not None else _NOTHING,
        parts[1] if len(parts) > 1 else "",
        tuple(m for m in parts[2:6] if m),
        units if units is not None else _NOTHING,
        segment.get(4),
        adjustments_of(values, loop),
        days[0],
        _amount(values, loop, "EAF"),
    )
