"""Clean claims of invented people, and how to break one thing in them."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from claims.model import (
    Address,
    Adjustment,
    Claim,
    ClaimKind,
    Contact,
    Coverage,
    Diagnosis,
    Institutional,
    LineAdjudication,
    Name,
    OtherPayer,
    Patient,
    Payer,
    PcsProcedure,
    Provider,
    Receiver,
    ServiceLine,
    Submitter,
    Subscriber,
    Transmission,
)
from tests.claims.strategies import with_check_digit

TODAY = date(2026, 9, 30)
DAY = date(2026, 9, 15)
HERE = Address("12 ELM ST", "DAYTON", "OH", "454020001")
CLINIC = Provider(
    Name("ELM STREET CLINIC", person=False),
    with_check_digit("123456789"),
    "207Q00000X",
    "311234567",
    address=HERE,
    contact=Contact("BILLING", "9375550100"),
)
DOCTOR = Provider(Name("RIVERA", "ANA"), with_check_digit("198765432"), "207Q00000X")
OTHER_DOCTOR = Provider(Name("STONE", "LEE"), with_check_digit("187654321"))
HOLDER = Subscriber(
    Name("MOORE", "SAM", "T"), "ELM123456", Address("9 OAK AVE", "DAYTON", "OH", "45402"), date(1960, 1, 2), "M"
)
PAYER = Payer("NORTH HEALTH PLAN", "60054")
COVERAGE = Coverage("P", HOLDER, PAYER, "CI", "G100")
TRANSMISSION = Transmission(
    17,
    datetime(2026, 9, 16, 10, 30),
    "ELMCLINIC",
    "CLEARING",
    Submitter(Name("ELM STREET CLINIC", person=False), "ELM1", Contact("BILLING", "9375550100")),
    Receiver("CLEARING HOUSE", "CLR1"),
)
PROFESSIONAL = Claim(
    ClaimKind.PROFESSIONAL,
    "ELM-1001",
    Decimal("215.50"),
    CLINIC,
    COVERAGE,
    (Diagnosis("E1142"), Diagnosis("I10"), Diagnosis("M1711")),
    (
        ServiceLine("99214", DAY, Decimal("150.50"), modifiers=("25",), diagnosis_pointers=(1, 2)),
        ServiceLine("20610", DAY, Decimal("65.00"), modifiers=("RT",), diagnosis_pointers=(3,)),
    ),
    place_of_service="11",
    rendering=DOCTOR,
)
CHILD = replace(
    PROFESSIONAL,
    control_number="ELM-1002",
    total=Decimal(90),
    diagnoses=(Diagnosis("J069"),),
    lines=(ServiceLine("99213", DAY, Decimal(90), diagnosis_pointers=(1,)),),
    patient=Patient("19", Name("MOORE", "KIM"), HOLDER.address, date(2016, 5, 6), "F"),
)
SECONDARY = replace(
    PROFESSIONAL,
    control_number="ELM-1003",
    coverage=replace(COVERAGE, order="S"),
    others=(
        OtherPayer(
            Coverage(
                "P", replace(HOLDER, member_id="XYZ9", birth_date=None, sex=""), Payer("FIRST PLAN", "11111"), "CI"
            ),
            paid=Decimal(180),
            adjudicated_on=date(2026, 9, 25),
        ),
    ),
    lines=tuple(
        replace(
            line,
            adjudications=(
                LineAdjudication(
                    "11111",
                    paid,
                    line.code,
                    line.modifiers,
                    adjustments=(Adjustment("CO", "45", line.charge - paid),),
                    adjudicated_on=date(2026, 9, 25),
                ),
            ),
        )
        for line, paid in zip(PROFESSIONAL.lines, (Decimal(130), Decimal(50)), strict=True)
    ),
)
HOSPITAL = Claim(
    ClaimKind.INSTITUTIONAL,
    "ELM-2001",
    Decimal("5100.25"),
    replace(CLINIC, name=Name("ELM HOSPITAL", person=False), taxonomy="282N00000X"),
    COVERAGE,
    (Diagnosis("K8020", "Y"), Diagnosis("I10", "Y")),
    (
        ServiceLine("", date(2026, 9, 12), Decimal(4800), Decimal(3), "DA", revenue_code="0120"),
        ServiceLine("85025", date(2026, 9, 13), Decimal("300.25"), revenue_code="0305"),
    ),
    institutional=Institutional(
        "11",
        date(2026, 9, 12),
        DAY,
        "01",
        "3",
        "1",
        date(2026, 9, 12),
        "1012",
        "1400",
        "R1011",
        procedures=(PcsProcedure("0FT44ZZ", date(2026, 9, 13)),),
        attending=DOCTOR,
        operating=OTHER_DOCTOR,
    ),
)
OUTPATIENT = replace(
    HOSPITAL,
    control_number="ELM-2002",
    total=Decimal("300.25"),
    diagnoses=(Diagnosis("K8020"), Diagnosis("I10")),
    lines=(ServiceLine("85025", DAY, Decimal("300.25"), revenue_code="0305"),),
    institutional=Institutional("13", DAY, DAY, "01", "3", "1", attending=DOCTOR),
)
CLEAN = {
    "professional": PROFESSIONAL,
    "child": CHILD,
    "secondary": SECONDARY,
    "hospital": HOSPITAL,
    "outpatient": OUTPATIENT,
}


def changed(part: Any, path: str, value: Any) -> Any:
    """Return a claim with one thing changed: `path` names fields and places in tuples (`lines.0.charge`)."""
    name, _, rest = path.partition(".")
    if isinstance(part, tuple):
        at = int(name)
        return (*part[:at], changed(part[at], rest, value) if rest else value, *part[at + 1 :])
    return replace(part, **{name: changed(getattr(part, name), rest, value) if rest else value})
