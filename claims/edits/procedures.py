"""Procedure codes, modifiers, units and place of each line."""

import re
from collections.abc import Iterator
from datetime import date

from claims.edits.desk import Desk, line_at, service_place, system_of
from claims.findings import Hit
from claims.model import Claim, ClaimKind, ServiceLine
from claims.tables import codes, rows
from codesets.types import CodeSystem

_SHAPE = re.compile(r"(\d{4}[0-9A-Z]|[A-CE-V]\d{4})\Z")
_DENTAL = re.compile(r"D\d{4}\Z")
_MODIFIER = re.compile(r"[0-9A-Z]{2}\Z")
_SIDES = {"RT", "LT", "50"}
_UNITS = ("UN", "MJ")
_INSTITUTIONAL_UNITS = ("UN", "DA")


def check_procedures(claim: Claim, desk: Desk) -> Iterator[Hit]:
    """Yield what is wrong with a line by itself."""
    segment, code_place = service_place(claim, "101-2")
    _, modifier_place = service_place(claim, "101")
    for number, line in enumerate(claim.lines, 1):
        where = line_at(number)
        if line.code:
            for edit in _code(line, desk):
                yield Hit(edit, segment=segment, element=code_place, where=where)
        for edit in _modifiers(line, desk):
            yield Hit(edit, segment=segment, element=modifier_place, where=where)
        yield from _units(claim, line, where)


def _code(line: ServiceLine, desk: Desk) -> Iterator[str]:
    if _DENTAL.match(line.code):
        yield "procedure.dental"
        return
    if not _SHAPE.match(line.code):
        yield "procedure.shape"
        return
    if line.code in codes("unlisted") and not line.description and not line.note:
        yield "procedure.unlisted"
    if line.date_of_service is None:
        return
    known = desk.procedure(line.code, line.date_of_service)
    if known.valid is False:
        yield "procedure.invalid"
    elif known.valid is None and known.procedure is None and known.answered and line.code not in codes("unlisted"):
        yield "procedure.unknown"


def _modifiers(line: ServiceLine, desk: Desk) -> Iterator[str]:
    modifiers = line.modifiers
    if any(not _MODIFIER.match(m) for m in modifiers):
        yield "modifier.shape"
    elif unknown := [m for m in modifiers if not _is_known(m, line.date_of_service, desk)]:
        day = line.date_of_service
        official = day is not None and desk.has_official(CodeSystem.HCPCS, day)
        yield "modifier.invalid" if official and not unknown[0].isdigit() else "modifier.unknown"
    if len(set(modifiers)) < len(modifiers):
        yield "modifier.twice"
    if {"26", "TC"} <= set(modifiers):
        yield "modifier.component"
    if len(_SIDES & set(modifiers)) > 1:
        yield "modifier.sides"


def _is_known(modifier: str, day: date | None, desk: Desk) -> bool:
    return modifier in codes("modifier_codes") or (day is not None and modifier in desk.modifiers(day))


def _units(claim: Claim, line: ServiceLine, where: str) -> Iterator[Hit]:
    segment, unit_place = service_place(claim, "103")
    _, count_place = service_place(claim, "104")
    if line.units <= 0:
        yield Hit("units.zero", segment=segment, element=count_place, where=where)
    elif line.units != int(line.units) and line.code[:1] not in ("A", "J", "Q", "C", ""):
        yield Hit("units.decimals", segment=segment, element=count_place, where=where)
    allowed = _UNITS if claim.kind is ClaimKind.PROFESSIONAL else _INSTITUTIONAL_UNITS
    if line.unit not in allowed:
        yield Hit("units.unit", segment=segment, element=unit_place, where=where)
    if claim.kind is ClaimKind.PROFESSIONAL:
        anaesthesia = "00100" <= line.code <= "01999" and line.code not in ("01996", "01953")
        if anaesthesia != (line.unit == "MJ") and line.unit in _UNITS:
            yield Hit("units.anaesthesia", segment=segment, element=unit_place, where=where)


def check_places(claim: Claim) -> Iterator[Hit]:
    """Yield what is wrong with places of service."""
    if claim.kind is not ClaimKind.PROFESSIONAL:
        return
    table = {code: admission for code, _, admission in rows("places")}
    if claim.place_of_service and claim.place_of_service not in table:
        yield Hit("place.unknown")
    for number, line in enumerate(claim.lines, 1):
        if line.place_of_service and line.place_of_service not in table:
            yield Hit("place.unknown", "2400", "SV1", "SV105", line_at(number))
        place = line.place_of_service or claim.place_of_service
        for first, last, places, why in rows("place_rules"):
            if first <= line.code <= last and place in table and place not in places.split():
                yield Hit("place.conflict", where=line_at(number), more=why)
    used = {claim.place_of_service, *(line.place_of_service for line in claim.lines)}
    if any(table.get(place) for place in used) and claim.hospital_admission is None:
        yield Hit("place.admission")


def is_visit(code: str) -> bool:
    """Tell whether a code is an evaluation and management service."""
    return "99202" <= code <= "99499" and system_of(code) is CodeSystem.CPT
